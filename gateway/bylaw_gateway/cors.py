"""Which pages of other sites may call: an exact list of origins, and the answer to a browser's preflight."""

from collections.abc import Mapping

from flask import Response

from bylaw_gateway.headers import Environ
from bylaw_gateway.settings import GatewaySettings

_ASKED_HEADERS = (
    "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
    "Traceparent, X-Deadline-Ms"
)
_TOLD_HEADERS = "Content-Disposition, ETag, Retry-After, X-Trace-Id"


def origin_headers(environ: Environ, settings: GatewaySettings) -> Mapping[str, str]:
    """The headers that let an allowed origin read the answer; any other origin gets none."""
    origin = environ.get("HTTP_ORIGIN")
    if not settings.allowed_origins:
        return {}
    if origin not in settings.allowed_origins:
        return {"Vary": "Origin"}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _TOLD_HEADERS, "Vary": "Origin"}


def options_answer(environ: Environ, methods: list[str]) -> Response:
    """The answer to OPTIONS: what the path takes, and to a browser what its page may send."""
    response = Response(status=204, headers={"Allow": ", ".join([*methods, "OPTIONS"])})
    if "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
        response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        response.headers["Access-Control-Allow-Headers"] = _ASKED_HEADERS
        response.headers["Access-Control-Max-Age"] = "600"
    return response
