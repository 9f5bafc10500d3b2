"""`bylaw inbox` and `bylaw why` against a small gateway: what they ask, what they say, in both languages."""

import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from bylaw_cli.decision_words import full, line
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner, Result
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID = {"kind": "ANSWER_KIND_DISSENT", "answerTime": "2026-11-26T02:00:00Z"}
LEAVE = {
    "name": "decisions/01a217b0-0000-7000-8000-00002fb3a092",
    "kind": "leave",
    "text": "回乡两天。\n父母同行。",
    "requester": "people/a",
    "unit": "units/s",
    "state": "DECISION_STATE_WAITING",
    "clause": "DEC-2",
    "step": 4,
    "etag": "7",
    "facts": [{"key": "days_left", "value": "5"}],
    "answers": [
        {**SAID, "person": "people/b", "unit": "units/m", "text": "太忙"},
        {**SAID, "person": "people/c", "unit": "", "text": "也忙"},
    ],
    "createTime": "2026-11-26T01:49:17Z",
    "quantity": {"value": "2", "unit": "day"},
}
BUDGET = {
    **LEAVE,
    "name": "decisions/01a217b0-0000-7000-8000-000024cfe092",
    "kind": "shop-event",
    "quantity": None,
    "money": {"minorUnits": "3000000", "currency": "CNY"},
    "text": "直播",
}
STANDING = {
    "source": "grants/7",
    "role": "roles/finance",
    "scope": "SCOPE_SUBTREE",
    "unit": "units/s",
    "startDate": "2026-01-01",
    "endDate": "",
    "grantedBy": "people/a",
    "position": "",
    "reason": "year end",
    "reaches": True,
}
BEYOND = {**STANDING, "source": "roles/unit-head", "role": "roles/unit-head", "unit": "units/m", "reaches": False}
SENTENCE = {
    "zh": "允许：由 grants/7 给予，范围包含 units/m。",
    "en": "Allowed: grants/7 gives it, and reaches units/m.",
}


def add_directory(app: Flask) -> None:
    @app.get("/v1/people/<name>")
    def person(name: str) -> ResponseReturnValue:
        if name in "bc":
            return jsonify(detail="There is no such person here.", reason="PERSON_NOT_FOUND"), 404
        return jsonify(displayName="赵一帆")

    @app.get("/v1/people")
    def people() -> ResponseReturnValue:
        number = request.args["number"]
        return jsonify(people=[{"name": f"people/{number}"}] if number != "NOPE" else [])

    @app.get("/v1/units")
    def units() -> ResponseReturnValue:
        return jsonify(units=[{"name": "units/s"}] if request.args["code"] == "SERVICE" else [])

    @app.get("/v1/roles")
    def roles() -> ResponseReturnValue:
        return jsonify(roles=[{"name": "roles/finance", "title": {"zh": "财务", "en": "Finance"}}])

    @app.get("/v1/units/m")
    def unit() -> ResponseReturnValue:
        return jsonify(title={"zh": "市场组", "en": "Marketing"})


def gateway(asked: list[tuple[str, Any]]) -> Flask:
    app = Flask("gateway")

    @app.post("/v1/sessions")
    def sessions() -> ResponseReturnValue:
        return jsonify(accessToken="token")

    @app.get("/v1/decisions")
    def decisions() -> ResponseReturnValue:
        assert request.args["view"] == "DECISION_VIEW_WAITING_FOR_ME"
        return jsonify(decisions=[BUDGET, LEAVE], nextPageToken="")

    @app.get("/v1/decisions/<name>")
    def decision(name: str) -> ResponseReturnValue:
        return jsonify(next(each for each in (LEAVE, BUDGET) if each["name"] == f"decisions/{name}"))

    @app.post("/v1/decisions/<name>:answer")
    def answer(name: str) -> ResponseReturnValue:
        asked.append((name, request.json))
        return jsonify({})

    @app.get("/v1/accessAnswer")
    def why() -> ResponseReturnValue:
        asked.append(("why", request.args.to_dict()))
        return jsonify(sentence=SENTENCE, clause="SEC-1", target="units/m", standings=[STANDING, BEYOND])

    add_directory(app)
    return app


@pytest.fixture(autouse=True)
def _shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The wall clock of whoever reads, on any machine."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def asked() -> list[tuple[str, Any]]:
    """What the gateway was asked for that matters."""
    return []


@pytest.fixture
def bylaw(asked: list[tuple[str, Any]]) -> Iterator[Callable[..., Result]]:
    server = make_server("127.0.0.1", 0, gateway(asked), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def run(*arguments: str, language: Language = "en") -> Result:
        reach = ["--url", f"http://127.0.0.1:{server.server_port}", "--login", "x", "--password", "x"]
        return CliRunner().invoke(build(language, arguments[:1]), [*arguments, *reach])

    yield run
    server.shutdown()
    thread.join()


@pytest.mark.clause("LVE-2")
def test_requests_that_look_alike_are_told_apart_by_their_kind_and_day_in_the_readers_language() -> None:
    told = {
        "title": "年假 / Annual leave",
        "start_date": "2026-12-07",
        "end_date": "2026-12-08",
        "parts": "day, first-half",
    }
    leave = {**LEAVE, "facts": [{"key": key, "value": value} for key, value in told.items()]}
    told = {"work_date": "2026-12-01", "hours": "18:00-20:30", "compensation": "time_off"}
    overtime = {**leave, "kind": "overtime", "facts": [{"key": key, "value": value} for key, value in told.items()]}

    assert "  请假  2 天  年假 2026-12-07 – 2026-12-08  回乡两天。" in line(leave, {"people/a": "A"}, "zh")
    assert "  2026-12-01 18:00-20:30  " in line(overtime, {"people/a": "A"}, "en")
    names = dict.fromkeys(("people/a", "people/b", "people/c"), "A")
    assert "  时段：全天、上半天" in full(leave, names, "zh")
    assert "  wanted for it: time off" in full(overtime, names, "en")


def test_the_inbox_lists_what_waits_oldest_first(bylaw: Callable[..., Result]) -> None:
    assert bylaw("inbox").output.splitlines() == [
        "2fb3a092  2026-11-26  赵一帆  leave  2 day  回乡两天。",
        "24cfe092  2026-11-26  赵一帆  shop-event  CNY 30,000.00  直播",
    ]
    assert "请假" in bylaw("inbox", language="zh").output


def test_times_are_those_of_the_readers_wall_and_amounts_are_in_their_language() -> None:
    late = {**LEAVE, "createTime": "2026-11-26T16:27:00Z"}
    names = {"people/a": "赵一帆", "people/b": "市场组", "people/c": "物流组"}
    assert line(late, names, "zh").startswith("2fb3a092  2026-11-27  赵一帆  请假  2 天  ")
    shown = list(full(late, names, "en"))
    assert "asked by 赵一帆, 2026-11-27 00:27" in shown
    assert "2026-11-26 10:00  市场组 dissents: 太忙" in shown


def test_an_id_of_nothing_that_waits_and_a_place_that_is_neither_unit_nor_person_are_named_as_that(
    bylaw: Callable[..., Result],
) -> None:
    assert "No decision that waits for you ends in zzz." in bylaw("inbox", "zzz").output
    assert "没有等待您决定的事项以 zzz 结尾" in bylaw("inbox", "zzz", language="zh").output
    assert "2 of the decisions that wait for you end in 092" in bylaw("inbox", "092").output
    nowhere = bylaw("why", "me", "people.staff.read", "--at", "NOPE")
    assert "There is no unit with the code NOPE, and nobody within your reach has that number." in nowhere.output


@pytest.mark.parametrize(
    ("minor_units", "currency", "shown"),
    [("3000000", "CNY", "CNY 30,000.00"), ("-5", "EUR", "EUR -0.05"), ("1200", "JPY", "JPY 1,200")],
)
def test_money_is_shown_in_the_currency_s_own_unit(minor_units: str, currency: str, shown: str) -> None:
    decision = {**BUDGET, "money": {"minorUnits": minor_units, "currency": currency}}
    assert f"  {shown}  " in line(decision, {"people/a": "A"}, "en")


@pytest.mark.clause("DEC-3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_decision_is_shown_in_full_with_dissent(bylaw: Callable[..., Result], language: Language) -> None:
    said = bylaw("inbox", "2fb3a092", language=language).output
    words = {
        "en": ("waits", "asked by 赵一帆", "Marketing dissents: 太忙", "people/c dissents: 也忙", "days_left: 5"),
        "zh": ("待决定", "申请人 赵一帆", "市场组 保留不同意见：太忙", "days_left：5"),
    }
    assert all(word in said for word in (*words[language], "[DEC-2]", "  父母同行。"))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (["--agree"], {"answer": "ANSWER_KIND_AGREE", "text": ""}),
        (["--refuse", "太忙"], {"answer": "ANSWER_KIND_REFUSE", "text": "太忙"}),
        (["--send-back", "哪两天？"], {"answer": "ANSWER_KIND_SEND_BACK", "text": "哪两天？"}),
    ],
)
def test_an_answer_goes_to_the_step_that_was_seen(
    bylaw: Callable[..., Result], asked: list[tuple[str, Any]], typed: list[str], sent: dict[str, str]
) -> None:
    done = bylaw("inbox", "2fb3a092", *typed)
    assert done.exit_code == 0, done.output
    assert asked == [("01a217b0-0000-7000-8000-00002fb3a092", {**sent, "step": 4, "etag": "7"})]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["--agree"], {"en": "Give an ID", "zh": "请给出 ID"}),
        (["2fb3a092", "--agree", "--refuse", "no"], {"en": "Give an ID", "zh": "请给出 ID"}),
        (["zz", "--agree"], {"en": "No decision that waits", "zh": "没有等待您决定的事项"}),
        (["092", "--agree"], {"en": "2 of the decisions", "zh": "有 2 项"}),
        (["", "--agree"], {"en": "Give an ID", "zh": "请给出 ID"}),
    ],
)
def test_what_is_not_clear_is_answered_to_nobody(
    bylaw: Callable[..., Result],
    asked: list[tuple[str, Any]],
    typed: list[str],
    why: dict[Language, str],
    language: Language,
) -> None:
    done = bylaw("inbox", *typed, language=language)
    assert (done.exit_code, asked) == (1, [])
    assert why[language] in done.output


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_why_says_the_sentence_the_clause_and_what_gives_it(bylaw: Callable[..., Result], language: Language) -> None:
    said = bylaw("why", "1020", "people.staff.read", "--at", "SERVICE", language=language).output
    place = {"en": "Marketing", "zh": "市场组"}[language]
    assert f"{SENTENCE[language].replace('units/m', place)} [SEC-1]" in said
    far = {"en": "a unit and all below it units/s", "zh": "部门及下级 units/s"}
    assert far[language] in said
    assert "year end" in said


@pytest.mark.clause("SEC-3")
def test_why_calls_things_by_their_names_and_marks_what_does_not_reach(bylaw: Callable[..., Result]) -> None:
    reaching, beyond = bylaw("why", "1020", "people.staff.read", "--at", "SERVICE").output.splitlines()[1:]
    assert reaching.startswith("  ✓ grants/7, Finance, a unit and all below it units/s, 2026-01-01–…, by 赵一帆")
    assert beyond.startswith("  ✗ roles/unit-head, a unit and all below it Marketing, ")
    assert beyond.endswith(", does not reach there")
    chinese = bylaw("why", "1020", "people.staff.read", "--at", "SERVICE", language="zh").output
    assert "财务，部门及下级" in chinese
    assert "，范围不含该对象" in chinese


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        (["me", "people.staff.read"], {"permission": "people.staff.read"}),
        (["1020", "people.staff.read"], {"person": "people/1020", "permission": "people.staff.read"}),
        (
            ["me", "bylaw.people.v1.Staff.GetPerson", "--at", "1008"],
            {"method": "bylaw.people.v1.Staff.GetPerson", "target": "people/1008"},
        ),
        (["me", "people.staff.read", "--at", "SERVICE"], {"permission": "people.staff.read", "target": "units/s"}),
    ],
)
def test_why_asks_about_a_person_a_call_and_a_place_by_their_short_names(
    bylaw: Callable[..., Result], asked: list[tuple[str, Any]], typed: list[str], question: dict[str, str]
) -> None:
    assert bylaw("why", *typed).exit_code == 0
    assert asked == [("why", question)]
