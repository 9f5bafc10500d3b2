"""A form posted to a provider within a time, its JSON answer read within a size; nothing of it gets into an error."""

import io
import json
import socket
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from bylaw_hooks.couriers.adapters import CourierFailed

MOST_ANSWER_BYTES = 1 << 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OK, BUSY, FAULT = 200, 429, 500
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Accept": "application/json"}


def post_form(address: str, fields: Mapping[str, str], *, within_seconds: float) -> dict[str, Any]:
    """The JSON object that is answered. Redirects are not followed; certificates are checked.

    Raises CourierFailed with COURIER_UNREACHABLE, COURIER_PROTECTION_FAILED, COURIER_BUSY, COURIER_REFUSED or
    COURIER_ANSWER_UNREADABLE; only an address that is not protected and not on this machine is refused for good.
    """
    body = _answered(address, urlencode(fields).encode(), within_seconds)
    try:
        answer = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise CourierFailed("COURIER_ANSWER_UNREADABLE") from None
    if not isinstance(answer, dict):
        raise CourierFailed("COURIER_ANSWER_UNREADABLE")
    return answer


def _answered(address: str, body: bytes, within_seconds: float) -> bytes:
    ends = time.monotonic() + within_seconds
    try:
        connection, path = _connection(address, within_seconds)
        connection.response_class = _timed(ends)
        try:
            connection.request("POST", path, body, FORM)
            with connection.getresponse() as response:
                read = response.read(MOST_ANSWER_BYTES + 1)
        finally:
            connection.close()
    except ssl.SSLError:
        raise CourierFailed("COURIER_PROTECTION_FAILED") from None
    except (OSError, HTTPException, ValueError):
        raise CourierFailed("COURIER_UNREACHABLE") from None
    if response.status != OK:
        raise CourierFailed(
            "COURIER_BUSY" if response.status >= FAULT or response.status == BUSY else "COURIER_REFUSED"
        )
    if len(read) > MOST_ANSWER_BYTES:
        raise CourierFailed("COURIER_ANSWER_UNREADABLE")
    return read


def _connection(address: str, seconds: float) -> tuple[HTTPConnection, str]:
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path or "/"
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context()), path
    if parts.scheme == "http" and host in LOOPBACK:
        return HTTPConnection(host, parts.port, timeout=seconds), path
    raise CourierFailed("COURIER_PROTECTION_FAILED", for_good=True)


def _timed(ends: float) -> Any:
    def response(sock: Any, *more: Any, **named: Any) -> HTTPResponse:
        reading: Any = _Timed(sock, ends)
        return HTTPResponse(reading, *more, **named)

    return response


class _Timed:
    """A socket that is read until a moment: one that lets a byte drip now and then gets no further time for it."""

    def __init__(self, sock: socket.socket, ends: float) -> None:
        self._sock, self._ends = sock, ends

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What the answer is read from."""
        return io.BufferedReader(_Reading(self._sock, self._ends))


class _Reading(io.RawIOBase):
    def __init__(self, sock: socket.socket, ends: float) -> None:
        self._sock, self._ends = sock, ends
        self._file = sock.makefile("rb", buffering=0)  # keeps the socket open as long as it is read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv_into(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()
