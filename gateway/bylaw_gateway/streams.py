"""Server-streaming calls as server-sent events: event ids to resume from, heartbeats, a bound, a clean end."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
from flask import Response
from google.protobuf.descriptor import Descriptor

from bylaw_gateway.json_out import json_bytes
from bylaw_gateway.places import Places
from bylaw_gateway.problems import Problem

_ID_FIELDS = ("position", "cursor")
_AHEAD_LIMIT = 64
_FIRST_ANSWER_SECONDS = 0.25
_HEARTBEAT = b": heartbeat\n\n"

Told = Callable[[Exception], Problem]


class Pulled:
    """A streaming call read by a thread of its own, so that silence can be filled with heartbeats."""

    def __init__(self, call: Any) -> None:
        self._call = call
        self._arrived: queue.Queue[tuple[str, Any]] = queue.Queue(_AHEAD_LIMIT)
        self._over = threading.Event()
        threading.Thread(target=self._pull, name="bylaw-stream", daemon=True).start()

    def _pull(self) -> None:
        try:
            for message in self._call:
                if not self._offer(("message", message)):
                    return
            self._offer(("end", None))
        except Exception as error:  # noqa: BLE001 - told to the reader, who would else wait for ever
            # Its time being over is how a stream ends that nobody ended; the reader comes back by itself.
            is_over = isinstance(error, grpc.Call) and error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
            self._offer(("end", None) if is_over else ("error", error))
        finally:
            _close(self._call)

    def _offer(self, arrival: tuple[str, Any]) -> bool:
        while not self._over.is_set():
            try:
                self._arrived.put(arrival, timeout=0.5)
            except queue.Full:
                continue
            return True
        return False

    def next(self, wait_seconds: float) -> tuple[str, Any]:
        """What came next: a message, the end, an error; or silence for so long."""
        try:
            return self._arrived.get(timeout=wait_seconds)
        except queue.Empty:
            return ("silence", None)

    def close(self) -> None:
        """End the call, whoever is still sending."""
        self._over.set()
        if hasattr(self._call, "cancel"):
            self._call.cancel()


def _close(call: Any) -> None:
    # A call within the process may be a bare generator, which only the thread that runs it may close.
    if hasattr(call, "close"):
        call.close()


class EventStream:
    """The body of an event stream; the server closes it when the caller is gone."""

    def __init__(
        self, pulled: Pulled, first: tuple[str, Any], *, write: "EventWriter", places: Places, beat_seconds: float
    ) -> None:
        self._pulled, self._write, self._places = pulled, write, places
        self._beat_seconds = beat_seconds
        self._is_open = True
        self._events = self._run(first)

    def __iter__(self) -> Iterator[bytes]:
        return self._events

    def _run(self, first: tuple[str, Any]) -> Iterator[bytes]:
        kind, content = first
        try:
            # Said at once, so that the caller's browser knows the stream is open.
            yield b": open\n\n"
            while kind != "end":
                yield _HEARTBEAT if kind == "silence" else self._write.event(kind, content)
                if kind == "error":
                    return
                kind, content = self._pulled.next(self._beat_seconds)
        finally:
            self.close()

    def close(self) -> None:
        """End the call and free the place, once."""
        if self._is_open:
            self._is_open = False
            self._pulled.close()
            self._places.give_back()


class EventWriter:
    """Writes the messages of one streaming call as events."""

    def __init__(self, descriptor: Descriptor, print_message: Callable[[Any], Any], told: Told) -> None:
        self._print, self._told = print_message, told
        known = descriptor.fields_by_name
        self._id_field = next((name for name in _ID_FIELDS if name in known), None)

    def event(self, kind: str, content: Any) -> bytes:
        """One event: a message with its id, or the problem that ends the stream."""
        if kind == "error":
            return b"event: error\ndata: " + self._told(content).body() + b"\n\n"
        return self._event_id(content) + b"data: " + json_bytes(self._print(content)) + b"\n\n"

    def _event_id(self, message: Any) -> bytes:
        if self._id_field is None:
            return b""
        # A line break would start another field of the event.
        return f"id: {getattr(message, self._id_field)}".replace("\n", "").replace("\r", "").encode() + b"\n"


def open_stream(call: Any, *, write: EventWriter, places: Places, beat_seconds: float) -> Response:
    """Answer with the events of a call; a refusal that comes at once is an ordinary problem, not an event.

    The caller has taken a place; it is given back when the stream ends, or here if it never begins.
    """
    pulled = Pulled(call)
    first = pulled.next(min(_FIRST_ANSWER_SECONDS, beat_seconds))
    if first[0] == "error":
        pulled.close()
        raise first[1]
    body = EventStream(pulled, first, write=write, places=places, beat_seconds=beat_seconds)
    response = Response(body, content_type="text/event-stream", direct_passthrough=True)
    response.call_on_close(body.close)
    # Tells a proxy in between not to gather events up.
    response.headers["X-Accel-Buffering"] = "no"
    return response
