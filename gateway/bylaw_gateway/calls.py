"""One HTTP form carried out: its request read, the call made with deadline and metadata, the answer written."""

from collections.abc import Iterator
from typing import Any

import grpc
from flask import Response
from google.protobuf.message_factory import GetMessageClass

from bylaw_gateway.answers import AnswerWriter, download, printer_of, refusal
from bylaw_gateway.contract import Binding
from bylaw_gateway.field_names import as_written
from bylaw_gateway.headers import Caller, Environ
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_out import JsonOut
from bylaw_gateway.places import Places
from bylaw_gateway.problems import Problem
from bylaw_gateway.requests import RequestReader
from bylaw_gateway.rpc_problems import from_rpc
from bylaw_gateway.settings import GatewaySettings
from bylaw_gateway.streams import EventWriter, open_stream


class Compilers:
    """What all forms share: the converters of messages, and the places for streams and for bodies that arrive."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self.json_in, self.json_out = JsonIn(), JsonOut()
        self.streams = Places(settings.stream_limit, "STREAMS_EXHAUSTED")
        self.bodies = Places(settings.arriving_body_limit, "BODIES_EXHAUSTED", wait_seconds=1.0)


class HttpForm:
    """One form of one call, compiled; shared by threads."""

    def __init__(self, binding: Binding, channel: grpc.Channel, shared: Compilers) -> None:
        self.binding, self._shared = binding, shared
        self.reader = RequestReader(binding, shared.json_in, settings=shared.settings, places=shared.bodies)
        self._answer = AnswerWriter(binding, shared.json_out)
        open_call = channel.unary_stream if binding.method.server_streaming else channel.unary_unary
        self._call: Any = open_call(
            binding.rpc_path,
            request_serializer=GetMessageClass(binding.input).SerializeToString,
            response_deserializer=GetMessageClass(binding.output).FromString,
        )

    def carry_out(self, environ: Environ, segments: list[str], caller: Caller) -> Response:
        """Answer a request; raises Refused where the gateway itself refuses it."""
        request = self.reader.read(environ, segments)
        try:
            return self._ask(request, environ, caller)
        except grpc.RpcError as error:
            return refusal(self._problem(error, caller))

    def _problem(self, error: Exception, caller: Caller) -> Problem:
        def spell(field: str) -> str:
            return as_written(field, self.binding)

        return from_rpc(error, language=caller.language, trace_id=caller.trace_id, spell=spell)

    def _ask(self, request: Any, environ: Environ, caller: Caller) -> Response:
        if self.binding.method.server_streaming:
            return self._stream(request, caller)
        if self._answer.is_download:
            return self._answer.download(*self._with_trailers(request, caller))
        message = self._call(request, timeout=caller.call_seconds, metadata=caller.metadata)
        return self._answer.write(message, environ)

    def _with_trailers(self, request: Any, caller: Caller) -> tuple[Any, Any]:
        message, call = self._call.with_call(request, timeout=caller.call_seconds, metadata=caller.metadata)
        return message, call.trailing_metadata() or ()

    def _stream(self, request: Any, caller: Caller) -> Response:
        places, settings = self._shared.streams, self._shared.settings
        places.take()
        try:
            call = self._call(request, timeout=caller.stream_seconds, metadata=caller.metadata)
            if self._answer.is_download:
                return self._download_stream(call)
            write = EventWriter(
                self.binding.shown or self.binding.output,
                printer_of(self.binding, self._shared.json_out),
                lambda error: self._problem(error, caller),
            )
            return open_stream(call, write=write, places=places, beat_seconds=settings.heartbeat_seconds)
        except BaseException:
            places.give_back()
            raise

    def _download_stream(self, call: Any) -> Response:
        messages = iter(call)
        first = next(messages, None) or GetMessageClass(self.binding.output)()
        response = download(first, _chunks(first, messages), call.initial_metadata() or ())
        response.call_on_close(self._shared.streams.give_back)
        response.call_on_close(call.cancel)
        return response


def _chunks(first: Any, others: Iterator[Any]) -> Iterator[bytes]:
    yield first.data
    for message in others:
        yield message.data
