"""What clocks send, handed on to attendance: the network they may come from, their bodies' limit, the calls."""

from functools import lru_cache
from ipaddress import ip_address
from typing import Any, NamedTuple

import grpc
from bylaw.attendance.v1 import pushing_pb2, pushing_pb2_grpc
from bylaw_chassis.addresses import AddressSeal

from bylaw_gateway import headers
from bylaw_gateway.bodies import read_body
from bylaw_gateway.headers import Environ
from bylaw_gateway.places import Places
from bylaw_gateway.refusals import Refused
from bylaw_gateway.settings import MEBIBYTE, GatewaySettings

CLOCK_LINE = "bylaw.attendance.v1.ClockLine"
BODY_BYTES = 2 * MEBIBYTE
"""A clock sends at most 900 KB at a time; attendance takes no more than this either."""


class Knock(NamedTuple):
    """Who a clock says it is: its serial number, and its communication key where it sends one."""

    serial_number: str
    communication_key: str


class ClockLine:
    """The calls that the gateway makes for clocks; shared by threads."""

    def __init__(self, channel: grpc.Channel, settings: GatewaySettings, seal: AddressSeal, bodies: Places) -> None:
        self._stub = pushing_pb2_grpc.ClockLineStub(channel)
        self._settings, self._seal, self._bodies = settings, seal, bodies

    def admits(self, environ: Environ) -> bool:
        """Whether clocks may come from there."""
        address = _address(headers.client_address(environ, self._settings))
        return address is not None and any(
            address.version == network.version and address in network for network in self._settings.clock_networks
        )

    def body(self, environ: Environ) -> bytes:
        """What a clock sent; Refused where it is larger than any clock sends."""
        headers.check_size(environ, self._settings)
        return read_body(environ, BODY_BYTES, self._bodies)

    def greet(self, environ: Environ, knock: Knock) -> Any:
        """Greets a clock."""
        asked = pushing_pb2.GreetClockRequest(**knock._asdict())
        return self._stub.GreetClock(asked, **self._told(environ))

    def push(self, environ: Environ, knock: Knock, table: Any, stamp: str) -> int:
        """Hands lines on; answers how many need not come again."""
        pushed = pushing_pb2.RecordPushedRequest(**knock._asdict(), table=table, stamp=stamp)
        try:
            pushed.content = self.body(environ)
        except Refused as refused:
            if refused.reason == "BODY_TOO_LARGE":
                # What does not get through is still to come: attendance must know that this clock is not done.
                pushed.too_large = True
                self._stub.RecordPushed(pushed, **self._told(environ))
            raise
        return int(self._stub.RecordPushed(pushed, **self._told(environ)).line_count)

    def commands(self, environ: Environ, knock: Knock) -> list[tuple[int, str]]:
        """What a clock shall do."""
        asked = pushing_pb2.PollClockRequest(**knock._asdict())
        answer = self._stub.PollClock(asked, **self._told(environ))
        return [(command.number, command.text) for command in answer.commands]

    def answers(self, environ: Environ, knock: Knock) -> None:
        """Hands on what became of commands."""
        said = pushing_pb2.AnswerCommandsRequest(**knock._asdict(), content=self.body(environ))
        self._stub.AnswerCommands(said, **self._told(environ))

    def _told(self, environ: Environ) -> dict[str, Any]:
        trace = headers.trace_id(environ)
        caller = headers.caller(environ, self._settings, trace, seal=self._seal)
        return {"timeout": caller.call_seconds, "metadata": caller.metadata}


@lru_cache(maxsize=1024)
def _address(text: str) -> Any:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
