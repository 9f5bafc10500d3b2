"""Nothing secret is logged, stored, kept with an answer or told twice, and no odd token is a fault (SEC-1)."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.access import access_rule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.people import MASTER_KEY, PASSWORD, PeopleService, reason
from tests.builders.sign_in import access_token, bearer, enrolled, exchanged, refreshed, refusal, session_of, whoami
from tests.integration.people.conftest import Shop

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EXPECTED = {
    "TOKEN_INVALID",
    "TOKEN_EXPIRED",
    "SESSION_ENDED",
    "FIELD_INVALID",
    "SIGN_IN_REQUIRED",
    "OIDC_NOT_CONFIGURED",
}
SERVICES = (sessions.DESCRIPTOR.services_by_name["SignIn"], accounts.DESCRIPTOR.services_by_name["Accounts"])


@contextmanager
def everything_written() -> Iterator[io.StringIO]:
    """What goes to the outputs and to every logger meanwhile."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(written), redirect_stderr(written):
            yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def stored(people: PeopleService) -> str:
    """Every row of every table of the service."""
    with people.service.database.engine.connect() as connection:
        named = "select table_name from information_schema.tables where table_schema = 'people' order by 1"
        tables = connection.execute(sa.text(named)).scalars().all()
        rows = (connection.execute(sa.text(f'select to_jsonb(t)::text from "{name}" t')).scalars() for name in tables)  # noqa: S608
        return "\n".join(row for found in rows for row in found)


@pytest.mark.clause("SEC-1")
def test_no_secret_of_signing_in_is_written_to_a_log_or_lies_in_the_database(shop: Shop) -> None:
    people = shop.service
    with everything_written() as written:
        session = session_of(people, "wang")
        app, codes = enrolled(people, session)
        made = access_token(people, bearer(session), "people.staff.read")
        program = exchanged(people, made.secret)
        fresh = refreshed(people, session.refresh_token)
        people.clock.pass_time(minutes=5)
        refusal(lambda: refreshed(people, session.refresh_token))
        refusal(lambda: session_of(people, "wang", "almost-my-password", one_time_code=codes[0]))
        change = sessions.ChangePasswordRequest(old_password="almost-my-password", new_password=PASSWORD)  # noqa: S106
        refusal(lambda: people.sign_in.ChangePassword(change, metadata=bearer(program)))
    secret = [session.refresh_token, fresh.refresh_token, session.access_token, program.access_token, made.secret]
    secret += [session.device_token, app.secret, *codes, PASSWORD, "almost-my-password", MASTER_KEY]
    kept, said = stored(people), written.getvalue()
    assert "refresh_token_reused" in said
    for each in secret:
        assert each not in said
        assert each not in kept
        assert each[-40:] not in kept


@pytest.mark.parametrize("call", [call for service in SERVICES for call in service.methods], ids=lambda call: call.name)
def test_a_call_whose_answer_holds_a_secret_says_so_and_takes_no_key(call: Any) -> None:
    secrets = {"access_token", "refresh_token", "device_token", "secret", "codes", "flow_token"}
    answers = {field.name for field in call.output_type.fields} & secrets
    brings = {field.name for field in call.input_type.fields} & {"password", "old_password", "new_password", "secret"}
    rule = access_rule(call)
    if (answers or brings) and not call.name.startswith(("List", "Revoke")):
        assert rule.secret
    assert not (rule.secret and "request_id" in call.input_type.fields_by_name)


def called(call: Callable[[], Any]) -> str:
    try:
        call()
    except grpc.RpcError as error:
        return reason(error)
    return "taken"


@FUZZ
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(bytes.hex)))
def test_no_bytes_in_the_place_of_an_opaque_token_are_a_fault(people: PeopleService, odd: str) -> None:
    for token in (odd, f"bylaw_refresh_{odd}", f"bylaw_pat_{odd}", f"bylaw_flow_{odd}"):
        answers = {
            called(lambda token=token: refreshed(people, token)),
            called(lambda token=token: exchanged(people, token)),
            called(
                lambda token=token: people.sign_in.FinishOidcSignIn(
                    sessions.FinishOidcSignInRequest(flow_token=token, code=token, state=token)
                )
            ),
        }
        assert answers <= EXPECTED


@FUZZ
@given(
    st.one_of(
        st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")),
        st.from_regex(r"\A[A-Za-z0-9_-]{0,60}\.[A-Za-z0-9_-]{0,60}\.[A-Za-z0-9_-]{0,60}\Z"),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300).map(lambda text: f"bylaw_pat_{text}"),
    )
)
def test_no_bytes_in_the_place_of_a_bearer_token_are_a_fault(people: PeopleService, odd: str) -> None:
    answer = called(lambda: people.staff.ListPeople(staff.ListPeopleRequest(), metadata=(("authorization", odd),)))
    assert answer in EXPECTED
    bearer_ = (("authorization", f"Bearer {odd}"),)
    assert called(lambda: people.staff.ListPeople(staff.ListPeopleRequest(), metadata=bearer_)) in EXPECTED


@FUZZ
@given(st.data())
def test_no_change_of_a_true_token_makes_another_true_one(people: PeopleService, data: st.DataObject) -> None:
    session = session_of(people, "admin")
    for token, call in (
        (session.access_token, lambda changed: whoami(people, (("authorization", f"Bearer {changed}"),))),
        (session.refresh_token, lambda changed: refreshed(people, changed)),
    ):
        place = data.draw(st.integers(0, len(token) - 1))
        changed = token[:place] + data.draw(st.sampled_from("AZaz09-_.")) + token[place + 1 :]
        last_sextet = token is session.access_token and place == len(token) - 1
        if changed != token and not last_sextet:  # the last letter of 64 bytes in base64 has four bits that say nothing
            assert called(lambda changed=changed, call=call: call(changed)) in EXPECTED


@FUZZ
@given(st.text(max_size=60), st.text(max_size=300), st.text(max_size=30), st.text(max_size=100))
def test_no_text_anybody_types_to_sign_in_is_a_fault(
    people: PeopleService, login: str, password: str, code: str, device: str
) -> None:
    people.clock.pass_time(minutes=2)
    answer = called(lambda: session_of(people, login, password, one_time_code=code, device_token=device, device=device))
    assert answer in {"SIGN_IN_REFUSED", "SIGN_IN_THROTTLED"}
