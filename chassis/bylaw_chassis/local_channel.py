"""How calls reach a server in the same process: the same stubs, the same stack, the same bytes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import grpc
from google.protobuf.message import Message

from bylaw_chassis.call import Call, new_call
from bylaw_chassis.refusals import Cancelled, Refusal, Unimplemented
from bylaw_chassis.server import Method, Server, metadata_of
from bylaw_chassis.status import DETAILS_KEY, to_status

Metadata = Sequence[tuple[str, str | bytes]]


class LocalError(grpc.RpcError, grpc.Call):
    """A refusal within the process, in the form a network call would raise it."""

    def __init__(self, refusal: Refusal, domain: str) -> None:
        super().__init__(refusal.message_en)
        self._refusal, self._domain = refusal, domain

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode[self._refusal.code.name]

    def details(self) -> str:
        return self._refusal.message_en

    def trailing_metadata(self) -> Metadata:
        return ((DETAILS_KEY, to_status(self._refusal, self._domain).SerializeToString()),)

    def initial_metadata(self) -> Metadata:
        return ()

    def is_active(self) -> bool:
        return False

    def time_remaining(self) -> None:
        return None

    def cancel(self) -> bool:
        return False

    def add_callback(self, callback: Callable[[], None]) -> bool:  # noqa: ARG002
        return False


class _LocalCall:
    """One call of a local channel, callable as gRPC's multi-callables are."""

    def __init__(
        self, server: Server, path: str, serialise: Callable[[Any], bytes], parse: Callable[[bytes], Any]
    ) -> None:
        self._server, self._path, self._serialise, self._parse = server, path, serialise, parse

    def _prepare(
        self, request: bytes, timeout: float | None, metadata: Metadata | None
    ) -> tuple[Method, Message, Call]:
        method = self._server.methods.get(self._path)
        if method is None:
            raise Unimplemented(method=self._path)
        message = self._server.decode(method, request)
        return method, message, new_call(self._path, metadata_of(metadata), timeout)


class _LocalUnary(_LocalCall, grpc.UnaryUnaryMultiCallable):
    def __call__(
        self, request: Any, timeout: float | None = None, metadata: Metadata | None = None, **_ignored: Any
    ) -> Any:
        try:
            message = self._server.answer(*self._prepare(self._serialise(request), timeout, metadata))
        except Refusal as refusal:
            raise LocalError(refusal, self._server.domain) from refusal
        return self._parse(message.SerializeToString())

    def with_call(self, request: Any, **given: Any) -> tuple[Any, "LocalEnd"]:
        """The answer, and the call's end, which carries no trailing metadata."""
        return self(request, **given), LocalEnd()

    def future(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a call within the process has no future: it has its answer when it returns")


class LocalEnd:
    """How a call within the process ended: well, for a refusal is raised."""

    def trailing_metadata(self) -> Metadata:
        return ()


class _LocalStream(_LocalCall, grpc.UnaryStreamMultiCallable):
    def __call__(
        self, request: Any, timeout: float | None = None, metadata: Metadata | None = None, **_ignored: Any
    ) -> Any:
        ended = threading.Event()
        return LocalMessages(self._messages(self._serialise(request), timeout, metadata, ended=ended), ended)

    def _messages(
        self, request: bytes, timeout: float | None, metadata: Metadata | None, *, ended: threading.Event
    ) -> Iterator[Any]:
        try:
            method, message, call = self._prepare(request, timeout, metadata)
            call.ended = ended
            for answer in self._server.stream(method, message, call):
                yield self._parse(answer.SerializeToString())
                if ended.is_set():
                    break
            if ended.is_set():
                raise Cancelled
        except Refusal as refusal:
            raise LocalError(refusal, self._server.domain) from refusal


class LocalMessages:
    """The answers of a stream within the process; another thread may cancel it, as with gRPC."""

    def __init__(self, messages: Iterator[Any], ended: threading.Event) -> None:
        self._messages, self._ended = messages, ended

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        return next(self._messages)

    def cancel(self) -> bool:
        """Ends the stream; whoever waits for its next answer gets CANCELLED."""
        self._ended.set()
        return True


class LocalChannel(grpc.Channel):
    """A channel to a server in the same process: same stubs, same stack, same bytes, no network."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def unary_unary(
        self, method: str, request_serializer: Any = None, response_deserializer: Any = None, **_: Any
    ) -> Any:
        return _LocalUnary(self._server, method, request_serializer or bytes, response_deserializer or bytes)

    def unary_stream(
        self, method: str, request_serializer: Any = None, response_deserializer: Any = None, **_: Any
    ) -> Any:
        return _LocalStream(self._server, method, request_serializer or bytes, response_deserializer or bytes)

    def stream_unary(self, method: str, *_: Any, **__: Any) -> Any:
        raise TypeError(f"{method}: no call of ours streams its request")

    def stream_stream(self, method: str, *_: Any, **__: Any) -> Any:
        raise TypeError(f"{method}: no call of ours streams its request")

    def subscribe(self, callback: Any, try_to_connect: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        callback(grpc.ChannelConnectivity.READY)

    def unsubscribe(self, callback: Any) -> None:
        """There is nothing to end."""

    def close(self) -> None:
        """There is nothing to close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None
