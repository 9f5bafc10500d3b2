"""`bylaw call` makes any call from the shell: what is not a call is refused before anybody is asked."""

import json
from typing import Any

import httpx
import pytest
from bylaw_cli.main import build
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language
from click.testing import CliRunner
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

LANGUAGES: tuple[Language, ...] = ("zh", "en")
NOWHERE = ["--url", "http://127.0.0.1:9", "--login", "x", "--password", "x"]


def echo() -> Flask:
    gateway = Flask("gateway")

    @gateway.route("/v1/echo", methods=["GET", "PATCH"])
    def answer() -> ResponseReturnValue:
        body: Any = request.get_json(silent=True)
        return jsonify(body=body, key=request.headers.get("Idempotency-Key", ""), wish=request.args.get("wish", ""))

    @gateway.route("/v1/secret", methods=["POST"])
    def secret() -> ResponseReturnValue:
        if "Idempotency-Key" in request.headers:
            return jsonify(detail="This call takes no key.", reason="IDEMPOTENCY_KEY_UNSUPPORTED"), 400
        return jsonify(body=request.get_json())

    @gateway.route("/v1/clear", methods=["POST"])
    def clear() -> ResponseReturnValue:
        return jsonify(detail="Sign in again.", reason="SIGN_IN_AGAIN", clause="CUS-1"), 401

    return gateway


@pytest.fixture
def rest() -> Rest:
    return Rest("http://bylaw.example", "en", transport=httpx.WSGITransport(app=echo()))


def test_a_write_carries_its_body_and_a_key_and_a_read_neither(rest: Rest) -> None:
    written = rest.call("PATCH", "/v1/echo?wish=早", {"title": "仓库"})
    assert (written["body"], written["wish"]) == ({"title": "仓库"}, "早")
    assert len(written["key"]) == 36
    assert rest.call("GET", "/v1/echo") == {"body": None, "key": "", "wish": ""}


def test_a_call_that_answers_a_secret_and_takes_no_key_is_made_without_one(rest: Rest) -> None:
    assert rest.call("POST", "/v1/secret", {"title": "payroll"}) == {"body": {"title": "payroll"}}


def test_what_asks_for_a_recent_sign_in_says_how_the_shell_comes_by_one(rest: Rest) -> None:
    with pytest.raises(Told, match="Sign in again") as refused:
        rest.call("POST", "/v1/clear", {})
    assert refused.value.message.splitlines() == [
        "Sign in again. [CUS-1] (SIGN_IN_AGAIN)",
        "  With --login and its password each command signs in anew; leave BYLAW_TOKEN empty.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["GET", "people"], {"en": "PATH begins with /v1/", "zh": "PATH 应以 /v1/ 开头"}),
        (["POST", "/v1/units", "{'a': 1}"], {"en": "BODY is not JSON", "zh": "BODY 不是 JSON"}),
        (["GET", "/v1/people"], {"en": "does not answer", "zh": "没有响应"}),
    ],
)
def test_what_cannot_be_called_is_said_at_once(
    arguments: list[str], why: dict[Language, str], language: Language
) -> None:
    done = CliRunner().invoke(build(language, ["call"]), ["call", *arguments, *NOWHERE])
    assert done.exit_code == 1
    assert why[language] in done.output


def test_a_body_may_come_from_standard_input() -> None:
    done = CliRunner().invoke(
        build("en"), ["call", "POST", "/v1/units", "-", *NOWHERE], input=json.dumps({"a": 1})[:-1]
    )
    assert "BODY is not JSON" in done.output
