"""From where a call comes is what the gateway sealed, or the other end; what a caller writes counts for nothing."""

from typing import Any

import pytest
from bylaw_chassis.addresses import ADDRESS, SEAL, TRACE, AddressSeal, address_of_peer
from bylaw_chassis.call import Call, in_call, new_call
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.neighbours import Neighbours

from tests.builders.addresses import coming_from
from tests.integration.chassis.counting import ActRequest, Counter
from tests.integration.chassis.worlds import World, reached, unary

SOMEWHERE, TRACE_ID = "203.0.113.7", "0" * 32
FORGED = {
    "without a seal": [(ADDRESS, SOMEWHERE)],
    "with a seal of one's own": [(TRACE, TRACE_ID), (ADDRESS, SOMEWHERE), (SEAL, "0" * 64)],
    "with the seal of another address": [*coming_from("198.51.100.1")[::2], (ADDRESS, SOMEWHERE), (TRACE, TRACE_ID)],
    "with the seal of another trace": [*coming_from(SOMEWHERE, "1" * 32)[1:], (TRACE, TRACE_ID)],
    "with a key that is none": [(ADDRESS, SOMEWHERE), (SEAL, AddressSeal().sealed(SOMEWHERE, ""))],
}


def where_from(world: World, how: str, metadata: Any) -> str:
    seen: list[Call] = []

    def remembers(_request: Any, call: Call) -> Any:
        seen.append(call)
        return Counter()

    world.counters.acts = {"remember": remembers}
    with reached(world, how=how) as channel:
        unary(channel, "Counters/Act")(ActRequest(act="remember"), metadata=metadata)
    return seen[0].came_from


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize(("how", "peer"), [("local", ""), ("network", "127.0.0.1")])
@pytest.mark.parametrize("forged", FORGED)
def test_an_address_that_the_gateway_did_not_seal_is_not_believed(
    world: World, forged: str, how: str, peer: str
) -> None:
    assert where_from(world, how, FORGED[forged]) == peer


@pytest.mark.parametrize("how", ["local", "network"])
def test_what_the_gateway_sealed_is_where_the_call_comes_from(world: World, how: str) -> None:
    assert where_from(world, how, coming_from(SOMEWHERE)) == SOMEWHERE


def test_a_neighbour_learns_from_where_its_user_came(world: World) -> None:
    seen: list[Call] = []

    def remembers(_request: Any, call: Call) -> Any:
        seen.append(call)
        return Counter()

    world.counters.acts = {"remember": remembers}
    with in_call(new_call("m", dict(coming_from(SOMEWHERE)), 10)):
        Neighbours({}).ask(unary(LocalChannel(world.server), "Counters/Act"), ActRequest(act="remember"))
    assert seen[0].came_from == SOMEWHERE


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("ipv4:192.0.2.1:5000", "192.0.2.1"),
        ("ipv6:%5B2001:db8::1%5D:5000", "2001:db8::1"),
        ("ipv6:[::1]:5000", "::1"),
        ("unix:/run/people.sock", ""),
        ("", ""),
    ],
)
def test_the_other_end_is_known_by_its_address_without_its_port(peer: str, address: str) -> None:
    assert address_of_peer(peer) == address
