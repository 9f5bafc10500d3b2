"""The keys that sign: made once, wrapped at rest, renewed with overlap, and useless under another master key."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1.feed_pb2 import ListEventsRequest, StreamEventsRequest
from bylaw.people.v1.feed_pb2_grpc import FeedStub
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.identity import service_secret
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.published_keys import PublishedKeys, ServiceToken
from bylaw_chassis.refusals import Refusal, TokenInvalid
from bylaw_chassis.settings import SettingWrong
from bylaw_chassis.tokens import TokenVerifier
from bylaw_people.app import PeopleSettings, build
from bylaw_people.store.signing_keys import KEY_LOCK, SigningKeys

from tests.builders.people import MASTER_KEY, PeopleService
from tests.builders.sign_in import everywhere, in_session, refreshed, refusal, session_of

pytestmark = pytest.mark.postgresql15


def published(people: PeopleService) -> list[str]:
    return [key.kid for key in people.sign_in.GetKeySet(sessions.GetKeySetRequest()).keys]


def test_workers_that_need_a_key_at_once_make_one(people: PeopleService) -> None:
    with people.service.database.engine.begin() as connection:
        connection.execute(sa.text("delete from signing_keys"))
    workers = [SigningKeys(people.service.database, MASTER_KEY) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        with people.service.database.engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(KEY_LOCK)))
            waiting = [pool.submit(worker.current) for worker in workers]
            assert not wait(waiting, timeout=0.5).done
        made = {each.result().id for each in waiting}
    assert made == set(published(people))
    assert len(made) == 1


def test_the_next_key_is_published_a_day_before_it_signs_and_the_old_one_a_day_after(people: PeopleService) -> None:
    first = people.keys.current().id
    people.clock.pass_time(days=29, hours=1)
    assert people.keys.current().id == first
    old, following = published(people)
    assert old == first
    people.clock.pass_time(hours=23)
    assert people.keys.current().id == first
    token = people.signed_in("admin")
    people.clock.pass_time(hours=2)
    assert people.keys.current().id == following
    people.clock.now = people.clock.now.replace(minute=0)
    assert published(people) == [old, following]
    people.clock.pass_time(days=2)
    assert published(people) == [following]
    assert token != people.signed_in("admin")


def test_another_service_verifies_what_people_signed_with_the_published_keys_alone(people: PeopleService) -> None:
    token = people.signed_in("admin")[0][1].removeprefix("Bearer ")
    verifier = TokenVerifier(PublishedKeys(people.channel), people.clock)
    assert verifier.verify(token).person == people.administrator


def test_no_private_key_and_no_password_lies_in_the_database_in_clear(people: PeopleService) -> None:
    private = people.keys.current().private.private_bytes_raw()
    with people.service.database.read() as connection:
        for table in ("signing_keys", "passwords", "sign_in_failures"):
            for row in connection.execute(sa.text(f"select * from {table}")):  # noqa: S608
                shown = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
                assert private not in shown
                assert b"harbour-lantern" not in shown


def test_a_wrong_master_key_stops_the_start_and_is_named_without_being_shown(people: PeopleService) -> None:
    people.keys.current()
    other = "quite another key of at least 32 characters"
    with pytest.raises(SettingWrong, match="BYLAW_MASTER_KEY") as wrong:
        build(PeopleSettings(database_url=people.url, master_key=other), clock=people.clock)
    assert other not in str(wrong.value)
    assert MASTER_KEY not in str(wrong.value)


def rotate(people: PeopleService, *, withdraw: bool = False) -> list[str]:
    request = sessions.RotateSigningKeyRequest(withdraw_present=withdraw)
    return [key.kid for key in people.sign_in.RotateSigningKey(request, metadata=people.everything).keys]


def test_a_key_that_is_made_before_its_time_signs_a_minute_later_and_services_pick_it_up_by_themselves(
    people: PeopleService,
) -> None:
    elsewhere = TokenVerifier(PublishedKeys(people.channel), people.clock)
    before = people.signed_in("admin")[0][1].removeprefix("Bearer ")
    elsewhere.verify(before)
    old, new = rotate(people)
    assert people.keys.current().id == old
    people.clock.pass_time(minutes=1, seconds=1)
    assert people.keys.current().id == new
    after = people.signed_in("admin")[0][1].removeprefix("Bearer ")
    fresh = TokenVerifier(PublishedKeys(people.channel), people.clock)
    assert fresh.verify(after).person == fresh.verify(before).person == people.administrator


def test_a_stolen_key_is_withdrawn_at_once_with_every_token_it_signed(people: PeopleService) -> None:
    stolen, session = people.keys.current(), session_of(people, "admin")
    (kept,) = rotate(people, withdraw=True)
    assert kept != stolen.id
    assert published(people) == [kept]
    elsewhere = TokenVerifier(PublishedKeys(people.channel), people.clock)
    with pytest.raises(TokenInvalid):
        elsewhere.verify(session.access_token)
    again = refreshed(people, session.refresh_token)
    assert elsewhere.verify(again.access_token).person == people.administrator
    assert people.keys.current().id == kept
    assert SigningKeys(people.service.database, MASTER_KEY)(stolen.id) is None


def test_a_service_whose_own_token_was_withdrawn_with_its_key_gets_another_and_is_not_refused_meanwhile(
    people: PeopleService,
) -> None:
    own = ServiceToken(people.channel, "attendance", service_secret(MASTER_KEY), lambda: people.clock().timestamp())
    feed, neighbours = FeedStub(people.channel), Neighbours({}, own, own.forget)
    before = own()
    assert own() == before
    rotate(people, withdraw=True)
    assert neighbours.ask(feed.ListEvents, ListEventsRequest(page_size=1)).events
    assert own() != before


def test_a_stream_that_was_refused_for_a_withdrawn_key_begins_with_another_token_the_next_time(
    people: PeopleService,
) -> None:
    own = ServiceToken(people.channel, "attendance", service_secret(MASTER_KEY), lambda: people.clock().timestamp())
    feed, neighbours = FeedStub(people.channel), Neighbours({}, own, own.forget)
    own()
    rotate(people, withdraw=True)
    with pytest.raises(Refusal, match="TOKEN_INVALID"):
        next(neighbours.follow(feed.StreamEvents, StreamEventsRequest()))
    assert next(neighbours.follow(feed.StreamEvents, StreamEventsRequest())).cursor


@pytest.mark.clause("SEC-1")
def test_a_key_is_rotated_by_who_may_for_the_whole_organisation(people: PeopleService) -> None:
    session = session_of(people, "admin")
    request = sessions.RotateSigningKeyRequest()
    for grant in (everywhere("people.staff.read"), HeldGrant(Scope.SELF, None, frozenset({"people.keys.rotate"}))):
        metadata = in_session(people, session, grant)
        assert refusal(lambda metadata=metadata: people.sign_in.RotateSigningKey(request, metadata=metadata)) == (
            "PERMISSION_MISSING"
        )
    assert rotate(people)
