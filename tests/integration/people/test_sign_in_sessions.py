"""Sessions: refreshed one token after the other, ended by theft, by sign-out and by who may do so (SEC-1, SEC-2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import grpc
import jwt
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2 as feed
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.addresses import coming_from
from tests.builders.people import PASSWORD, PeopleService, identifier, reason
from tests.builders.sign_in import (
    answer_bytes,
    bearer,
    everywhere,
    in_session,
    refreshed,
    refusal,
    session_of,
    soon_refused,
    whoami,
)
from tests.integration.people.conftest import Shop


def listed(people: PeopleService, session: sessions.Session) -> list[sessions.RunningSession]:
    return list(people.sign_in.ListSessions(sessions.ListSessionsRequest(), metadata=bearer(session)).sessions)


@pytest.mark.postgresql15
def test_each_refresh_answers_the_next_token_and_goes_on_with_the_session(shop: Shop) -> None:
    people, first = shop.service, session_of(shop.service, "wang")
    second = first
    for _ in range(3):
        people.clock.pass_time(minutes=14)
        token, second = second.refresh_token, refreshed(people, second.refresh_token)
        assert second.refresh_token not in {token, first.refresh_token}
    assert (second.name, second.person) == (first.name, shop.wang.name)
    assert whoami(people, bearer(second)).session == first.name
    assert list(second.authentication_methods) == ["pwd"]


def test_when_somebody_gave_their_password_stays_in_the_token_however_often_it_is_refreshed(shop: Shop) -> None:
    people, began = shop.service, int(shop.service.clock().timestamp())
    session = session_of(people, "wang")
    for _ in range(2):
        people.clock.pass_time(minutes=14)
        session = refreshed(people, session.refresh_token)
        said = jwt.decode(session.access_token, options={"verify_signature": False})
        assert said["auth_time"] == session.authentication_time.seconds == began
        assert said["iat"] > began
    again = session_of(people, "wang")
    assert again.authentication_time.seconds == began + 28 * 60


def test_two_tabs_that_refresh_at_once_both_live_on(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    one = refreshed(people, session.refresh_token)
    people.clock.pass_time(seconds=20)
    other = refreshed(people, session.refresh_token)
    assert one.refresh_token != other.refresh_token
    people.clock.pass_time(minutes=10)
    assert refreshed(people, one.refresh_token).name == refreshed(people, other.refresh_token).name == session.name


def test_a_spent_token_that_comes_again_later_ends_the_session_for_thief_and_owner(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    owner = refreshed(people, session.refresh_token)
    people.clock.pass_time(seconds=21)
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"
    assert refusal(lambda: refreshed(people, owner.refresh_token)) == "SESSION_ENDED"
    assert soon_refused(people, bearer(owner)) == "TOKEN_ENDED"
    ended = [event.tokens_ended.session for event in people.events() if event.HasField("tokens_ended")]
    assert session.name in ended


def test_the_owner_is_told_that_a_session_ended_because_a_token_came_twice(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    refreshed(people, session.refresh_token)
    people.clock.pass_time(minutes=1)
    refusal(lambda: refreshed(people, session.refresh_token))
    with people.service.database.engine.connect() as connection:
        told = connection.execute(
            sa.text(
                "select n.about from notices n join notice_addressees a on a.notice = n.id where a.person = :person"
            ),
            {"person": identifier(shop.wang.name)},
        )
        assert told.scalars().all() == [session.name]


@pytest.mark.postgresql15
def test_twelve_threads_with_one_token_share_one_session_and_none_is_thrown_out(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: refreshed(people, session.refresh_token), range(12)))
    assert {answer.name for answer in answers} == {session.name}
    assert len({answer.refresh_token for answer in answers}) == 12
    with people.service.database.engine.connect() as connection:
        spent = connection.execute(sa.text("select count(*) from refresh_tokens where used_at is not null"))
        assert spent.scalar_one() == 1


@pytest.mark.postgresql15
def test_a_refresh_never_outlives_a_sign_out_at_the_same_moment(shop: Shop) -> None:
    people = shop.service
    for _ in range(8):
        session = session_of(people, "wang")
        with ThreadPoolExecutor(3) as pool:
            out = pool.submit(
                people.sign_in.DeleteSession,
                sessions.DeleteSessionRequest(name="sessions/current"),
                metadata=bearer(session),
            )
            tries = [pool.submit(refreshed, people, session.refresh_token) for _ in range(2)]
        out.result()
        for token in [attempt.result().refresh_token for attempt in tries if attempt.exception() is None]:
            assert refusal(lambda token=token: refreshed(people, token)) == "SESSION_ENDED"


@pytest.mark.clause("SEC-1", "SEC-2")
def test_who_left_is_locked_or_signed_out_refreshes_no_more_and_all_hear_the_same(shop: Shop) -> None:
    people = shop.service
    open_ones = {login: session_of(people, login) for login in ("wang", "zhao", "qian")}
    people.staff.EndEmployment(
        staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-02"), metadata=people.everything
    )
    people.sign_in.DeleteSession(
        sessions.DeleteSessionRequest(name=open_ones["wang"].name), metadata=bearer(open_ones["wang"])
    )
    people.sign_in.EndSessionsOfPerson(
        sessions.EndSessionsOfPersonRequest(name=shop.zhao.name), metadata=people.everything
    )
    people.clock.now = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    never = "bylaw_refresh_" + "0" * 72
    tokens = [*(session.refresh_token for session in open_ones.values()), never, "", open_ones["wang"].access_token]
    assert len({answer_bytes(lambda token=token: refreshed(people, token)) for token in tokens}) == 1


@pytest.mark.clause("SEC-2")
def test_a_leavers_tokens_end_with_the_last_day_in_the_organisations_own_zone(shop: Shop) -> None:
    people = shop.service
    people.staff.EndEmployment(
        staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-02"), metadata=people.everything
    )
    people.clock.now = datetime(2026, 3, 2, 15, 55, tzinfo=UTC)
    session = session_of(people, "qian")
    assert session.expire_time.ToDatetime(UTC) == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    people.clock.now = datetime(2026, 3, 2, 16, 1, tzinfo=UTC)
    assert refusal(lambda: whoami(people, bearer(session))) == "TOKEN_EXPIRED"
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    people.clock.pass_time(hours=72)
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"
    session = session_of(people, "wang")
    for _ in range(10):
        people.clock.pass_time(hours=71)
        session = refreshed(people, session.refresh_token)
    assert session.refresh_expire_time.ToDatetime(UTC) < people.clock.now.replace(tzinfo=UTC).replace(year=2027)
    people.clock.pass_time(hours=11)
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"


def test_signing_out_here_leaves_other_devices_and_everywhere_leaves_none(shop: Shop) -> None:
    people = shop.service
    phone, desk, other = session_of(people, "wang"), session_of(people, "wang"), session_of(people, "zhao")
    people.sign_in.DeleteSession(sessions.DeleteSessionRequest(name="sessions/current"), metadata=bearer(phone))
    assert soon_refused(people, bearer(phone)) == "TOKEN_ENDED"
    assert whoami(people, bearer(desk)).session == desk.name
    again = session_of(people, "wang")
    ended = people.sign_in.EndAllSessions(sessions.EndAllSessionsRequest(), metadata=bearer(again))
    assert ended.ended_count == 2
    assert {soon_refused(people, bearer(desk)), soon_refused(people, bearer(again))} == {"TOKEN_ENDED"}
    assert whoami(people, bearer(other)).session == other.name


def test_one_sees_ones_own_sessions_and_where_they_are_and_nobody_elses(shop: Shop) -> None:
    people = shop.service
    first = session_of(people, "wang", device="Wang's\nphone", metadata=coming_from("203.0.113.9"))
    second, _ = session_of(people, "wang", device="desk"), session_of(people, "zhao")
    found = listed(people, second)
    assert [(session.device, session.address, session.current) for session in found] == [
        ("desk", "", True),
        ("Wang's phone", "203.0.113.9", False),
    ]
    page = people.sign_in.ListSessions(sessions.ListSessionsRequest(page_size=1), metadata=bearer(second))
    rest = sessions.ListSessionsRequest(page_size=1, page_token=page.next_page_token)
    assert people.sign_in.ListSessions(rest, metadata=bearer(second)).sessions[0].name == first.name


@pytest.mark.clause("SEC-1")
def test_somebody_elses_session_is_as_one_that_does_not_exist(shop: Shop) -> None:
    people = shop.service
    mine, theirs = session_of(people, "wang"), session_of(people, "zhao")
    names = (theirs.name, "sessions/018f0000-0000-7000-8000-000000000000")

    def delete(name: str) -> None:
        people.sign_in.DeleteSession(sessions.DeleteSessionRequest(name=name), metadata=bearer(mine))

    assert len({answer_bytes(lambda name=name: delete(name)) for name in names}) == 1
    assert whoami(people, bearer(theirs)).session == theirs.name


@pytest.mark.clause("SEC-1")
def test_ending_somebody_elses_sessions_takes_the_permission_and_reach_for_it(shop: Shop) -> None:
    people, chen = shop.service, session_of(shop.service, "chen")
    request = sessions.EndSessionsOfPersonRequest(name=shop.qian.name)
    plain, own_unit = bearer(chen), in_session(people, chen, everywhere())
    assert refusal(lambda: people.sign_in.EndSessionsOfPerson(request, metadata=plain)) == "PERMISSION_MISSING"
    assert refusal(lambda: people.sign_in.EndSessionsOfPerson(request, metadata=own_unit)) == "PERMISSION_MISSING"
    allowed = in_session(people, chen, everywhere("people.sessions.end"))
    session_of(people, "qian")
    assert people.sign_in.EndSessionsOfPerson(request, metadata=allowed).ended_count == 1


def test_signing_in_again_ends_the_session_that_the_browser_had(shop: Shop) -> None:
    people, old = shop.service, session_of(shop.service, "wang")
    fresh = session_of(people, "wang", metadata=bearer(old))
    assert fresh.name != old.name
    assert soon_refused(people, bearer(old)) == "TOKEN_ENDED"
    assert refusal(lambda: refreshed(people, old.refresh_token)) == "SESSION_ENDED"


def test_another_password_ends_the_other_sessions_and_one_that_is_set_ends_all(shop: Shop) -> None:
    people = shop.service
    mine, other = session_of(people, "wang"), session_of(people, "wang")
    change = sessions.ChangePasswordRequest(old_password=PASSWORD, new_password="quiet-otter-parade-7")  # noqa: S106
    people.sign_in.ChangePassword(change, metadata=bearer(mine))
    assert soon_refused(people, bearer(other)) == "TOKEN_ENDED"
    assert whoami(people, bearer(mine)).session == mine.name
    set_ = sessions.SetPasswordRequest(name=shop.wang.name, new_password=PASSWORD)
    people.sign_in.SetPassword(set_, metadata=people.everything)
    assert soon_refused(people, bearer(mine)) == "TOKEN_ENDED"
    assert refusal(lambda: refreshed(people, mine.refresh_token)) == "SESSION_ENDED"


def test_a_token_names_its_session_its_access_revision_and_how_its_person_signed_in(shop: Shop) -> None:
    session = session_of(shop.service, "wang")
    claims = jwt.decode(session.access_token, options={"verify_signature": False})
    assert (claims["sid"], claims["amr"], type(claims["rev"])) == (session.name.partition("/")[2], ["pwd"], int)


def test_refresh_tokens_are_kept_as_digests_only_and_are_forgotten_with_old_sessions(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    with people.service.database.engine.connect() as connection:
        for table in ("sessions", "refresh_tokens", "request_keys", "outbox", "feed"):
            rows = connection.execute(sa.text(f"select to_jsonb(t)::text from {table} t")).scalars().all()  # noqa: S608
            assert not [row for row in rows if session.refresh_token[-40:] in row]
    people.clock.pass_time(days=61)
    people.service.runner.write_timers()
    while people.service.runner.run_one(["forget_ended_sessions"]):
        pass
    with people.service.database.engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from refresh_tokens")).scalar_one() == 0


def test_refreshing_with_no_grounds_never_throttles_who_signs_in(people: PeopleService) -> None:
    for _ in range(8):
        with pytest.raises(grpc.RpcError) as refused:
            refreshed(people, "bylaw_refresh_" + "0" * 72)
        assert reason(refused.value) == "SESSION_ENDED"
    assert session_of(people, "admin").person


@pytest.mark.postgresql15
@pytest.mark.clause("SEC-1")
def test_whoever_is_signed_out_hears_no_more_of_a_stream_that_was_open(people: PeopleService) -> None:
    session = session_of(people, "admin")
    request = feed.StreamEventsRequest()
    events = people.feed.StreamEvents(request, metadata=bearer(session), timeout=30)
    assert next(events).cursor
    people.sign_in.EndAllSessions(sessions.EndAllSessionsRequest(), metadata=bearer(session))
    assert soon_refused(people, bearer(session)) == "TOKEN_ENDED"
    with pytest.raises(grpc.RpcError) as refused:
        next(events)
    assert reason(refused.value) == "TOKEN_ENDED"
