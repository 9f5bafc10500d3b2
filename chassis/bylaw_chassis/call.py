"""A call in progress: who, until when, under which trace; passed to every method as its second argument."""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from bylaw_chassis.access import AccessRule
from bylaw_chassis.addresses import TRACE, UNSEALED, AddressSeal
from bylaw_chassis.audit.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from bylaw_chassis.caller import NOBODY, Caller
from bylaw_chassis.refusals import DeadlinePassed, Refusal
from bylaw_chassis.transactions import Transactions, background

DEFAULT_SECONDS, LONGEST_SECONDS = 30.0, 600.0
"""The deadline of a call that states none, and the longest one that is granted."""

LONGEST_TRACE = 64


class OpenWork(Protocol):
    """A transaction that waits for the call's answer before it commits."""

    def commit_with(self, answer: bytes) -> None:
        """Stores the answer under the call's key and commits."""

    def roll_back(self) -> None:
        """Undoes everything."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The caller's key of a write, and the digests of the request without the key: that which is kept, and a bare one.

    What is kept is keyed, for a request may hold a password or a short key that a bare digest would give away.
    """

    key: str
    digest: bytes
    bare: bytes
    secret: bool

    def is_of(self, kept: bytes) -> bool:
        """Whether what is kept under the key was this request; versions before kept the bare digest, for 48 hours."""
        return kept in {self.digest, self.bare}


@dataclass(slots=True)
class Call:
    """What a method knows of its call besides the request. `ended` is set when the reader of a stream has left.

    `peer` tells the address at the other end, `addresses` whether the gateway told another one. Like the trace they are
    looked at when somebody asks: most calls end before anybody does, and asking gRPC lets other threads go first.

    `access`, `request` and `about` are for the audit trail: who may make the call, what it asks, and names of things it
    turned out to be about; `refused` are the refusals that its answer holds, each with the name of what it is about.
    `waits` says that its work is committed with the answer.
    """

    method: str
    deadline: float
    metadata: Mapping[str, str] = field(default_factory=dict)
    caller: Caller = NOBODY
    request_key: RequestKey | None = None
    open_work: OpenWork | None = None
    ended: threading.Event | None = None
    transactions: Transactions = field(default_factory=Transactions)
    access: AccessRule | None = None
    request: Any = None
    about: list[str] = field(default_factory=list)
    refused: list[tuple[Refusal, str]] = field(default_factory=list)
    waits: bool = False
    pseudonyms: Pseudonyms = NO_PSEUDONYMS
    addresses: AddressSeal = UNSEALED
    peer: Callable[[], str] = str
    _trace_id: str = ""
    _came_from: str | None = None

    @property
    def trace_id(self) -> str:
        """The trace the call came with, else one of its own."""
        if not self._trace_id:
            told = self.metadata.get(TRACE, "")
            is_safe = told.isascii() and told.isalnum() and len(told) <= LONGEST_TRACE
            self._trace_id = told if is_safe else os.urandom(16).hex()
        return self._trace_id

    @property
    def came_from(self) -> str:
        """The address of whoever asks, as far as it is known."""
        if self._came_from is None:
            self._came_from = self.addresses.opened(self.metadata) or self.peer()
        return self._came_from

    def address(self) -> str:
        """Where the call came from, as a pseudonym; empty where that is not known."""
        return self.pseudonyms.address(self.came_from)

    def digest(self) -> str:
        """The keyed digest of the request; none of one that holds a secret."""
        if self.request is None or (self.access and self.access.secret):
            return ""
        return self.pseudonyms.request(
            self.method, self.request_key.bare if self.request_key else body_digest(self.request)
        )

    @property
    def remaining_seconds(self) -> float:
        """Time left; refuses DEADLINE_PASSED when there is none."""
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            raise DeadlinePassed
        return remaining

    def wait(self, seconds: float) -> bool:
        """Waits a little; says whether there is time left and still somebody who listens."""
        pause = min(seconds, self.deadline - time.monotonic())
        if pause <= 0:
            return False
        if self.ended is None:
            time.sleep(pause)
        elif self.ended.wait(pause):
            return False
        return self.deadline > time.monotonic()


def new_call(method: str, metadata: Mapping[str, str], seconds: float | None) -> Call:
    """A call that begins now; without a deadline of its own it gets the default, and never more than the longest."""
    allowed = min(seconds if seconds is not None else DEFAULT_SECONDS, LONGEST_SECONDS)
    return Call(method, time.monotonic() + allowed, metadata)


def body_digest(request: Any) -> bytes:
    """SHA-256 of a request without its key."""
    bare = type(request)()
    bare.CopyFrom(request)
    if "request_id" in bare.DESCRIPTOR.fields_by_name:
        bare.ClearField("request_id")
    return hashlib.sha256(bare.SerializeToString(deterministic=True)).digest()


current: ContextVar[Call | None] = ContextVar("bylaw_call", default=None)
"""The call this thread is in; set by `in_call`, and by the server itself."""


def current_call() -> Call | None:
    """The call this thread is in; none in jobs and at start."""
    return current.get()


def turned_out_about(name: str) -> None:
    """Tells the trail what the current call turned out to be about; an empty name, or no call, tells nothing."""
    call = current.get()
    if call and name:
        call.about.append(name)


def transactions() -> Transactions:
    """What the current call has open; outside of any call, what this thread has."""
    call = current.get()
    return call.transactions if call else background.transactions


def transaction_is_open() -> bool:
    """Whether a transaction is open here; no neighbour may be called then."""
    return transactions().open > 0


class in_call(AbstractContextManager[None]):  # noqa: N801 - reads as `with in_call(call):`
    """Makes a call the current one for a block."""

    def __init__(self, call: Call | None) -> None:
        self._call = call

    def __enter__(self) -> None:
        self._token = current.set(self._call)

    def __exit__(self, *exc: object) -> None:
        current.reset(self._token)
