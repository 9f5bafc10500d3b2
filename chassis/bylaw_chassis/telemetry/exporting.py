"""What measures and sends, one for each service of a process; imported only where telemetry is on."""

import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from opentelemetry import context as otel_context
from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

from bylaw_chassis.telemetry.settings import TelemetrySettings

NAMESPACE = "bylaw"
TRACEPARENT = "traceparent"
CLOSING_SECONDS = 2.0
"""How long the end of a service may wait for a collector; what it has not taken by then is lost."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The bounds between which durations are counted."""

_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


class TraceIds(RandomIdGenerator):
    """Gives the next trace that begins in this thread the id that the product already uses for it."""

    def __init__(self) -> None:
        self._next = threading.local()

    def begin_with(self, trace_id: int) -> None:
        """The next one gets this id."""
        self._next.trace_id = trace_id

    def generate_trace_id(self) -> int:
        found: int = getattr(self._next, "trace_id", 0) or super().generate_trace_id()
        return found

    def is_trace_id_random(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Telemetry:
    """The tracer and the meter of one service of this process."""

    tracer: trace.Tracer
    meter: metrics.Meter
    ids: TraceIds
    closes: tuple[Callable[[], None], ...]
    closed: threading.Event = field(default_factory=threading.Event)

    def span(self, name: str, trace_id: int, traceparent: str) -> trace.Span:
        """A span that begins now, in this trace; below the caller's where that is of the same trace."""
        self.ids.begin_with(trace_id)
        return self.tracer.start_span(
            name,
            _parent(traceparent, trace_id),
            kind=trace.SpanKind.SERVER,
            record_exception=False,  # its text may quote what was asked
            set_status_on_exception=False,
        )

    def close(self) -> None:
        """Sends what waits and ends, once; a collector that is away holds nobody up for long."""
        if self.closed.is_set():
            return
        self.closed.set()
        closing = threading.Thread(target=self._close, name="telemetry", daemon=True)
        closing.start()
        closing.join(CLOSING_SECONDS)

    def _close(self) -> None:
        for close in self.closes:
            close()


def telemetry(service: str, settings: TelemetrySettings) -> Telemetry:
    """For a service of this process; its threads begin here, so make it behind any fork."""
    own_name = settings.service_name or service
    named = {"service.name": own_name, "service.namespace": NAMESPACE, "service.instance.id": str(uuid.uuid4())}
    resource, ids = Resource.create(named), TraceIds()
    tracers, end_traces = _tracers(settings.traces_address, resource, ids)
    meters, end_metrics = _meters(settings.metrics_address, resource)
    return Telemetry(tracers.get_tracer("bylaw"), meters.get_meter("bylaw"), ids, (end_traces, end_metrics))


def silent() -> Telemetry:
    """One that measures nothing, for what goes on when a service has ended."""
    return Telemetry(trace.NoOpTracer(), metrics.NoOpMeter(""), TraceIds(), ())


def traceparent_of(span: trace.Span) -> str:
    """How a call made within a span names it to others; empty where nothing is traced."""
    own = span.get_span_context()
    return f"00-{own.trace_id:032x}-{own.span_id:016x}-{own.trace_flags:02x}" if own.is_valid else ""


def _tracers(address: str, resource: Resource, ids: TraceIds) -> tuple[trace.TracerProvider, Callable[[], None]]:
    if not address:
        return trace.NoOpTracerProvider(), _nothing
    provider = TracerProvider(resource=resource, id_generator=ids, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return provider, provider.shutdown


def _meters(address: str, resource: Resource) -> tuple[metrics.MeterProvider, Callable[[], None]]:
    if not address:
        return metrics.NoOpMeterProvider(), _nothing
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=address))
    provider = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
    return provider, provider.shutdown


def _nothing() -> None:
    return None


def _parent(traceparent: str, trace_id: int) -> otel_context.Context:
    """The caller's span as the context of one's own; none where it is unreadable or of another trace."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if not found or int(found[1], 16) != trace_id:
        return otel_context.Context()
    flags = trace.TraceFlags(int(found[3], 16) & trace.TraceFlags.SAMPLED)
    caller = trace.SpanContext(trace_id, int(found[2], 16), is_remote=True, trace_flags=flags)
    return trace.set_span_in_context(trace.NonRecordingSpan(caller), otel_context.Context())
