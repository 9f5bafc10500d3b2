"""Whoever leaves acts until the last day is over and not a second longer, by whatever token and service (SEC-2)."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.refusals import TokenExpired
from bylaw_chassis.tokens import TokenVerifier

from tests.builders.people import PeopleService
from tests.builders.sign_in import access_token, bearer, everything, exchanged, refusal, session_of, whoami
from tests.integration.people.conftest import Shop

MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Of the organisation's own zone."""


def leaves_today(shop: Shop) -> None:
    """Qian's last day is said while Qian's tokens are out."""
    wish = staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-02")
    shop.service.staff.EndEmployment(wish, metadata=everything(shop.service))


def minutes_before_the_end(people: PeopleService) -> list[sessions.Session]:
    """Qian's tokens: of a session, and of an access token."""
    session = session_of(people, "qian")
    made = access_token(people, bearer(session), "people.staff.read")
    return [session, exchanged(people, made.secret)]


@pytest.mark.clause("SEC-2")
def test_a_leaver_acts_until_the_last_instant_of_the_last_day_and_not_a_second_longer(shop: Shop) -> None:
    people = shop.service
    leaves_today(shop)
    people.clock.now = MIDNIGHT - timedelta(minutes=10)
    tokens = minutes_before_the_end(people)
    people.clock.now = MIDNIGHT - timedelta(seconds=1)
    assert [whoami(people, bearer(token)).person.number for token in tokens] == ["qian", "qian"]
    people.clock.now = MIDNIGHT
    assert [refusal(partial(whoami, people, bearer(token))) for token in tokens] == ["TOKEN_EXPIRED"] * 2


@pytest.mark.clause("SEC-2")
def test_a_last_day_that_is_said_in_its_last_minutes_is_as_exact_for_tokens_that_are_out(shop: Shop) -> None:
    people = shop.service
    people.clock.now = MIDNIGHT - timedelta(minutes=15, seconds=30)
    session = session_of(people, "qian")
    leaves_today(shop)
    people.clock.now = MIDNIGHT - timedelta(seconds=1)
    assert whoami(people, bearer(session)).person.number == "qian"
    people.clock.now = MIDNIGHT
    assert refusal(lambda: whoami(people, bearer(session))) == "TOKEN_EXPIRED"


@pytest.mark.clause("SEC-2")
def test_every_service_ends_the_day_as_exactly_as_people_does(shop: Shop) -> None:
    people, clock = shop.service, shop.service.clock
    leaves_today(shop)
    clock.now = MIDNIGHT - timedelta(minutes=10)
    tokens = minutes_before_the_end(people)
    keys = people.service.server.verifier.keys
    elsewhere, fresh = TokenVerifier(keys, clock), TokenVerifier(keys, clock)
    for token in tokens:
        assert elsewhere.verify(token.access_token).person
    clock.now = MIDNIGHT
    for verifier in (elsewhere, fresh):  # remembered, and seen for the first time
        for token in tokens:
            with pytest.raises(TokenExpired):
                verifier.verify(token.access_token)


def test_clocks_that_differ_a_little_end_no_token_of_an_ordinary_moment(shop: Shop) -> None:
    people = shop.service
    session = session_of(people, "qian")
    ends = session.expire_time.ToDatetime(UTC)
    people.clock.now = ends + timedelta(seconds=59)
    assert whoami(people, bearer(session)).person.number == "qian"
    people.clock.now = ends + timedelta(seconds=60)
    assert refusal(lambda: whoami(people, bearer(session))) == "TOKEN_EXPIRED"
