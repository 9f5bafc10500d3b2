"""`bylaw month` against a small gateway: what it shows, what it asks, and which digest it says was looked at."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner, Result
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

LI = {
    "sheet": "people/li/sheets/2026-10",
    "employeeNumber": "1020",
    "displayName": "李安",
    "inputsDigest": "of the list",
    "pendingCount": 2,
    "reviewed": False,
    "objection": "objections/7",
    "version": 0,
}
MEI = {**LI, "sheet": "people/mei/sheets/2026-10", "employeeNumber": "1021", "displayName": "梅", "reviewed": True}
MONTH = {
    "unitCode": "SALES",
    "month": "2026-10",
    "state": "UNIT_MONTH_STATE_OPEN",
    "handOverDate": "2026-11-03",
    "objectionDate": "2026-11-05",
    "waitingObjectionCount": 1,
    "awaitedClocks": [
        {"clock": "clocks/7", "siteCode": "HQ", "device": "CKJF1", "reportTime": "2026-10-28T10:00:00Z"},
        {"clock": "clocks/8", "siteCode": "HQ", "device": "dingtalk"},
        {"clock": "", "siteCode": "SH", "device": ""},
    ],
    "sheets": [LI, {**MEI, "pendingCount": 0, "objection": "", "version": 3}],
}


def gateway(asked: list[tuple[str, Any]]) -> Flask:
    app = Flask("gateway")

    @app.post("/v1/sessions")
    def sessions() -> ResponseReturnValue:
        return jsonify(accessToken="token")

    @app.get("/v1/units")
    def units() -> ResponseReturnValue:
        return jsonify(units=[{"name": "units/s"}] if request.args["code"] == "SALES" else [])

    @app.get("/v1/units/s/months/2026-10")
    def month() -> ResponseReturnValue:
        return jsonify(MONTH)

    @app.get("/v1/people/li/sheets/2026-10")
    def sheet() -> ResponseReturnValue:
        return jsonify(employeeNumber="1020", displayName="李安", month="2026-10", inputsDigest="of the sheet")

    @app.post("/v1/units/s/months/2026-10:<step>")
    def take(step: str) -> ResponseReturnValue:
        asked.append((step, request.json))
        if step == "close":
            return jsonify(detail="Hand it over first.", reason="MONTH_NOT_HANDED_OVER", clause="SHT-1"), 400
        return jsonify({})

    return app


@pytest.fixture
def asked() -> list[tuple[str, Any]]:
    """What the gateway was asked to do."""
    return []


@pytest.fixture
def bylaw(asked: list[tuple[str, Any]]) -> Iterator[Callable[..., Result]]:
    server = make_server("127.0.0.1", 0, gateway(asked), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def run(*words: str, language: Language = "en", typed: str = "") -> Result:
        options = ["--url", f"http://127.0.0.1:{server.port}", "--login", "a", "--password", "b"]
        return CliRunner().invoke(build(language, ["month"]), ["month", *words, *options], input=typed)

    yield run
    server.shutdown()
    thread.join()


@pytest.mark.clause("SHT-1")
def test_where_a_month_stands_is_read_in_a_line_for_each_sheet(bylaw: Callable[..., Result]) -> None:
    english = bylaw("SALES", "2026-10").output
    assert "SALES  2026-10  open\nto be handed over by 2026-11-03, objections until 2026-11-05\n" in english
    assert "  1020  李安  not reviewed  2 cards pending  objection\n  1021  梅  version 3\n" in english
    assert "  1020  李安  未审核  2 个卡点待定  有异议" in bylaw("SALES", "2026-10", language="zh").output


@pytest.mark.clause("ATT-4")
def test_the_clocks_that_are_waited_for_stand_below_with_how_one_is_retired(bylaw: Callable[..., Result]) -> None:
    english = bylaw("SALES", "2026-10").output.splitlines()
    assert english[-4].endswith("bylaw clock retire CLOCK YYYY-MM-DD")
    assert english[-3:] == [
        "  HQ  CKJF1  heard until 2026-10-28T10:00:00Z",
        "  HQ  dingtalk  never heard",
        "  SH  no clock known",
    ]


@pytest.mark.clause("SHT-1")
def test_who_says_that_a_sheet_is_right_says_so_of_the_sheet_that_was_shown(
    bylaw: Callable[..., Result], asked: list[tuple[str, Any]]
) -> None:
    assert "1020  李安  2026-10" in bylaw("SALES", "2026-10", "--review", typed="y\n").output
    assert asked == [("review", {"reviews": [{"person": "people/li", "inputsDigest": "of the sheet"}]})]


def test_who_does_not_say_so_has_not_reviewed_it(bylaw: Callable[..., Result], asked: list[tuple[str, Any]]) -> None:
    bylaw("SALES", "2026-10", "--review", typed="n\n")
    assert asked == []


def test_a_month_is_handed_over_and_a_refusal_to_close_it_is_told(
    bylaw: Callable[..., Result], asked: list[tuple[str, Any]]
) -> None:
    assert bylaw("SALES", "2026-10", "--hand-over").exit_code == 0
    assert "Hand it over first. [SHT-1]" in bylaw("SALES", "2026-10", "--close").output
    assert [step for step, _ in asked] == ["handOver", "close"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("SALES", "october"), "MONTH is a month"),
        (("NOPE", "2026-10"), "no unit with code NOPE"),
        (("SALES", "2026-10", "--close", "--review"), "one of --review"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(bylaw: Callable[..., Result], words: Any, said: str) -> None:
    assert said in bylaw(*words).output
