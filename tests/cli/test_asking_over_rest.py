"""The commands ask the gateway over REST and repeat its refusals as one clear message."""

import click
import httpx
import pytest
from bylaw_cli.reaching import rest_of
from bylaw_cli.rest import Rest, place
from click.testing import CliRunner
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue


def _gateway() -> Flask:
    gateway = Flask("gateway")

    @gateway.post("/v1/sessions")
    def sessions() -> ResponseReturnValue:
        if request.json != {"login": "zhou.min", "password": "right"}:
            problem = {"title": "no", "detail": "Login or password is wrong.", "reason": "SIGN_IN_REFUSED"}
            return jsonify(problem), 401
        return jsonify(accessToken="token-1")

    @gateway.get("/v1/people")
    def people() -> ResponseReturnValue:
        assert request.headers["Authorization"] == "Bearer token-1"
        first = request.args.get("pageToken") is None
        return jsonify(people=[{"number": "1001" if first else "1002"}], nextPageToken="second" if first else "")

    @gateway.post("/v1/organisation:import")
    def organisation() -> ResponseReturnValue:
        assert request.headers["Idempotency-Key"]
        fault = {"field": "lines[3].unit", "detail": "There is no unit NOPE."}
        problem = {"detail": "The file was refused.", "reason": "FILE_REFUSED", "clause": "ORG-1", "errors": [fault]}
        return jsonify(problem), 400

    return gateway


@pytest.fixture
def rest() -> Rest:
    return Rest("http://bylaw.example", "en", transport=httpx.WSGITransport(app=_gateway()))


def test_a_wrong_password_is_said_without_a_trace(rest: Rest) -> None:
    with pytest.raises(click.ClickException, match=r"^Login or password is wrong\. \(SIGN_IN_REFUSED\)$"):
        rest.sign_in("zhou.min", "wrong")


def test_a_list_is_read_to_its_last_page(rest: Rest) -> None:
    rest.sign_in("zhou.min", "right")
    assert [person["number"] for person in rest.pages("/v1/people", "people")] == ["1001", "1002"]


def test_an_access_token_stands_in_the_place_of_signing_in(rest: Rest) -> None:
    rest.use_token("token-1\n")
    assert [person["number"] for person in rest.pages("/v1/people", "people")] == ["1001", "1002"]


def test_with_an_access_token_in_the_environment_nobody_is_asked_for_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {"url": "http://bylaw.example", "login": None, "password": None}
    monkeypatch.setenv("BYLAW_TOKEN", "bylaw_pat_1")
    assert rest_of(dict(given), "en")._client.headers["Authorization"] == "Bearer bylaw_pat_1"
    monkeypatch.delenv("BYLAW_TOKEN")
    asked = CliRunner().invoke(click.Command("x", callback=lambda: rest_of(dict(given), "en")), input="wang\n")
    assert asked.output.startswith("Login: wang\nPassword: ")


def test_a_refused_file_is_told_with_clause_line_and_field(rest: Rest) -> None:
    with pytest.raises(click.ClickException) as refused:
        rest.upload("/v1/organisation:import", b"number,name\n", {"kind": "ORGANISATION_FILE_KIND_PEOPLE"})
    lines = refused.value.message.splitlines()
    assert lines == ["The file was refused. [ORG-1] (FILE_REFUSED)", "  line 3 unit: There is no unit NOPE."]


def test_a_field_at_fault_is_named_by_the_option_that_fills_it_and_said_once() -> None:
    gateway = Flask("gateway")

    @gateway.get("/v1/self")
    def refuse() -> ResponseReturnValue:
        fault = {"field": "parentUnit", "detail": "there is none with the code X"}
        problem = {"detail": "parentUnit: there is none with the code X.", "reason": "FIELD_INVALID", "errors": [fault]}
        return jsonify(problem), 400

    rest = Rest("http://bylaw.example", "en", transport=httpx.WSGITransport(app=gateway))
    with pytest.raises(click.ClickException) as refused:
        rest.get("/v1/self")
    assert refused.value.message == "--parent-unit: there is none with the code X. (FIELD_INVALID)"


def test_places_are_named_in_both_languages() -> None:
    assert place("lines[2].start_date", "zh") == "第 2 行 start_date"
    assert place("lines[2]", "en") == "line 2"
    assert place("completeUntilDate", "en") == "--complete-until"
    assert place("name", "zh") == "name"


def test_a_gateway_that_is_not_there_is_named_with_what_to_do() -> None:
    with pytest.raises(click.ClickException, match=r"http://127.0.0.1:9/? does not answer .*bylaw up"):
        Rest("http://127.0.0.1:9", "en").get("/v1/self")


def test_the_same_is_said_in_chinese() -> None:
    with pytest.raises(click.ClickException, match="没有响应"):
        Rest("http://127.0.0.1:9", "zh").get("/v1/self")
