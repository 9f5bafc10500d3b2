"""The headers that keep browsers and caches from doing more with an answer than they should.

They are added below Flask, where every answer passes: calls, pages, blueprints of others and errors alike.
"""

from collections.abc import Callable, Iterable
from typing import Any

API_PREFIX = "/v1"
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EVERYWHERE = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
_API = [*_EVERYWHERE, ("Content-Security-Policy", API_POLICY), ("Cache-Control", "no-store")]
_PAGE = [*_EVERYWHERE, ("Content-Security-Policy", PAGE_POLICY)]

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class GuardedAnswers:
    """A WSGI application whose every answer carries the headers; what a page set of them itself, it keeps."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        is_call = environ["PATH_INFO"].startswith(API_PREFIX)

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            added = _API if is_call else _not_set_by(headers)
            return start_response(status, headers + added, exc_info)

        return self._application(environ, start)


def _not_set_by(headers: Headers) -> Headers:
    own = {name.lower() for name, _ in headers}
    return [(name, value) for name, value in _PAGE if name.lower() not in own]
