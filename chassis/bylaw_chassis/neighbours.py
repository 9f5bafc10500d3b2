"""Calls to neighbours: with the caller's token, trace and what remains of the time; never inside a transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import grpc

from bylaw_chassis.addresses import ADDRESS, SEAL
from bylaw_chassis.call import Call, current_call, transaction_is_open
from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.status import refusal_from

SHARE_OF_TIME = 0.9
"""A neighbour gets what remains of the deadline less a tenth, so that its answer still comes in time."""

LARGEST_MESSAGE_BYTES = 40 * 1024 * 1024
"""A file of 32 MiB and what is around it."""

LARGEST_METADATA_BYTES = 256 * 1024
"""A refusal travels in one header with every line it names; gRPC's own 8 KiB would cut it to an unnamed error."""

CHANNEL_OPTIONS = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_metadata_size", LARGEST_METADATA_BYTES),
    ("grpc.absolute_max_metadata_size", LARGEST_METADATA_BYTES * 2),
    ("grpc.keepalive_time_ms", 15_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.initial_reconnect_backoff_ms", 200),  # gRPC's own grows to two minutes: a restart would be noticed too late
    ("grpc.min_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    ("grpc.enable_retries", 0),  # the gateway alone tries again: two layers that do multiply
)

SERVICE_TOKEN = "x-service-token"  # noqa: S105 - the name of a header
"""Carries a service's own token beside its user's."""

HANDED_ON = ("authorization", "traceparent", ADDRESS, SEAL)
"""What a neighbour is told of the caller as it came: the token, the span, and the address as the gateway sealed it."""

TRACED = ("traceparent",)
"""What it is told of the caller where the service speaks for itself alone."""

BACKGROUND_SECONDS = 10.0
"""What a call outside of any call is given."""

Answer = TypeVar("Answer")


def open_channel(address: str) -> grpc.Channel:
    """A channel to a service on the network with the limits its server has; made once per process, after any fork."""
    return grpc.insecure_channel(address, options=CHANNEL_OPTIONS)


class CalledInsideTransactionError(RuntimeError):
    """A neighbour was called while a transaction was open: its slowness would become everybody's lock."""


@dataclass(slots=True)
class Neighbours:
    """The channels to other services by name, made once per process; `token` speaks where no caller does.

    `forget` has the next token made anew: people withdraws keys, and a token of its own that one signed is refused.
    """

    channels: Mapping[str, grpc.Channel]
    token: Callable[[], str] = str
    forget: Callable[[], None] | None = None

    def ask(
        self, method: Callable[..., Answer], request: Any, *, as_itself_too: bool = False, as_itself: bool = False
    ) -> Answer:
        """Calls a stub's method; raises the neighbour's refusal as it was, or UNAVAILABLE.

        `as_itself_too` sends the service's own token beside the caller's: it asks for its user, and proves who it is.
        `as_itself` sends its own token alone, within the caller's trace and time: what it asks follows from what the
        caller may do here, which it has decided before, and the caller need hold nothing there.
        Where its own token is refused, it asks once more with a fresh one: nothing was done yet.
        """
        if transaction_is_open():
            raise CalledInsideTransactionError(str(method))
        try:
            return self._answer(method, request, too=as_itself_too, alone=as_itself)
        except Refusal as refused:
            if not (self.forget and self._is_of_own_token(refused, shown=as_itself_too or as_itself)):
                raise
            self.forget()
        return self._answer(method, request, too=as_itself_too, alone=as_itself)

    def _answer(self, method: Callable[..., Answer], request: Any, *, too: bool, alone: bool) -> Answer:
        try:
            own = ((SERVICE_TOKEN, self.token()),) if too else ()
            return method(request, timeout=self._seconds(), metadata=(*self._metadata(alone=alone), *own))
        except grpc.RpcError as error:
            raise refusal_from(error) from error

    def follow(self, method: Callable[..., Iterator[Answer]], request: Any) -> Iterator[Answer]:
        """A stub's stream, message by message; refuses as `ask` does, and is cancelled when its reader closes it."""
        if transaction_is_open():
            raise CalledInsideTransactionError(str(method))
        try:
            answers = method(request, timeout=self._seconds(), metadata=self._metadata())
            try:
                yield from answers
            finally:
                answers.cancel()  # type: ignore[attr-defined]
        except grpc.RpcError as error:
            refused = refusal_from(error)
            if self.forget and self._is_of_own_token(refused):
                self.forget()
            raise refused from error

    def _is_of_own_token(self, refused: Refusal, *, shown: bool = False) -> bool:
        """Whether it may be the service's own token that was refused."""
        return refused.code is Code.UNAUTHENTICATED and (shown or current_call() is None)

    def _seconds(self) -> float:
        call = current_call()
        return call.remaining_seconds * SHARE_OF_TIME if call else BACKGROUND_SECONDS

    def _metadata(self, *, alone: bool = False) -> tuple[tuple[str, str], ...]:
        call = current_call()
        traced = (("x-trace-id", call.trace_id), *_handed_on(call, TRACED if alone else HANDED_ON)) if call else ()
        if call and not alone:
            return traced
        token = self.token()
        return (*traced, ("authorization", f"Bearer {token}")) if token else traced


def _handed_on(call: Call, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    told = ((name, call.metadata.get(name, "")) for name in names)
    return ((name, value) for name, value in told if value)
