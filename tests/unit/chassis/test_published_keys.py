"""Published keys: asked for when needed, not again and again, and kept while people is away."""

import base64
from typing import Any

import pytest
from bylaw.people.v1 import sign_in_pb2
from bylaw_chassis.local_channel import LocalError
from bylaw_chassis.published_keys import PublishedKeys
from bylaw_chassis.refusals import Refusal, Unavailable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class People:
    """A channel to a people that answers its key set, or nothing."""

    def __init__(self) -> None:
        self.asked, self.away = 0, False
        self.keys = {"k1": Ed25519PrivateKey.generate().public_key()}

    def unary_unary(self, method: str, *_: Any, **__: Any) -> Any:
        return self._key_set if method.endswith("/GetKeySet") else None

    def _key_set(self, _request: Any, **_: Any) -> Any:
        self.asked += 1
        if self.away:
            raise LocalError(Unavailable(), "people")
        keys = [
            sign_in_pb2.Key(kid=kid, alg="EdDSA", x=_text(key.public_bytes_raw())) for kid, key in self.keys.items()
        ]
        return sign_in_pb2.KeySet(keys=keys)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_known_key_is_fetched_once_and_unknown_ones_ask_no_more_than_twice_a_minute() -> None:
    people = People()
    keys = PublishedKeys(people)
    assert keys("k1") == people.keys["k1"]
    for number in range(50):
        assert keys(f"forged-{number}") is None
    assert keys("k1")
    assert people.asked == 1


def test_while_people_is_away_the_known_keys_count_and_nobody_is_asked_in_vain_for_each_token() -> None:
    people = People()
    keys = PublishedKeys(people)
    keys("k1")
    people.away = True
    keys._next_for_all = keys._next_for_unknown = float("-inf")
    for _ in range(20):
        assert keys("k1") == people.keys["k1"]
        assert keys("k2") is None
    assert people.asked == 2


def test_before_any_key_was_fetched_the_answer_is_unavailable_and_not_that_the_token_is_wrong() -> None:
    people = People()
    people.away = True
    keys = PublishedKeys(people)
    for _ in range(5):
        with pytest.raises(Refusal) as refused:
            keys("k1")
        assert refused.value.reason == "UNAVAILABLE"
    assert people.asked == 1


def test_a_key_that_people_withdrew_stops_to_count() -> None:
    people = People()
    keys = PublishedKeys(people)
    keys("k1")
    people.keys = {"k2": Ed25519PrivateKey.generate().public_key()}
    keys._next_for_all = float("-inf")
    assert keys("k1") is None
    assert keys("k2") == people.keys["k2"]
