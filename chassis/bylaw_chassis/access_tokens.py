"""Personal access tokens: people turns each into a signed one, which the service remembers for a moment."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc

from bylaw_chassis.call import current_call
from bylaw_chassis.clock import Clock
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal, TokenInvalid, Unavailable
from bylaw_chassis.status import refusal_from

PREFIX = "bylaw_pat_"
"""How an access token begins, so that it is told from a signed one, and found where it should not lie."""

LONGEST = 256
CACHED = 4_096
CACHED_SECONDS = 60.0
WRONG_SECONDS = 10.0
"""So long a wrong token is not asked about again: whoever sends it again and again asks people six times a minute."""

BEFORE_END_SECONDS = 30.0
AT_ONCE = 4
"""So many different tokens are asked about at a time: made-up ones cannot take all of people's threads."""

ASK_SECONDS = 5.0


class Exchanged(NamedTuple):
    """A signed token, and when it expires in seconds since 1970."""

    token: str
    expires: float


Exchange = Callable[[str], Exchanged]
"""Turns an access token into a signed one; refuses TOKEN_INVALID, or UNAVAILABLE where people does not answer."""


@dataclass
class _Flight:
    """An exchange under way; whoever brings the same token waits for its end."""

    landed: threading.Event = field(default_factory=threading.Event)
    token: str = ""
    refusal: type[Refusal] = Unavailable


@dataclass
class AccessTokens:
    """Access tokens as this process knows them: by SHA-256, for a minute at most, and never in clear."""

    exchange: Exchange
    clock: Clock

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._flights: dict[bytes, _Flight] = {}
        self._signed: dict[bytes, tuple[float, str]] = {}
        self._wrong: dict[bytes, float] = {}

    def signed(self, token: str) -> str:
        """The signed token an access token stands for; refuses TOKEN_INVALID and UNAVAILABLE."""
        digest = _digest(token)
        known = self._signed.get(digest)
        if known and known[0] > time.monotonic():
            return known[1]
        if self._wrong.get(digest, 0.0) > time.monotonic():
            raise TokenInvalid
        return self._asked(digest, token)

    def forget(self, token: str) -> None:
        """Has it exchanged anew: the signed one ended before its time."""
        self._signed.pop(_digest(token), None)

    def _asked(self, digest: bytes, token: str) -> str:
        with self._lock:
            flight = self._flights.get(digest)
            mine = flight is None
            if flight is None:
                flight = self._flights[digest] = _Flight()
        if mine:
            self._fly(flight, digest, token)
        elif not flight.landed.wait(_seconds_left()):
            raise Unavailable
        if not flight.token:
            raise flight.refusal
        return flight.token

    def _fly(self, flight: _Flight, digest: bytes, token: str) -> None:
        try:
            with self._place():
                exchanged = self.exchange(token)
            flight.token = exchanged.token
            self._remember(digest, exchanged)
        except TokenInvalid:
            flight.refusal = TokenInvalid
            _keep(self._wrong, digest, time.monotonic() + WRONG_SECONDS)
            raise
        finally:
            with self._lock:
                self._flights.pop(digest, None)
            flight.landed.set()

    def _remember(self, digest: bytes, exchanged: Exchanged) -> None:
        lives = exchanged.expires - self.clock().timestamp() - BEFORE_END_SECONDS
        if lives > 0:
            _keep(self._signed, digest, (time.monotonic() + min(lives, CACHED_SECONDS), exchanged.token))

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_seconds_left()):
            raise Unavailable
        try:
            yield
        finally:
            self._places.release()


def exchanged_by(people: grpc.Channel) -> Exchange:
    """Has people exchange it."""
    stub = sign_in_pb2_grpc.SignInStub(people)

    def exchange(token: str) -> Exchanged:
        request = sign_in_pb2.ExchangeAccessTokenRequest(access_token=token)
        try:
            session = stub.ExchangeAccessToken(request, timeout=_seconds_left())
        except grpc.RpcError as error:
            refusal = refusal_from(error)
            if refusal.reason == TokenInvalid.reason:
                raise TokenInvalid from None
            log().warning("access_token_not_exchanged", reason=refusal.reason)
            raise Unavailable from None
        return Exchanged(session.access_token, session.expire_time.ToNanoseconds() / 1e9)

    return exchange


def _digest(token: str) -> bytes:
    if not token.isascii() or len(token) > LONGEST:
        raise TokenInvalid
    return hashlib.sha256(token.encode()).digest()


def _keep(known: dict[bytes, Any], digest: bytes, value: object) -> None:
    if len(known) >= CACHED:
        known.clear()
    known[digest] = value


def _seconds_left() -> float:
    call = current_call()
    return min(ASK_SECONDS, call.remaining_seconds) if call else ASK_SECONDS
