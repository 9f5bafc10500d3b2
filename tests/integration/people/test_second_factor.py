"""The second factor: shown once, asked for at every sign-in, each code good once, and guessing at it waits."""

from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import sign_in_pb2 as sessions

from tests.builders.people import PASSWORD, PeopleService, reason
from tests.builders.sign_in import (
    access_token,
    answer_bytes,
    bearer,
    enrolled,
    everywhere,
    exchanged,
    in_session,
    refreshed,
    refusal,
    session_of,
    soon_refused,
    whoami,
)
from tests.integration.people.conftest import Shop

WRONG = "not it at all"


def disable(people: PeopleService, session: sessions.Session, password: str, code: str) -> None:
    request = sessions.DisableSecondFactorRequest(password=password, one_time_code=code)
    people.sign_in.DisableSecondFactor(request, metadata=bearer(session))


@pytest.mark.postgresql15
def test_once_enrolled_nobody_signs_in_without_a_code(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    assert not whoami(people, bearer(session)).second_factor
    app, _ = enrolled(people, session)
    assert whoami(people, bearer(session)).second_factor
    assert refusal(lambda: session_of(people, "wang")) == "SECOND_FACTOR_NEEDED"
    assert refusal(lambda: session_of(people, "wang", one_time_code="000000")) == "SECOND_FACTOR_REFUSED"
    signed_in = session_of(people, "wang", one_time_code=app.code())
    assert list(signed_in.authentication_methods) == ["pwd", "otp"]
    assert list(refreshed(people, signed_in.refresh_token).authentication_methods) == ["pwd", "otp"]


def test_an_enrolment_that_is_not_confirmed_asks_for_nothing(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    first = people.sign_in.EnrolSecondFactor(sessions.EnrolSecondFactorRequest(), metadata=bearer(session))
    second = people.sign_in.EnrolSecondFactor(sessions.EnrolSecondFactorRequest(), metadata=bearer(session))
    assert first.secret != second.secret
    assert f"secret={second.secret}" in second.otpauth_uri
    assert second.otpauth_uri.startswith("otpauth://totp/Bylaw:wang?")
    wrong = sessions.ConfirmSecondFactorRequest(one_time_code="123456")
    assert refusal(lambda: people.sign_in.ConfirmSecondFactor(wrong, metadata=bearer(session))) == (
        "SECOND_FACTOR_REFUSED"
    )
    assert session_of(people, "wang").person == shop.wang.name


def test_without_the_password_nobody_learns_that_there_is_a_second_factor(shop: Shop) -> None:
    people = shop.service
    app, _ = enrolled(people, session_of(people, "wang"))
    tries = [("wang", ""), ("wang", app.code()), ("zhao", ""), ("nobody", "123456")]
    answers = {
        answer_bytes(lambda login=login, code=code: session_of(people, login, WRONG, one_time_code=code))
        for login, code in tries
    }
    assert len(answers) == 1


@pytest.mark.postgresql15
def test_a_code_signs_in_once_also_of_six_at_once(shop: Shop) -> None:
    people = shop.service
    app, codes = enrolled(people, session_of(people, "wang"))

    def attempt(code: str) -> str:
        try:
            return session_of(people, "wang", one_time_code=code).person
        except grpc.RpcError as error:
            return reason(error)

    for code in (app.code(), codes[0]):
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(attempt, [code] * 5))
        assert answers.count(shop.wang.name) == 1, answers
        assert set(answers) == {shop.wang.name, "SECOND_FACTOR_REFUSED"}
        people.clock.pass_time(minutes=20)


def test_the_code_that_confirmed_signs_nobody_in(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    app, _ = enrolled(people, session)
    assert refusal(lambda: session_of(people, "wang", one_time_code=app.code(-1))) == "SECOND_FACTOR_REFUSED"


def test_guessing_codes_waits_and_the_first_factor_does_not_reset_that(shop: Shop) -> None:
    people = shop.service
    app, _ = enrolled(people, session_of(people, "wang"))
    answers = []
    for number in range(7):
        answers.append(refusal(lambda number=number: session_of(people, "wang", one_time_code=f"00000{number}")))
        first_alone = refusal(lambda: session_of(people, "wang"))
        assert first_alone in {"SECOND_FACTOR_NEEDED", "SIGN_IN_THROTTLED"}
    assert answers[:4] == ["SECOND_FACTOR_REFUSED"] * 4
    assert answers[-2:] == ["SIGN_IN_THROTTLED"] * 2
    people.clock.pass_time(minutes=1)
    assert session_of(people, "wang", one_time_code=app.code()).person == shop.wang.name


def test_from_a_known_device_too_a_code_is_guessed_five_times_before_it_waits(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    app, _ = enrolled(people, session)
    answers = []
    for number in range(6):
        wish = {"one_time_code": f"00000{number}", "device_token": session.device_token}
        answers.append(refusal(lambda wish=wish: session_of(people, "wang", **wish)))
        people.clock.pass_time(seconds=1 if number == 4 else 0)
    assert answers == ["SECOND_FACTOR_REFUSED"] * 6
    assert refusal(lambda: session_of(people, "wang", one_time_code=app.code(), device_token=session.device_token)) == (
        "SIGN_IN_THROTTLED"
    )


def test_each_recovery_code_gets_in_once(shop: Shop) -> None:
    people = shop.service
    _, codes = enrolled(people, session_of(people, "wang"))
    assert len(set(codes)) == 10
    assert session_of(people, "wang", one_time_code=codes[0].upper()).person == shop.wang.name
    assert refusal(lambda: session_of(people, "wang", one_time_code=codes[0])) == "SECOND_FACTOR_REFUSED"
    assert session_of(people, "wang", one_time_code=codes[1]).person == shop.wang.name


def test_one_persons_recovery_code_is_nobody_elses(shop: Shop) -> None:
    people = shop.service
    _, codes = enrolled(people, session_of(people, "wang"))
    enrolled(people, session_of(people, "zhao"))
    assert refusal(lambda: session_of(people, "zhao", one_time_code=codes[0])) == "SECOND_FACTOR_REFUSED"


def test_enrolling_ends_other_sessions_that_had_one_factor(shop: Shop) -> None:
    people = shop.service
    other, session = session_of(people, "wang"), session_of(people, "wang")
    enrolled(people, session)
    assert soon_refused(people, bearer(other)) == "TOKEN_ENDED"
    assert whoami(people, bearer(session)).second_factor


def test_taking_it_off_takes_both_factors_anew(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    assert refusal(lambda: disable(people, session, PASSWORD, "123456")) == "SECOND_FACTOR_NOT_ENROLLED"
    people.clock.pass_time(minutes=20)
    session = session_of(people, "wang")
    app, codes = enrolled(people, session)
    again = sessions.EnrolSecondFactorRequest()
    assert refusal(lambda: people.sign_in.EnrolSecondFactor(again, metadata=bearer(session))) == (
        "SECOND_FACTOR_ENROLLED"
    )
    assert refusal(lambda: disable(people, session, WRONG, app.code())) == "SIGN_IN_REFUSED"
    assert refusal(lambda: disable(people, session, PASSWORD, "")) == "SECOND_FACTOR_REFUSED"
    assert refusal(lambda: disable(people, session, PASSWORD, "000000")) == "SECOND_FACTOR_REFUSED"
    disable(people, session, PASSWORD, codes[3])
    assert session_of(people, "wang").person == shop.wang.name


@pytest.mark.clause("SEC-1")
def test_who_lost_app_and_codes_is_helped_by_who_may_do_as_much(shop: Shop) -> None:
    people, chen = shop.service, session_of(shop.service, "chen")
    session = session_of(people, "wang")
    enrolled(people, session)
    request = sessions.RemoveSecondFactorRequest(name=shop.wang.name)
    too_little = in_session(people, chen, everywhere("people.passwords.set"))
    assert refusal(lambda: people.sign_in.RemoveSecondFactor(request, metadata=too_little)) == "GRANT_BEYOND_OWN"
    people.sign_in.RemoveSecondFactor(request, metadata=people.everything)
    assert session_of(people, "wang").person == shop.wang.name
    assert soon_refused(people, bearer(session)) == "TOKEN_ENDED"
    assert refusal(lambda: people.sign_in.RemoveSecondFactor(request, metadata=people.everything)) == (
        "SECOND_FACTOR_NOT_ENROLLED"
    )


def test_an_access_token_changes_nothing_about_how_its_owner_signs_in(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    program = bearer(exchanged(people, access_token(people, bearer(session), "people.staff.read").secret))
    enrol, everywhere_ = sessions.EnrolSecondFactorRequest(), sessions.EndAllSessionsRequest()
    assert refusal(lambda: people.sign_in.EnrolSecondFactor(enrol, metadata=program)) == "SESSION_NEEDED"
    assert refusal(lambda: people.sign_in.EndAllSessions(everywhere_, metadata=program)) == "SESSION_NEEDED"
    assert refusal(lambda: access_token(people, program, "people.staff.read")) == "SESSION_NEEDED"


def test_neither_the_secret_nor_a_recovery_code_lies_in_the_database(shop: Shop) -> None:
    people = shop.service
    app, codes = enrolled(people, session_of(people, "wang"))
    with people.service.database.engine.connect() as connection:
        tables = ("second_factors", "recovery_codes", "request_keys", "outbox", "feed")
        rows = [
            row
            for table in tables
            for row in connection.execute(sa.text(f"select to_jsonb(t)::text from {table} t")).scalars()  # noqa: S608
        ]
    assert len(rows) > 10
    assert not [row for row in rows if app.secret in row or any(code.replace("-", "") in row for code in codes)]
