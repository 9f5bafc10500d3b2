"""A server whose contract or methods have a hole does not start, and says where."""

import pytest
from bylaw_chassis.access import AccessNotStated
from bylaw_chassis.clock import system_clock
from bylaw_chassis.server import MethodMissing, Server, StreamWithKey
from bylaw_chassis.tokens import TokenVerifier

from tests.integration.chassis.counting import service


class Shows:
    def Show(self, request: object, call: object) -> None:  # noqa: N802
        """Never called."""

    Watch = Show


def server() -> Server:
    return Server("counting.bylaw", TokenVerifier({}.get, system_clock))


@pytest.mark.parametrize("name", ["Unstated", "DeniesSelf", "NamesNoPermission"])
def test_a_call_that_does_not_state_who_may_make_it_stops_the_start(name: str) -> None:
    with pytest.raises(AccessNotStated, match=rf"counting\.v1\.{name}\.Show"):
        server().add(service(name), Shows())


def test_a_call_without_a_method_stops_the_start() -> None:
    with pytest.raises(MethodMissing, match=r"counting\.v1\.Counters\.Add .* Shows"):
        server().add(service("Counters"), Shows())


def test_a_stream_that_takes_a_key_stops_the_start() -> None:
    with pytest.raises(StreamWithKey, match=r"counting\.v1\.StreamsUnderKey\.Watch"):
        server().add(service("StreamsUnderKey"), Shows())
