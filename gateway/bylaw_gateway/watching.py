"""Requests measured, where telemetry is on: a span each, above that of the called service; counts, durations."""

import time
from collections.abc import Iterable
from typing import Any

from bylaw_chassis.telemetry.exporting import SECONDS, Telemetry, traceparent_of
from opentelemetry.trace import Span, Status, StatusCode
from werkzeug.wsgi import ClosingIterator

from bylaw_gateway import headers
from bylaw_gateway.routes import FORM
from bylaw_gateway.security import API_PREFIX, Application, Headers

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_TRACEPARENT = "HTTP_TRACEPARENT"


class WatchedRequests:
    """A WSGI application whose calls are measured; pages and health are not.

    What goes on sees the request's own span as its `traceparent`, so that the trace id it reads there, and the span
    that it hands on to a service, are those of the span.
    """

    def __init__(self, application: Application, telemetry: Telemetry) -> None:
        self._application, self._telemetry = application, telemetry
        self._seconds = telemetry.meter.create_histogram(
            "http.server.request.duration", "s", "How long requests took.", explicit_bucket_boundaries_advisory=SECONDS
        )

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; its span ends when the answer has been read, or its reader has left."""
        if not environ["PATH_INFO"].startswith(API_PREFIX):
            return self._application(environ, start_response)
        span, began, told = self._begin(environ), time.perf_counter(), {"status": 500}

        def start(status: str, fields: Headers, exc_info: Any = None) -> Any:
            told["status"] = int(status[:3])
            return start_response(status, fields, exc_info)

        def end() -> None:
            self._end(span, environ, told["status"], time.perf_counter() - began)

        try:
            return ClosingIterator(self._application(environ, start), end)
        except BaseException:
            end()
            raise

    def close(self) -> None:
        """Sends what was measured to the end; again, it does nothing."""
        self._telemetry.close()

    def _begin(self, environ: dict[str, Any]) -> Span:
        trace = int(headers.trace_id(environ), 16)
        span = self._telemetry.span(_method(environ), trace, environ.get(_TRACEPARENT, ""))
        if own := traceparent_of(span):
            environ[_TRACEPARENT] = own
        return span

    def _end(self, span: Span, environ: dict[str, Any], status: int, seconds: float) -> None:
        method = _method(environ)
        measured: dict[str, str | int] = {"http.request.method": method, "http.response.status_code": status}
        if form := environ.get(FORM):
            measured["http.route"] = form.template.text  # the template: a path holds names of things
        self._seconds.record(seconds, measured)
        if span.is_recording():
            span.update_name(f"{method} {measured['http.route']}" if form else method)
            span.set_attributes(measured)
            if status >= 500:
                span.set_status(Status(StatusCode.ERROR))
        span.end()


def _method(environ: dict[str, Any]) -> str:
    method: str = environ["REQUEST_METHOD"]
    return method if method in _METHODS else "_OTHER"
