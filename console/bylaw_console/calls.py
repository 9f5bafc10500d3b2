"""Makes the calls of the contract: each is known by its request message, and a refusal comes back as a problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import grpc
from bylaw_gateway.contract import find_service
from bylaw_gateway.headers import Caller
from bylaw_gateway.problems import Problem
from bylaw_gateway.rpc_problems import from_rpc
from google.protobuf.message_factory import GetMessageClass


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """A call was refused; `problem` says what, where, why by which clause, in the language of who asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class Outdated(Exception):  # noqa: N818 - an answer, not an error
    """The token of whoever is signed in counts no more: the session has ended, or what they may do has changed."""


@dataclass(frozen=True, slots=True)
class _Call:
    once: Any
    streams: bool


class Calls:
    """Every call of these services, keyed by full proto name; no two of them take the same message."""

    def __init__(self, services: Mapping[str, grpc.Channel]) -> None:
        self._calls = {
            method.input_type.full_name: _open(channel, f"/{name}/{method.name}", method)
            for name, channel in services.items()
            for method in find_service(name).methods
        }

    def known(self, message: Any) -> bool:
        """Whether the service that takes this message is there: a department may run without its neighbours."""
        return message.DESCRIPTOR.full_name in self._calls

    def make(self, message: Any, caller: Caller) -> Any:
        """The answer, of a stream the messages that have come so far as it ends; raises `Refusal`."""
        call = self._calls[message.DESCRIPTOR.full_name]
        try:
            answer = call.once(message, timeout=caller.call_seconds, metadata=caller.metadata)
            return list(answer) if call.streams else answer
        except grpc.RpcError as error:
            raise Refusal(
                from_rpc(error, language=caller.language, trace_id=caller.trace_id, spell=_as_it_is)
            ) from None


def _open(channel: grpc.Channel, path: str, method: Any) -> _Call:
    streams = bool(method.server_streaming)
    open_call = channel.unary_stream if streams else channel.unary_unary
    once = open_call(
        path,
        request_serializer=GetMessageClass(method.input_type).SerializeToString,
        response_deserializer=GetMessageClass(method.output_type).FromString,
    )
    return _Call(once, streams)


def _as_it_is(field: str) -> str:
    return field
