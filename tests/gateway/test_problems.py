"""How a refusal of a service arrives: status, reason, clause, words in the caller's language, and no internals."""

import re
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw_chassis.local_channel import LocalError
from bylaw_chassis.refusals import Code, FieldInvalid, Refusal
from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.contract import bindings_of
from bylaw_gateway.field_names import as_written
from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.refusals import EXPECTED, FIELD_WORDINGS, WORDINGS
from bylaw_gateway.rpc_problems import from_rpc
from bylaw_gateway.status_codes import MEANINGS, TITLES_BY_STATUS
from flask import Flask
from flask.testing import FlaskClient

from tests.gateway.contract.compiled import module

STATUS_BY_CODE = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "OUT_OF_RANGE": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "ABORTED": 409,
    "RESOURCE_EXHAUSTED": 429,
    "CANCELLED": 499,
    "UNKNOWN": 500,
    "INTERNAL": 500,
    "DATA_LOSS": 500,
    "UNIMPLEMENTED": 501,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}


def refused(client: FlaskClient, language: str = "en", **wish: Any) -> Any:
    return client.post("/v1/refusals", json=wish, headers={"Accept-Language": language})


@pytest.mark.parametrize(("code", "status"), STATUS_BY_CODE.items())
def test_each_code_has_its_http_status(client: FlaskClient, code: str, status: int) -> None:
    answer = refused(client, code=code, reason="SOME_REASON")
    assert (answer.status_code, answer.json["status"], answer.json["reason"]) == (status, status, "SOME_REASON")
    assert answer.content_type == "application/problem+json"


def test_a_refusal_carries_reason_clause_words_and_variables(client: FlaskClient) -> None:
    problem = refused(client, code="FAILED_PRECONDITION", reason="LATE", clause="ATT-2").json
    assert problem == {
        "type": "urn:bylaw:refusal:LATE",
        "title": "Not possible now",
        "status": 400,
        "detail": "16 minutes late.",
        "reason": "LATE",
        "clause": "ATT-2",
        "traceId": problem["traceId"],
        "errors": [],
        "variables": {"minutes": "16"},
    }


def test_a_refusal_speaks_the_language_of_the_caller(client: FlaskClient) -> None:
    wish = {"code": "INVALID_ARGUMENT", "reason": "LATE", "fields": ["punches[3].localTime"]}
    chinese, english = refused(client, "zh-Hans-CN", **wish).json, refused(client, "en-GB", **wish).json
    assert (chinese["detail"], english["detail"]) == ("迟到 16 分钟。", "16 minutes late.")
    field = {"field": "punches[3].localTime", "reason": "DATE_IMPOSSIBLE"}
    assert chinese["errors"] == [{**field, "detail": "不对"}]
    assert english["errors"] == [{**field, "detail": "wrong"}]


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("retry_ms", "retryMs"),
        ("fields[3]", "fields[3]"),
        ("line 3: employee_number", "line 3: employee_number"),
        ("no_such_field", "no_such_field"),
        ("code.deeper", "code.deeper"),
    ],
)
def test_a_field_that_a_service_names_is_spelled_as_the_caller_wrote_it(
    client: FlaskClient, named: str, written: str
) -> None:
    assert refused(client, code="INVALID_ARGUMENT", reason="X", fields=[named]).json["errors"][0]["field"] == written


def test_a_field_of_the_thing_in_the_body_is_named_without_the_body() -> None:
    module("desk_pb2")
    forms = {form.method.name: form for form in bindings_of(["gatewaytest.v1.Desk"])}
    assert as_written("person.cards[3].issue_time", forms["CreatePerson"]) == "cards[3].issueTime"
    assert as_written("validate_only", forms["CreatePerson"]) == "validateOnly"
    assert as_written("cards[3].issue_time", forms["CreatePerson"]) == "cards[3].issueTime"
    assert as_written("filter.card_number", forms["ListPeople"]) == "filter.cardNumber"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh;q=0.3, en;q=0.2", "zh"),
        ("fr, zh;q=0.1", "zh"),
        ("zh;q=0", "en"),
        ("", "en"),
        ("*", "en"),
        ("zh;q=abc", "en"),
        ("en, zh", "en"),
        ("ZH-tw", "zh"),
    ],
)
def test_the_language_is_the_one_the_caller_likes_better(client: FlaskClient, accepted: str, language: str) -> None:
    title = client.get("/v1/nothing", headers={"Accept-Language": accepted}).json["title"]
    assert title == {"zh": "没有找到", "en": "Not found"}[language]


def test_the_sentence_and_the_variables_spell_a_field_as_the_errors_do() -> None:
    refusal = FieldInvalid(field="person.display_name", zh="不能为空", en="must not be empty")
    names = {"person.display_name": "displayName"}
    for language, said in {"zh": refusal.message_zh, "en": refusal.message_en}.items():
        error = LocalError(refusal, "desk")
        problem = from_rpc(error, language=language, trace_id="1", spell=lambda field: names.get(field, field))
        assert problem.detail == said.replace("person.display_name", "displayName")
        assert problem.variables["field"] == problem.errors[0]["field"] == "displayName"


def test_a_field_at_the_end_of_a_sentence_is_spelled_too_and_one_within_it_is_another() -> None:
    en = "must be set like person.card and not like person.card.number, nor without person.card"
    refusal = FieldInvalid(field="person.card", zh="不对", en=en)
    names = {"person.card": "card"}
    problem = from_rpc(LocalError(refusal, "desk"), language="en", trace_id="1", spell=lambda one: names.get(one, one))
    assert problem.detail == "card: must be set like card and not like person.card.number, nor without card."


def test_a_field_that_a_caller_named_with_a_backslash_is_repeated_as_it_is() -> None:
    refusal = FieldInvalid(field=r"plan.parameters.\1", zh="没有", en="is none")
    spelled = from_rpc(LocalError(refusal, "desk"), language="en", trace_id="1", spell=lambda one: one[5:])
    assert (spelled.detail, spelled.errors[0]["field"]) == (r"parameters.\1: is none.", r"parameters.\1")


@pytest.mark.parametrize(("reason", "status"), [("UNIT_CHANGED", 412), ("FILE_TOO_LARGE", 413)])
def test_a_reason_that_http_has_a_closer_word_for_gets_its_status(
    client: FlaskClient, reason: str, status: int
) -> None:
    assert refused(client, code="INVALID_ARGUMENT", reason=reason).status_code == status


def test_a_used_key_is_unprocessable_and_a_changed_version_a_failed_precondition(client: FlaskClient) -> None:
    assert refused(client, code="FAILED_PRECONDITION", reason="KEY_REUSED").status_code == 422
    assert refused(client, code="ABORTED", reason="ETAG_MISMATCH").status_code == 412


def test_who_is_not_signed_in_is_told_how(client: FlaskClient) -> None:
    assert refused(client, code="UNAUTHENTICATED", reason="SIGN_IN_REQUIRED").headers["WWW-Authenticate"] == "Bearer"


class SignInAgain(Refusal):
    """A sign-in that is too old for a call."""

    code = Code.UNAUTHENTICATED
    reason = "SIGN_IN_AGAIN"
    en = "Sign in again."


@pytest.mark.parametrize(
    ("said", "challenge"),
    [
        ({"minutes": 30}, 'Bearer error="insufficient_user_authentication", max_age="1800"'),
        ({"minutes": 'x", realm="'}, "Bearer"),
        ({}, "Bearer"),
    ],
)
def test_whose_sign_in_is_too_old_is_told_how_old_it_may_be(said: dict[str, Any], challenge: str) -> None:
    problem = from_rpc(LocalError(SignInAgain(**said), "desk"), language="en", trace_id="1", spell=str)
    assert (problem.status, problem.headers["WWW-Authenticate"]) == (401, challenge)


def test_who_should_try_again_is_told_when(client: FlaskClient) -> None:
    assert refused(client, code="UNAVAILABLE", reason="X").headers["Retry-After"] == "1"
    assert refused(client, code="RESOURCE_EXHAUSTED", reason="X", retryMs=2500).headers["Retry-After"] == "3"


@pytest.mark.parametrize("code", STATUS_BY_CODE)
def test_a_refusal_without_details_gets_generic_words_and_no_internals(client: FlaskClient, code: str) -> None:
    answer = refused(client, code=code, bare=True)
    assert answer.json["reason"] == code
    assert not re.search(r"psycopg|secret|\.py|Traceback", answer.text)


def test_a_crash_of_a_service_tells_nothing_but_the_trace(client: FlaskClient) -> None:
    answer = client.get("/v1/people/crash")
    assert answer.status_code == 500
    assert not re.search(r"password|RuntimeError|select", answer.text)
    assert answer.json["traceId"] == answer.headers["X-Trace-Id"]


def test_a_service_that_is_not_there_is_unavailable_and_not_a_fault() -> None:
    module("desk_pb2")
    with grpc.insecure_channel("127.0.0.1:1") as channel:
        app = create_app({"gatewaytest.v1.Desk": channel}, GatewaySettings())
        answer = app.test_client().get("/v1/people/7")
    assert (answer.status_code, answer.json["reason"]) == (503, "UNAVAILABLE")
    assert "127.0.0.1" not in answer.text


def test_a_fault_of_the_gateway_itself_is_recorded_and_tells_nothing(
    build: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ValueError("王芳 13800000000")

    app = build()
    app.add_url_rule("/broken", "broken", broken)
    answer = app.test_client().get("/broken")
    assert (answer.status_code, answer.json["reason"]) == (500, "INTERNAL")
    assert "13800000000" not in answer.text + caplog.text
    assert answer.json["traceId"] in caplog.text
    assert "ValueError" in caplog.text


def test_every_status_that_can_happen_has_a_title_in_both_languages() -> None:
    possible = {meaning.status for meaning in MEANINGS.values()} | {wording.status for wording in WORDINGS.values()}
    assert possible <= TITLES_BY_STATUS.keys()
    assert set(MEANINGS) == set(grpc.StatusCode) - {grpc.StatusCode.OK}


def test_every_wording_has_the_same_variables_in_both_languages() -> None:
    def variables(text: str) -> set[str]:
        return {name.removesuffix("_zh").removesuffix("_en") for name in re.findall(r"\{(\w+)\}", text)}

    pairs = [(wording.zh, wording.en) for wording in WORDINGS.values()] + list(FIELD_WORDINGS.values())
    assert all(variables(zh) == variables(en) for zh, en in pairs)
    assert all(FieldRefused.wrong_type(expected).variables for expected in EXPECTED)
