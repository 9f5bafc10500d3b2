"""What shared auth costs: a call with a remembered token, a permission and a scope, against the bare call."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc
from bylaw_chassis.call import Call
from bylaw_chassis.caller import Caller, HeldGrant, Reach, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.grpc_face import GrpcFace
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.organisation import queries
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.attendance_world import MONTH, World, world

ROUNDS, CALLS, PEOPLE, PAGE = 60, 60, 2_000, 100
"""Many short rounds, of which the best counts: what others do on the machine lengthens a round, nothing shortens it."""

PERMISSION = "people.passwords.set"
ANSWER = sign_in_pb2.SetPasswordResponse()
REQUEST = sign_in_pb2.SetPasswordRequest(name="people/018f0000-0000-7000-8000-000000000000")


class Answers:
    """Answers every call of SignIn with an empty message, once the caller's reach is known."""

    def __getattr__(self, name: str) -> Callable[[Any, Call], Any]:
        def answer(_request: Any, call: Call) -> Any:
            call.caller.reach(PERMISSION)
            return ANSWER

        return answer


def bare_handlers() -> grpc.GenericRpcHandler:
    """The same on grpcio alone: no deadline, no caller, no access, no refusals."""
    answer = grpc.unary_unary_rpc_method_handler(
        lambda _request, _context: ANSWER,
        sign_in_pb2.SetPasswordRequest.FromString,
        sign_in_pb2.SetPasswordResponse.SerializeToString,
    )
    return grpc.method_handlers_generic_handler("bylaw.people.v1.SignIn", {"SetPassword": answer})


def clerk(place: World) -> Caller:
    """A clerk's token: thirty permissions for a subtree, ten for oneself."""
    held = frozenset({PERMISSION, *(f"attendance.things.verb{number}" for number in range(29))})
    own = frozenset(sorted(held)[:10])
    grants = (
        HeldGrant(Scope.SUBTREE, place.unit, held, (f"grants/{new_id()}",)),
        HeldGrant(Scope.SELF, None, own, ("roles/employee",)),
    )
    return Caller(person=next(iter(place.people.values())), grants=grants, session=new_id())


@contextmanager
def served(handlers: grpc.GenericRpcHandler) -> Iterator[grpc.Channel]:
    """A gRPC server on loopback and a channel to it."""
    serving = grpc.server(ThreadPoolExecutor(8), handlers=[handlers])
    port = serving.add_insecure_port("127.0.0.1:0")
    serving.start()
    with open_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    serving.stop(0).wait()


def microseconds(act: Callable[[], object], calls: int = CALLS) -> float:
    """How long it takes, one after the other."""
    began = time.perf_counter()
    for _ in range(calls):
        act()
    return (time.perf_counter() - began) / calls * 1e6


def calls(place: World) -> tuple[float, float]:
    """An authorised call through the chassis's stack and a bare one, both over loopback, in turn."""
    key, caller = Ed25519PrivateKey.generate(), clerk(place)
    database = Database(place.database.url, "attendance", system_clock)
    server = Server("benchmark", TokenVerifier({"k1": key.public_key()}.get, system_clock, EndedTokens(database)))
    server.add(sign_in_pb2.DESCRIPTOR.services_by_name["SignIn"], Answers())
    token = mint(caller, key_id="k1", key=key, now=system_clock(), lifetime=timedelta(minutes=15))
    metadata = (("authorization", f"Bearer {token}"),)
    with served(GrpcFace(server)) as ours, served(bare_handlers()) as theirs:
        full, bare = sign_in_pb2_grpc.SignInStub(ours).SetPassword, sign_in_pb2_grpc.SignInStub(theirs).SetPassword
        pairs = [
            (
                microseconds(lambda: full(REQUEST, timeout=5, metadata=metadata)),
                microseconds(lambda: bare(REQUEST, timeout=5, metadata=metadata)),
            )
            for _ in range(ROUNDS)
        ]
    database.close()
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def pages(place: World) -> tuple[float, float]:
    """A page of a unit's people whom a clerk's reach holds, and the same page for everybody's reach, in turn."""
    scoped, days = clerk(place).reach(PERMISSION), (MONTH, MONTH)

    def page(reach: Reach) -> None:
        with place.database.read() as connection:
            queries.people_between(connection, reach, days, unit=place.unit, limit=PAGE)

    pairs = [
        (microseconds(lambda: page(scoped), 5), microseconds(lambda: page(Reach(everyone=True)), 5))
        for _ in range(ROUNDS)
    ]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def measure() -> list[dict[str, Any]]:
    """Both ratios; of the page none is promised: whom a reach holds is work that has to be done somewhere."""
    with world(PEOPLE) as place:
        call, page = calls(place), pages(place)
    return [
        result("authorised call", call, "<= 1.2", "over loopback, against grpcio without any of our stack"),
        result("authorised page", page, "-", f"{PAGE} of {PEOPLE} people of a unit, against the same without scope"),
    ]


def result(name: str, pair: tuple[float, float], goal: str, against: str) -> dict[str, Any]:
    """A ratio as `make bench` writes it down."""
    return {
        "name": name,
        "ratio": round(pair[0] / pair[1], 2),
        "goal": goal,
        "unit": "times the bare one",
        "detail": f"{pair[0]:.0f} µs against {pair[1]:.0f} µs, {against}",
    }
