"""Calls to neighbours: with the caller's token, trace and what remains of the time; never inside a transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import grpc

from bylaw_chassis.call import current_call
from bylaw_chassis.database import transaction_is_open
from bylaw_chassis.status import refusal_from

SHARE_OF_TIME = 0.9
"""A neighbour gets what remains of the deadline less a tenth, so that its answer still comes in time."""

BACKGROUND_SECONDS = 10.0
"""What a call outside of any call is given."""

Answer = TypeVar("Answer")


class CalledInsideTransactionError(RuntimeError):
    """A neighbour was called while a transaction was open: its slowness would become everybody's lock."""


@dataclass(slots=True)
class Neighbours:
    """The channels to other services by name, made once per process; `token` speaks where no caller does."""

    channels: Mapping[str, grpc.Channel]
    token: Callable[[], str] = str

    def ask(self, method: Callable[..., Answer], request: Any) -> Answer:
        """Calls a stub's method; raises the neighbour's refusal as it was, or UNAVAILABLE."""
        if transaction_is_open():
            raise CalledInsideTransactionError(str(method))
        try:
            return method(request, timeout=self._seconds(), metadata=self._metadata())
        except grpc.RpcError as error:
            raise refusal_from(error) from error

    def _seconds(self) -> float:
        call = current_call()
        return call.remaining_seconds * SHARE_OF_TIME if call else BACKGROUND_SECONDS

    def _metadata(self) -> tuple[tuple[str, str], ...]:
        call = current_call()
        if call:
            token = call.metadata.get("authorization", "")
            return (("x-trace-id", call.trace_id), *((("authorization", token),) if token else ()))
        token = self.token()
        return (("authorization", f"Bearer {token}"),) if token else ()
