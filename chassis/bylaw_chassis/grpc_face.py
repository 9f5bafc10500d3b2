"""How calls reach a server over gRPC."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import grpc
from google.protobuf.message import Message
from grpc_status import rpc_status

from bylaw_chassis.addresses import address_of_peer
from bylaw_chassis.admission import CallPool, RefusingPool
from bylaw_chassis.call import Call, new_call
from bylaw_chassis.refusals import Overloaded, Refusal
from bylaw_chassis.server import Method, Server, metadata_of
from bylaw_chassis.status import to_status

NEVER_SECONDS = 1e9
"""gRPC says centuries where the caller stated no deadline."""


class GrpcFace(grpc.GenericRpcHandler):
    """A server's calls as gRPC serves them, at most `pool.most` at a time and half of the threads for streams."""

    def __init__(self, server: Server, pool: CallPool | None = None) -> None:
        self._server = server
        self._pool = pool
        self._streams = threading.BoundedSemaphore(max(1, pool.threads // 2) if pool else 1_000)
        self._handlers = {path: self._handler(method) for path, method in server.methods.items()}
        self._refusing = RefusingPool(self._refuse)

    def service(self, handler_call_details: Any) -> Any:
        """The handler of a path; nothing for one that is not ours; a refusing one where all threads have enough."""
        handler = self._handlers.get(handler_call_details.method)
        return self._refusing.handler if handler and self._pool and self._pool.full else handler

    def close(self) -> None:
        """Ends the thread that refuses."""
        self._refusing.close()

    def _handler(self, method: Method) -> Any:
        make = grpc.unary_stream_rpc_method_handler if method.streams else grpc.unary_unary_rpc_method_handler
        serve = self._stream if method.streams else self._answer
        # The request comes as bytes: decoded by gRPC, one that cannot be would end as an unnamed INTERNAL.
        return make(partial(serve, method), None, method.response_class.SerializeToString)

    def _answer(self, method: Method, request: bytes, context: grpc.ServicerContext) -> Message:
        try:
            return self._server.answer(method, self._server.decode(method, request), _call(method, context))
        except Refusal as refusal:
            raise self._abort(context, refusal) from refusal

    def _stream(self, method: Method, request: bytes, context: grpc.ServicerContext) -> Iterator[Message]:
        call = _call(method, context)
        call.ended = threading.Event()
        if not context.add_callback(call.ended.set):
            return
        try:
            with _one_of(self._streams):
                yield from self._server.stream(method, self._server.decode(method, request), call)
        except Refusal as refusal:
            raise self._abort(context, refusal) from refusal

    def _refuse(self, _request: bytes, context: grpc.ServicerContext) -> Any:
        self._server.turned_away()
        raise self._abort(context, Overloaded())

    def _abort(self, context: grpc.ServicerContext, refusal: Refusal) -> Exception:
        """Ends the call with the refusal; gRPC leaves by an exception of its own."""
        context.abort_with_status(rpc_status.to_status(to_status(refusal, self._server.domain)))
        return refusal


class _one_of:  # noqa: N801 - reads as `with _one_of(places):`
    """A place for a block; refuses OVERLOADED where none is free."""

    def __init__(self, places: threading.BoundedSemaphore) -> None:
        self._places = places

    def __enter__(self) -> None:
        if not self._places.acquire(blocking=False):
            raise Overloaded

    def __exit__(self, *_: object) -> None:
        self._places.release()


def _peer(context: grpc.ServicerContext) -> str:
    return address_of_peer(context.peer())


def _call(method: Method, context: grpc.ServicerContext) -> Call:
    seconds = context.time_remaining()
    stated = seconds if seconds is not None and seconds < NEVER_SECONDS else None
    call = new_call(method.path, metadata_of(context.invocation_metadata()), stated)
    call.peer = partial(_peer, context)
    return call
