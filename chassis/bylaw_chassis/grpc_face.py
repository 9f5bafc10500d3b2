"""How calls reach a server over gRPC."""

from collections.abc import Iterator
from typing import Any

import grpc
from google.protobuf.message import Message
from grpc_status import rpc_status

from bylaw_chassis.call import Call, new_call
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.server import Method, Server, metadata_of
from bylaw_chassis.status import to_status


class GrpcFace(grpc.GenericRpcHandler):
    """A server's calls as gRPC serves them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._handlers = {path: self._handler(method) for path, method in server.methods.items()}

    def service(self, handler_call_details: Any) -> Any:
        """The handler of a path; nothing for one that is not ours."""
        return self._handlers.get(handler_call_details.method)

    def _handler(self, method: Method) -> Any:
        make = grpc.unary_stream_rpc_method_handler if method.streams else grpc.unary_unary_rpc_method_handler
        serve = self._stream if method.streams else self._answer

        def handle(request: Message, context: grpc.ServicerContext) -> Any:
            return serve(method, request, context)

        return make(handle, method.request_class.FromString, _to_bytes)

    def _answer(self, method: Method, request: Message, context: grpc.ServicerContext) -> Message:
        try:
            return self._server.answer(method, request, _call(method, context))
        except Refusal as refusal:
            raise self._abort(context, refusal) from refusal

    def _stream(self, method: Method, request: Message, context: grpc.ServicerContext) -> Iterator[Message]:
        try:
            for message in self._server.stream(method, request, _call(method, context)):
                if not context.is_active():
                    return
                yield message
        except Refusal as refusal:
            raise self._abort(context, refusal) from refusal

    def _abort(self, context: grpc.ServicerContext, refusal: Refusal) -> Exception:
        """Ends the call with the refusal; gRPC leaves by an exception of its own."""
        context.abort_with_status(rpc_status.to_status(to_status(refusal, self._server.domain)))
        return refusal


def _to_bytes(message: Message) -> bytes:
    return message.SerializeToString()


def _call(method: Method, context: grpc.ServicerContext) -> Call:
    return new_call(method.path, metadata_of(context.invocation_metadata()), context.time_remaining())
