"""A service's calls measured: a span each, in the trace that logs, problems and the audit name; counts, durations."""

import gc
import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from google.protobuf.message import Message
from grpc import StatusCode
from opentelemetry.trace import Span, Status
from opentelemetry.trace import StatusCode as SpanStatus

from bylaw_chassis.call import Call
from bylaw_chassis.refusals import Cancelled, Overloaded, Refusal
from bylaw_chassis.server import Look, Method, Server
from bylaw_chassis.telemetry.exporting import SECONDS, TRACEPARENT, Telemetry, silent, traceparent_of
from bylaw_chassis.telemetry.gauges import add_figure

FAULTS = frozenset({"UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"})
"""Codes that are a fault of the server; all others are answers."""

_TRACE = re.compile(r"(?!0{32})[0-9a-f]{32}")
_NUMBERS = {code.name: code.value[0] for code in StatusCode}


@dataclass(slots=True)
class WatchedServer(Server):
    """A server that measures. Off, there is a plain one in its place, and calls take not one step more."""

    telemetry: Telemetry = field(kw_only=True)
    counts: "CallCounts" = field(init=False)

    def __post_init__(self) -> None:
        self.counts = CallCounts(self.telemetry)

    def answer(self, method: Method, request: Message, call: Call) -> Message:
        """Carries a call out, within its span."""
        with _Watched(self, method, call):
            return Server.answer(self, method, request, call)

    def stream(self, method: Method, request: Message, call: Call) -> Iterator[Message]:
        """Carries a streaming call out; its span lasts until its reader leaves."""
        with _Watched(self, method, call):
            yield from Server.stream(self, method, request, call)

    def decode(self, method: Method, data: bytes) -> Message:
        """The request on the wire as a message; one that is none is counted, and has no span."""
        try:
            return Server.decode(self, method, data)
        except Refusal as refusal:
            self.counts.ended(method.path[1:], refusal)
            raise

    def turned_away(self) -> None:
        """A call for which no thread was left is counted; which one it was, nobody looked."""
        self.counts.ended("", Overloaded())

    def measure(self, name: str, look: Look, *, total: bool = False) -> None:
        """Adds a figure of the service's own to what is sent."""
        add_figure(self.telemetry.meter, name, look, total=total)

    def close(self) -> None:
        """Sends what was measured to the end, and measures no more."""
        self.telemetry.close()
        self.telemetry = silent()
        self.counts = CallCounts(self.telemetry)
        gc.collect()  # the SDK brings to life again what it finds in a process that is forked from this one


class CallCounts:
    """How many calls, how long, how many refused and why: by call and code."""

    def __init__(self, telemetry: Telemetry) -> None:
        meter = telemetry.meter
        self._calls = meter.create_counter("bylaw.calls", "{call}", "Calls that ended.")
        self._refusals = meter.create_counter("bylaw.refusals", "{call}", "Calls that were refused, by reason.")
        self._seconds = meter.create_histogram(
            "rpc.server.call.duration", "s", "How long calls took.", explicit_bucket_boundaries_advisory=SECONDS
        )

    def ended(self, name: str, refusal: Refusal | None, seconds: float | None = None) -> None:
        """Counts a call that ended, well or refused; `seconds` where it was carried out at all."""
        code = refusal.code.name if refusal else "OK"
        attributes = {"rpc.method": name, "rpc.response.status_code": code}
        self._calls.add(1, attributes)
        if seconds is not None:
            self._seconds.record(seconds, attributes)
        if refusal:
            self._refusals.add(1, {**attributes, **_why(refusal)})


class _Watched:
    """A call within its span, as `with _Watched(server, method, call):`."""

    __slots__ = ("_began", "_call", "_counts", "_name", "_span")

    def __init__(self, server: WatchedServer, method: Method, call: Call) -> None:
        self._name, self._call, self._counts = method.path[1:], call, server.counts
        self._span: Span = server.telemetry.span(self._name, _number(call.trace_id), call.metadata.get(TRACEPARENT, ""))

    def __enter__(self) -> None:
        self._began = time.perf_counter()
        own = traceparent_of(self._span)
        if own:  # neighbours are handed on what a call came with: from here on, its own span
            self._call.metadata = {**self._call.metadata, TRACEPARENT: own}

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        refusal = error if isinstance(error, Refusal) else Cancelled() if error else None
        self._counts.ended(self._name, refusal, time.perf_counter() - self._began)
        if self._span.is_recording():
            self._tell(refusal)
        self._span.end()

    def _tell(self, refusal: Refusal | None) -> None:
        code = refusal.code.name if refusal else "OK"
        service, _, method = self._name.rpartition("/")
        self._span.set_attributes(
            {
                "rpc.system": "grpc",
                "rpc.service": service,
                "rpc.method": method,
                "rpc.grpc.status_code": _NUMBERS[code],
                **(_why(refusal) if refusal else {}),
            }
        )
        if code in FAULTS:
            self._span.set_status(Status(SpanStatus.ERROR))


def _why(refusal: Refusal) -> dict[str, str]:
    """The reason and the clause of a refusal, never its words: these name things and people."""
    return {"bylaw.reason": refusal.reason, **({"bylaw.clause": refusal.clause} if refusal.clause else {})}


def _number(trace_id: str) -> int:
    """A trace as OpenTelemetry counts it; one that a caller named otherwise becomes the same number in each service."""
    if _TRACE.fullmatch(trace_id):
        return int(trace_id, 16)
    return int.from_bytes(hashlib.sha256(trace_id.encode()).digest()[:16])
