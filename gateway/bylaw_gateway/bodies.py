"""The body of a request, read within its limit before anybody parses it."""

import zlib
from collections.abc import Iterable
from typing import Any

from bylaw_gateway.headers import Environ
from bylaw_gateway.places import Places
from bylaw_gateway.refusals import Refused
from bylaw_gateway.security import Application, Headers

_PART_BYTES = 1024 * 1024
_ALL_READ = "bylaw.body_read"


class HonestConnections:
    """A WSGI application that says so in its answer when the connection ends with it.

    An answer given before the body arrived leaves that body between this request and the next, and the server hangs up.
    A client that was not told sends its next request into a closing connection and gets no answer at all.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request."""

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            if has_body(environ) and _ALL_READ not in environ:
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, exc_info)

        return self._application(environ, start)


def has_body(environ: Environ) -> bool:
    """Whether a body was sent, even if its length is not known yet."""
    return environ.get("CONTENT_LENGTH") not in {None, "", "0"} or "HTTP_TRANSFER_ENCODING" in environ


def read_body(environ: Environ, limit_bytes: int, places: Places) -> bytes:
    """The whole body, unpacked; Refused with 413 at the limit, also while unpacking, and with 503 in a crowd."""
    encoding = environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
    if encoding not in {"identity", "gzip", ""}:
        raise Refused("CONTENT_ENCODING_UNSUPPORTED", headers={"Accept-Encoding": "gzip"})
    raw = _read_raw(environ, limit_bytes, places)
    return _unpack(raw, limit_bytes) if encoding == "gzip" else raw


def _read_raw(environ: Environ, limit_bytes: int, places: Places) -> bytes:
    announced = environ.get("CONTENT_LENGTH")
    if announced and not (announced.isascii() and announced.isdigit()):
        raise Refused("HEADER_INVALID", header="Content-Length")
    if announced and int(announced) > limit_bytes:
        raise _too_large(limit_bytes)
    if not announced and not environ.get("wsgi.input_terminated"):
        # In chunks, and the server does not tell where they end: there is no body to be read safely.
        return b""
    size_bytes = int(announced) if announced else limit_bytes + 1
    with places:
        # Reading blocks inside the server for as long as the sender likes.
        body = _read_up_to(environ["wsgi.input"], size_bytes)
    if len(body) > limit_bytes:
        raise _too_large(limit_bytes)
    if announced and len(body) < size_bytes:
        raise Refused("BODY_TRUNCATED")
    environ[_ALL_READ] = True
    return body


def _read_up_to(stream: Any, size_bytes: int) -> bytes:
    parts, left = [], size_bytes
    try:
        while left > 0 and (part := stream.read(min(left, _PART_BYTES))):
            parts.append(part)
            left -= len(part)
    except OSError:
        raise Refused("BODY_TRUNCATED") from None
    return b"".join(parts)


def _unpack(packed: bytes, limit_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, limit_bytes + 1)
    except zlib.error:
        raise Refused("BODY_TRUNCATED") from None
    if len(content) > limit_bytes:
        raise _too_large(limit_bytes)
    if not unpacker.eof or unpacker.unused_data:
        raise Refused("BODY_TRUNCATED")
    return content


def _too_large(limit_bytes: int) -> Refused:
    return Refused("BODY_TOO_LARGE", limit_bytes=str(limit_bytes))


def check_json_type(environ: Environ) -> None:
    """Refuse bodies that do not say they are JSON."""
    kind, _, parameters = environ.get("CONTENT_TYPE", "").lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('" ')
    if kind.strip() != "application/json" or charset not in {"", "utf-8"}:
        raise Refused("CONTENT_TYPE_UNSUPPORTED", expected="application/json")


def upload_type(environ: Environ) -> str:
    """The content type of a raw upload, as sent."""
    kind: str = environ.get("CONTENT_TYPE", "")
    if len(kind) > 200 or not kind.isascii() or not kind.isprintable():
        raise Refused("HEADER_INVALID", header="Content-Type")
    if kind.partition(";")[0].strip().lower() in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        # A form wraps the file; sent raw, what arrives is the file itself.
        raise Refused("CONTENT_TYPE_UNSUPPORTED", expected="the file itself, not a form")
    return kind or "application/octet-stream"
