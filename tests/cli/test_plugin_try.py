"""`bylaw plugin try` on facts of a real service: the same pattern changes nothing, another what it must."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from bylaw.attendance.v1 import facts_pb2, facts_pb2_grpc, punches_pb2, rota_pb2
from bylaw_cli.plugin.comparing import wall
from bylaw_cli.plugin.comparison_table import show
from bylaw_cli.plugin.trial import Trial, Wish, trial
from bylaw_cli.plugin.writing import write
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language
from bylaw_kit.months import month_days
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console

from tests.builders.attendance import FIXED_WEEK, AttendanceService, attendance_service
from tests.builders.hours import hours_notice, published
from tests.databases import Databases

MONTH = "2026-02"
CLAUSES = ("HRS-1", "HRS-2", "HRS-3", "HRS-4", "HRS-5", "HRS-6", "ATT-1", "ATT-2", "ATT-3", "ATT-4")


def gateway(attendance: AttendanceService, unit: str) -> Flask:
    """What the command asks, answered by the service."""
    app, facts = Flask("gateway"), facts_pb2_grpc.FactsStub(attendance.channel)

    @app.get("/v1/units")
    def units() -> ResponseReturnValue:
        return jsonify(units=[{"name": unit}] if request.args["code"] == "SHOP" else [])

    @app.get("/v1/clauses")
    def clauses() -> ResponseReturnValue:
        return jsonify(clauses=[{"name": f"clauses/{clause}"} for clause in CLAUSES], nextPageToken="")

    @app.get("/v1/units/<identifier>/monthFacts")
    def month_facts(identifier: str) -> ResponseReturnValue:
        asked = facts_pb2.ListMonthFactsRequest(
            parent=f"units/{identifier}",
            month=request.args["month"],
            page_size=2,
            page_token=request.args.get("pageToken", ""),
        )
        answer = facts.ListMonthFacts(asked, metadata=attendance.everything)
        return jsonify(json_format.MessageToDict(answer, always_print_fields_with_no_presence=True))

    return app


@pytest.fixture
def shop(postgres: Databases) -> Iterator[tuple[AttendanceService, Rest]]:
    """Three people under the fixed week in February 2026, just over; their clock has reported everything."""
    with attendance_service(postgres, fill=shop_in) as attendance:
        transport = httpx.WSGITransport(app=gateway(attendance, attendance.filled))
        yield attendance, Rest("http://gateway", "en", transport=transport)


def shop_in(attendance: AttendanceService) -> str:
    people = attendance.people
    unit, site = people.unit("SHOP").name, people.site().name
    anna, ben, cleo = (people.person(number, unit, site).name for number in ("A-1", "B-1", "C-1"))
    attendance.assign(unit, since="2026-01-01")
    for person, times in ((anna, ("08:25", "12:00", "13:58", "17:31")), (ben, ("08:40", "17:20"))):
        for day in ("02", "03", "04"):
            for time in times:
                attendance.punch(person, f"2026-02-{day} {time}:00")
    attendance.punch(cleo, "2026-02-02 09:05:00")
    march = Timestamp()
    march.FromJsonString("2026-03-02T00:00:00Z")
    report = punches_pb2.ReportClockRequest(site="HQ", device="app", report_time=march)
    attendance.punches.ReportClock(report, metadata=attendance.everything)
    return unit


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def tried(rest: Rest, target: str, **more: Any) -> Trial:
    wish = {"month": MONTH, "unit": "SHOP", "pattern": None, "parameters": None, **more}
    return trial(Wish(target, **wish), rest, "en")


def printed(trial: Trial, language: Language) -> str:
    console = Console(width=118, file=StringIO())
    show(trial.comparison, console, language)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_trying_the_pattern_that_holds_changes_nothing(shop: tuple[AttendanceService, Rest]) -> None:
    found = tried(shop[1], "bylaw-fixed-week").as_json()
    assert (found["pattern"], found["people"], found["compared"]) == ("fixed-week@1", 3, 3)
    assert found["changes"] == []
    assert found["totals"]["today"] == found["totals"]["wouldBe"]
    assert found["totals"]["today"]["plannedDays"] == 3 * (
        24 - 7
    )  # the Mondays to Saturdays, without the Spring Festival
    assert found["totals"]["today"]["workedMinutes"] > 0


def test_it_is_tried_on_the_hours_that_a_notice_set(shop: tuple[AttendanceService, Rest]) -> None:
    attendance, rest = shop
    before = tried(rest, "bylaw-fixed-week").as_json()["totals"]["wouldBe"]
    published(attendance, hours_notice("", "2026-02-03", "", "09:00-12:00"))
    published(attendance, hours_notice("", "2026-02-04"))

    found = tried(rest, "bylaw-fixed-week").as_json()

    assert found["changes"] == []
    assert found["totals"]["today"] == found["totals"]["wouldBe"]
    assert found["totals"]["wouldBe"]["plannedDays"] == before["plannedDays"] - 3


def test_a_plugin_in_a_folder_says_by_person_and_day_what_it_would_change(
    shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    _, rest = shop
    (tmp_path / "day.json").write_text('{"starts": "08:30", "ends": "17:30", "late_minutes": 15}', encoding="utf-8")
    folder = write("acme-patterns", tmp_path)

    found = tried(rest, str(folder), parameters=tmp_path / "day.json").as_json()

    assert (found["pattern"], found["distribution"]) == ("acme-patterns-day-shift@1", "acme-patterns 1.0.0")
    first = {change["number"]: change for change in found["changes"] if change["workDate"] == "2026-02-02"}
    assert [half["planned"] for half in first[2]["today"]] == ["08:30-12:00", "14:00-18:00"]
    (would_be,) = first[2]["wouldBe"]
    assert (would_be["planned"], would_be["verdict"], would_be["clause"]) == (
        "08:30-17:30",
        "FINDING_LEAVE_REQUIRED",
        "ATT-3",
    )
    assert [(card["finding"], card["minutes"]) for card in would_be["cards"]] == [
        ("FINDING_LATE", 10),
        ("FINDING_LEAVE_REQUIRED", 10),
    ]
    assert found["totals"]["wouldBe"]["plannedHalves"] == 3 * (20 - 6 + 2)  # weekdays, the festival, make-up days
    assert found["faults"] == {}


def test_days_whose_pattern_the_rota_names_stay_as_they_are(
    shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    attendance, rest = shop
    people = attendance.people
    unit = people.unit("till", rest.get("/v1/units", {"code": "SHOP"})["units"][0]["name"]).name
    dora = people.person("D-1", unit, people.site("SH2").name).name
    attendance.follow_people()
    attendance.publish(unit, rota_pb2.RotaCell(person=dora, work_date="2026-02-10", shift_pattern=FIXED_WEEK))
    found = tried(rest, str(write("acme-patterns", tmp_path))).as_json()
    days = {change["workDate"] for change in found["changes"] if change["number"] == 4}
    assert "2026-02-09" in days
    assert "2026-02-10" not in days
    assert "workedMinutes" not in found["totals"]["today"]


def test_where_a_pattern_fails_the_rule_is_counted_and_the_others_are_compared(
    shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    folder = write("acme-patterns", tmp_path)
    pattern = folder / "acme_patterns" / "day_shift.py"
    text = pattern.read_text(encoding="utf-8").replace("DayFacts, ", "DayFacts, MonthAnswer, MonthFacts, MonthPlan, ")
    raising = (
        "\n    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Day) -> MonthAnswer:\n"
        "        if facts.person == 2:\n            raise ValueError(facts.punches)\n"
        "        return super().judge_month(facts, plan, parameters)\n"
    )
    pattern.write_text(text + raising, encoding="utf-8")

    trial = tried(shop[1], str(folder))
    found = trial.as_json()

    assert found["faults"] == {"POLICY_FAILED": 1}
    line = 1 + pattern.read_text(encoding="utf-8").splitlines().index("            raise ValueError(facts.punches)")
    assert (
        "Person 2, the whole month: POLICY_FAILED it raised an error or ended its process"
        f" (ValueError at day_shift.py:{line})" in printed(trial, "en")
    )
    assert f"人员 2，整月：POLICY_FAILED 抛出错误，或结束了自己的进程（ValueError at day_shift.py:{line}）" in printed(
        trial, "zh"
    )
    (failed,) = found["failed"]
    assert (failed["number"], failed["reason"]) == (2, "POLICY_FAILED")
    assert failed["detail"].startswith("ValueError at day_shift.py:")
    assert (found["people"], found["compared"]) == (3, 2)


def test_where_a_plan_breaks_a_rule_its_number_and_the_day_are_printed(
    shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    folder = write("acme-patterns", tmp_path)
    change(folder / "acme_patterns" / "day_shift.py", "(shift,) if works", "(shift, shift) if works")
    said = printed(tried(shop[1], str(folder)), "en")
    assert "The pattern fails on 3: C3" in said
    for number in (1, 2, 3):
        assert f"Person {number}, 2026-02-02: C3 segments are ordered, do not overlap" in said


def test_an_error_in_a_library_is_told_with_the_plugins_own_line(
    shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    folder = write("acme-patterns", tmp_path)
    pattern = folder / "acme_patterns" / "day_shift.py"
    change(pattern, "        for day in days:\n", '        date.fromisoformat("never")\n        for day in days:\n')
    change(pattern, "from bylaw_hooks", "from datetime import date\n\nfrom bylaw_hooks")
    line = 1 + pattern.read_text(encoding="utf-8").splitlines().index('        date.fromisoformat("never")')
    assert f"(ValueError at day_shift.py:{line})" in printed(tried(shop[1], str(folder)), "en")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [('{"starts": "9"}', "parameters.starts"), ('{"bonus": 1}', "parameters.bonus"), ("{", "day.json")],
)
def test_parameters_that_do_not_fit_are_refused_by_their_names(
    parameters: str, said: str, shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    (tmp_path / "day.json").write_text(parameters, encoding="utf-8")
    with pytest.raises(Told) as refused:
        tried(shop[1], str(write("acme-patterns", tmp_path)), parameters=tmp_path / "day.json")
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"unit": "NOPE"}, "no unit with the code NOPE"), ({"pattern": "acme-nights@1"}, "acme-patterns-day-shift@1")],
)
def test_a_unit_or_pattern_there_is_not_is_refused(
    wrong: dict[str, str], said: str, shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    with pytest.raises(Told) as refused:
        tried(shop[1], str(write("acme-patterns", tmp_path)), **wrong)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("3 of 3 people", "Would be", "rest", "planned half days")), ("zh", ("比较 3 人", "试行", "休息"))],
)
def test_it_is_printed_in_both_languages(
    language: Language, words: tuple[str, ...], shop: tuple[AttendanceService, Rest], tmp_path: Path
) -> None:
    said = printed(tried(shop[1], str(write("acme-patterns", tmp_path))), language)
    assert [word for word in words if word not in said] == []


def test_a_wall_time_is_what_the_clock_shows_across_its_changes() -> None:
    days = {
        day.work_date.isoformat(): day for month in (3, 10) for day in month_days((2026, month), "Europe/Berlin", {})
    }
    for date in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"):
        day = days[date]
        for time in ("01:30", "03:30", "12:00"):
            assert wall(day, day.at(time)) == time
        assert wall(day, day.at("06:00", days_later=1)) == "30:00"
