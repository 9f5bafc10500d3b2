"""A collector of traces and metrics, as OpenTelemetry's exporters find it: OTLP over HTTP, on a port of loopback."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True)
class Span:
    """A span as it came: of which service, its name, its ids in hexadecimal, and what it says."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    failed: bool
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Point:
    """A measured value: of which service, of what, and under which attributes."""

    service: str
    name: str
    value: float
    says: Mapping[str, Any]


@dataclass
class Collector:
    """What came. `text` is all of it, to look for what must not be in it."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that came, as text."""
        return b"\n".join(self.bodies).decode("utf-8", "replace")

    def measured(self, service: str, name: str, **says: Any) -> float:
        """The newest value of a measure under these attributes, dots for underscores twice; -1 for none."""
        wanted = {key.replace("__", "."): value for key, value in says.items()}
        found = [one for one in self.points if (one.service, one.name) == (service, name)]
        fitting = [one.value for one in found if wanted.items() <= one.says.items()]
        return fitting[-1] if fitting else -1

    def within(self, seconds: float, holds: Callable[["Collector"], bool]) -> None:
        """Waits until something holds of what came."""
        ends = time.monotonic() + seconds
        while not holds(self):
            assert time.monotonic() < ends, [(one.service, one.name) for one in self.spans]
            time.sleep(0.05)

    def take(self, path: str, body: bytes) -> bytes:
        """A request of an exporter; answers what it is answered."""
        self.bodies.append(body)
        if path == "/v1/traces":
            self.spans.extend(_spans(ExportTraceServiceRequest.FromString(body)))
            return ExportTraceServiceResponse().SerializeToString()
        assert path == "/v1/metrics", path
        self.points.extend(_points(ExportMetricsServiceRequest.FromString(body)))
        return ExportMetricsServiceResponse().SerializeToString()


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens for a block."""
    collector = Collector()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = collector.take(self.path, gzip.decompress(body) if "Content-Encoding" in self.headers else body)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        collector.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield collector
        server.shutdown()
        thread.join()


def _spans(request: ExportTraceServiceRequest) -> Iterator[Span]:
    for resource in request.resource_spans:
        service = _said(resource.resource.attributes)["service.name"]
        for span in (span for scope in resource.scope_spans for span in scope.spans):
            ids = (one.hex() for one in (span.trace_id, span.span_id, span.parent_span_id))
            yield Span(service, span.name, *ids, span.status.code == 2, _said(span.attributes))


def _points(request: ExportMetricsServiceRequest) -> Iterator[Point]:
    for resource in request.resource_metrics:
        service = _said(resource.resource.attributes)["service.name"]
        for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
            for point in getattr(metric, metric.WhichOneof("data")).data_points:
                yield Point(service, metric.name, _value(point), _said(point.attributes))


def _value(point: Any) -> float:
    return point.count if hasattr(point, "count") else getattr(point, point.WhichOneof("value"))  # type: ignore[no-any-return]


def _said(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}
