"""Frames on a worker's line: bounded in length, a JSON header, then columns of int64 as they lie in memory."""

import socket
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson

from bylaw_plugin_host.deadlines import Deadline

HEAD = struct.Struct("<8sIQ")
MARK = b"bylaw\x00\x00\x01"
MOST_HEADER_BYTES, MOST_COLUMN_BYTES = 4 << 20, 128 << 20
MOST_ASKED_BYTES = 1 << 30
"""Of the columns that a worker hears: it trusts who asks, and its memory is bounded. A person's month with its days has
some eleven thousand bytes."""
Header = Mapping[str, Any]
Frame = tuple[Header, list[memoryview]]
Until = Deadline | float | None


class LineBroken(Exception):  # noqa: N818 - it says of what
    """The other end says what nobody can read."""


class LineGone(LineBroken):
    """Nobody is at the other end any more."""


class LineSlow(Exception):  # noqa: N818
    """The deadline passed before the frame had gone over."""


class Line:
    """One end of a private socket pair. `until`: a deadline, or a moment of the monotonic clock; none: for ever."""

    def __init__(self, end: socket.socket, *, most_column_bytes: int = MOST_COLUMN_BYTES) -> None:
        self._end, self._most_column_bytes = end, most_column_bytes

    def say(self, header: Header, columns: Sequence[memoryview] = (), *, until: Until = None) -> None:
        """Send a frame; raises LineBroken, or LineSlow where the other end does not take it in time."""
        told = orjson.dumps({**header, "columns": [len(column) for column in columns]})
        frame = b"".join((HEAD.pack(MARK, len(told), 8 * sum(map(len, columns))), told, *columns))
        try:
            self._end.settimeout(_left(until))
            self._end.sendall(frame)
        except TimeoutError:
            raise LineSlow from None
        except OSError:
            raise LineGone("gone") from None

    def hear(self, *, until: Until = None) -> Frame:
        """The next frame; raises LineBroken and LineSlow. Nothing longer than the bounds is ever taken in."""
        mark, header_bytes, column_bytes = HEAD.unpack(self._take(HEAD.size, until))
        if mark != MARK or header_bytes > MOST_HEADER_BYTES or column_bytes > self._most_column_bytes:
            raise LineBroken("no frame")
        header = _header(bytes(self._take(header_bytes, until)))
        lengths = header.get("columns")
        if not isinstance(lengths, list) or not all(type(one) is int and one >= 0 for one in lengths):
            raise LineBroken("no lengths")
        if 8 * sum(lengths) != column_bytes:
            raise LineBroken("other lengths than stated")
        return header, _cut(self._take(column_bytes, until), lengths)

    def hang_up(self) -> None:
        """End it for whoever is speaking or listening, at both ends; may be called from any thread."""
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give it up."""
        self._end.close()

    def _take(self, size: int, until: Until) -> bytearray:
        taken = bytearray(size)
        rest = memoryview(taken)
        while rest:
            left = _left(until)
            try:
                self._end.settimeout(left)
                count = self._end.recv_into(rest)
            except TimeoutError:
                continue  # a deadline may have moved on: `_left` says when it is over
            except OSError:
                raise LineGone("gone") from None
            if not count:
                raise LineGone("gone")
            rest = rest[count:]
        return taken


def _left(until: Until) -> float | None:
    """Seconds left; raises LineSlow where there are none."""
    if until is None:
        return None
    left = until.left() if isinstance(until, Deadline) else until - time.monotonic()
    if left <= 0:
        raise LineSlow
    return left


def _header(told: bytes) -> Header:
    try:
        header = orjson.loads(told)
    except orjson.JSONDecodeError:
        raise LineBroken("no header") from None
    if not isinstance(header, dict):
        raise LineBroken("no header")
    return header


def _cut(body: bytearray, lengths: Sequence[int]) -> list[memoryview]:
    whole, columns, first = memoryview(body).toreadonly(), [], 0
    for length in lengths:
        part = whole[first : first + 8 * length]
        columns.append(part.cast("q") if length else EMPTY)
        first += 8 * length
    return columns


EMPTY = memoryview(bytes(8)).cast("q")[:0]
