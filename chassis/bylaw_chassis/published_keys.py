"""What a service gets from people to know callers and to be known: the published keys, and a token of its own."""

import base64
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Unavailable

FETCH_AGAIN_SECONDS = 30.0
"""An unknown key id asks people again at most this often, so that forged tokens cannot make us ask."""

FETCH_ANEW_SECONDS = 60.0
"""Published keys are read again so often, so that a key that people withdrew stops to count."""

AFTER_FAILURE_SECONDS = 2.0
"""A people that did not answer is left alone so long."""

ASK_SECONDS = 5.0
RENEW_BEFORE_SECONDS = 120.0


@dataclass
class PublishedKeys:
    """The keys people publishes, by key id; a key source of TokenVerifier."""

    people: grpc.Channel

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: Mapping[str, Ed25519PublicKey] = {}
        self._next_for_unknown = self._next_for_all = float("-inf")

    def __call__(self, key_id: str) -> Ed25519PublicKey | None:
        """The key of an id; refuses UNAVAILABLE while people does not answer and none was ever fetched."""
        if key_id not in self._keys or self._is_due(key_id):  # an unknown id waits for whoever is fetching right now
            with self._lock:
                if self._is_due(key_id):
                    self._fetch()
        if not self._keys:
            raise Unavailable
        return self._keys.get(key_id)

    def _is_due(self, key_id: str) -> bool:
        return time.monotonic() >= (self._next_for_all if key_id in self._keys else self._next_for_unknown)

    def _fetch(self) -> None:
        """Asks people; while it does not answer, the keys of before go on to count."""
        self._next_for_unknown = self._next_for_all = time.monotonic() + AFTER_FAILURE_SECONDS
        try:
            answer = sign_in_pb2_grpc.SignInStub(self.people).GetKeySet(
                sign_in_pb2.GetKeySetRequest(), timeout=ASK_SECONDS
            )
            self._keys = {key.kid: _public_key(key.x) for key in answer.keys if key.alg == "EdDSA"}
        except (grpc.RpcError, ValueError) as error:
            log().warning("keys_not_fetched", reason=type(error).__name__)
            return
        self._next_for_unknown = time.monotonic() + FETCH_AGAIN_SECONDS
        self._next_for_all = time.monotonic() + FETCH_ANEW_SECONDS


def _public_key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@dataclass
class ServiceToken:
    """The token with which a service speaks for itself, outside of any caller's call; renewed before it ends."""

    people: grpc.Channel
    service: str
    secret: str
    now_seconds: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._token, self._until = "", float("-inf")

    def __call__(self) -> str:
        """A token that is still valid for a while; raises grpc.RpcError where people does not answer."""
        with self._lock:
            if self.now_seconds() > self._until - RENEW_BEFORE_SECONDS:
                request = sign_in_pb2.CreateServiceSessionRequest(service=self.service, secret=self.secret)
                session = sign_in_pb2_grpc.SignInStub(self.people).CreateServiceSession(request, timeout=ASK_SECONDS)
                self._token, self._until = session.access_token, float(session.expire_time.seconds)
            return self._token

    def forget(self) -> None:
        """Has the next one made anew: the one at hand was refused, for its key was withdrawn."""
        with self._lock:
            self._until = float("-inf")
