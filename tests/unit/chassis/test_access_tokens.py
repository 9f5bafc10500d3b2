"""Personal access tokens: people is asked once for many calls, a wrong one is not asked about again and again."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from bylaw.people.v1 import sign_in_pb2
from bylaw_chassis.access_tokens import AT_ONCE, AccessTokens, exchanged_by
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.caller import Caller
from bylaw_chassis.local_channel import LocalError
from bylaw_chassis.refusals import Refusal, TokenEnded, TokenInvalid, Unavailable
from bylaw_chassis.tokens import TokenVerifier, caller_of, mint
from structlog.testing import capture_logs

from tests.unit.chassis.forging import KEY, SetClock
from tests.unit.chassis.forging import PERSON as PERSON_NAME

PERSON = UUID(PERSON_NAME)
RIGHT, WRONG = "bylaw_pat_right", "bylaw_pat_wrong"


@dataclass
class People:
    """A channel to a people that knows one access token, whose owner's access has changed so many times."""

    clock: SetClock = field(default_factory=SetClock)
    asked: list[str] = field(default_factory=list)
    away: bool = False
    revision: int = 0
    before: Callable[[], object] = lambda: None

    def unary_unary(self, method: str, *_: Any, **__: Any) -> Any:
        return self._exchange if method.endswith("/ExchangeAccessToken") else None

    def _exchange(self, request: Any, **_: Any) -> Any:
        self.asked.append(request.access_token)
        self.before()
        if self.away:
            raise LocalError(Unavailable(), "people")
        if request.access_token != RIGHT:
            raise LocalError(TokenInvalid(), "people")
        caller, lifetime = Caller(person=PERSON, access_revision=self.revision), timedelta(minutes=15)
        session = sign_in_pb2.Session(
            access_token=mint(caller, key_id="k1", key=KEY, now=self.clock(), lifetime=lifetime)
        )
        session.expire_time.FromDatetime(self.clock() + lifetime)
        return session


@pytest.fixture
def people() -> People:
    return People()


def verifying(people: People, ended: Callable[[Caller], bool] = lambda _: False) -> TokenVerifier:
    access_tokens = AccessTokens(exchanged_by(people), people.clock)
    return TokenVerifier({"k1": KEY.public_key()}.get, people.clock, ended, access_tokens)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.reason


def test_an_access_token_speaks_for_its_owner_and_people_is_asked_once(people: People) -> None:
    verifier = verifying(people)
    for _ in range(20):
        assert caller_of({"authorization": f"Bearer {RIGHT}"}, verifier).person == PERSON
    assert people.asked == [RIGHT]


def test_where_nobody_exchanges_them_they_are_as_wrong_as_any_other_text(people: People) -> None:
    verifier = TokenVerifier({"k1": KEY.public_key()}.get, people.clock)
    assert refused(lambda: verifier.verify(RIGHT)) == "TOKEN_INVALID"


def test_a_wrong_token_sent_again_and_again_does_not_make_people_busy(people: People) -> None:
    verifier = verifying(people)
    for _ in range(50):
        assert refused(lambda: verifier.verify(WRONG)) == "TOKEN_INVALID"
    assert people.asked == [WRONG]
    for odd in ("bylaw_pat_" + "x" * 300, "bylaw_pat_é", "bylaw_pat"):
        assert refused(lambda odd=odd: verifier.verify(odd)) == "TOKEN_INVALID"
    assert people.asked == [WRONG]


def test_while_people_is_away_the_answer_is_unavailable_and_not_that_the_token_is_wrong(people: People) -> None:
    verifier = verifying(people)
    people.away = True
    assert refused(lambda: verifier.verify(RIGHT)) == "UNAVAILABLE"
    people.away = False
    assert verifier.verify(RIGHT).person == PERSON
    people.away = True
    assert verifier.verify(RIGHT).person == PERSON


def test_a_token_remembered_is_asked_for_anew_shortly_before_it_ends(people: People) -> None:
    verifier = verifying(people)
    verifier.verify(RIGHT)
    people.clock.now += timedelta(minutes=17)  # it has expired; the minute, by another clock, is not over
    assert verifier.verify(RIGHT).person == PERSON
    assert people.asked == [RIGHT, RIGHT]


def test_what_lives_no_longer_than_a_moment_is_not_remembered(people: People) -> None:
    tokens = AccessTokens(exchanged_by(people), lambda: people.clock() + timedelta(minutes=14, seconds=40))
    for _ in range(3):
        tokens.signed(RIGHT)
    assert people.asked == [RIGHT] * 3


@pytest.mark.clause("SEC-1")
def test_after_its_owners_access_changed_a_fresh_one_counts_at_once_and_a_revoked_one_never(people: People) -> None:
    below = 0
    verifier = verifying(people, lambda caller: caller.access_revision < below)
    verifier.verify(RIGHT)

    people.revision = below = 1
    assert verifier.verify(RIGHT).access_revision == 1
    assert people.asked == [RIGHT, RIGHT]

    below = 2  # ended, and what people answers anew has ended too
    with pytest.raises(TokenEnded):
        verifier.verify(RIGHT)


def test_many_calls_at_once_with_one_token_ask_people_once(people: People) -> None:
    verifier, go = verifying(people), threading.Event()
    people.before = lambda: go.wait(5)
    with ThreadPoolExecutor(8) as threads:
        calls = [threads.submit(verifier.verify, RIGHT) for _ in range(8)]
        while not people.asked:
            time.sleep(0.001)
        go.set()
        assert {call.result().person for call in calls} == {PERSON}
    assert people.asked == [RIGHT]


def test_made_up_tokens_take_few_of_peoples_threads_and_those_who_wait_too_long_are_told(people: People) -> None:
    verifier, go, at_once = verifying(people), threading.Event(), []
    people.before = lambda: (at_once.append(1), go.wait(5))

    def call(number: int) -> str:
        with in_call(new_call("/x", {}, 0.5)):
            return refused(lambda: verifier.verify(f"bylaw_pat_{number}"))

    with ThreadPoolExecutor(12) as threads:
        calls = [threads.submit(call, number) for number in range(12)]
        while len([one for one in calls if one.done()]) < 12 - AT_ONCE:
            time.sleep(0.01)
        assert len(at_once) == AT_ONCE
        go.set()
        answers = sorted(one.result() for one in calls)
    assert answers == ["TOKEN_INVALID"] * AT_ONCE + ["UNAVAILABLE"] * (12 - AT_ONCE)


def test_nothing_of_a_token_is_logged_or_shown(people: People) -> None:
    verifier = verifying(people)
    with capture_logs() as logged:
        for token in (RIGHT, WRONG):
            people.away = token == WRONG
            try:
                verifier.verify(token)
            except Refusal as refusal:
                logged.append({"event": f"{refusal} {refusal.message_zh} {refusal.__cause__}"})
    assert logged
    assert "bylaw_pat_" not in f"{logged} {verifier.access_tokens.__dict__}"
