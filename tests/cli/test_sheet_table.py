"""A month reads as a table: every half day in a row, every finding with its minutes and its clause."""

import io
from typing import Any

import pytest
from bylaw_cli.sheet import show
from bylaw_cli.wording import Language
from rich.cells import cell_len
from rich.console import Console

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MORNING = {"startTime": "2015-01-05 08:30", "endTime": "2015-01-05 12:00"}
AFTERNOON = {"startTime": "2015-01-05 14:00", "endTime": "2015-01-05 18:30"}


def _point(side: str, finding: str, *, punch: str = "", minutes: int = 0, clause: str = "") -> dict[str, Any]:
    return {
        "side": f"CARD_SIDE_{side}",
        "finding": f"FINDING_{finding}",
        "punchTime": punch,
        "minutes": minutes,
        "clause": clause,
    }


def _sheet() -> dict[str, Any]:
    late = _point("IN", "LATE", punch="2015-01-05 08:31:09", minutes=6, clause="ATT-2")
    morning = {**MORNING, "cardPoints": [late, _point("OUT", "ON_TIME", punch="2015-01-05 12:02:00")]}
    absent = [_point("IN", "MISSING_CARD", clause="ATT-4"), _point("OUT", "MISSING_CARD", clause="ATT-4")]
    halves = [
        {**morning, "verdict": "FINDING_LATE", "clause": "ATT-2"},
        {**AFTERNOON, "cardPoints": absent, "verdict": "FINDING_ABSENT", "clause": "ATT-3"},
    ]
    days = [
        {"workDate": "2015-01-04", "kind": "DAY_KIND_MAKE_UP_WORK", "halves": [], "clause": "HRS-3"},
        {"workDate": "2015-01-05", "kind": "DAY_KIND_WORK", "halves": halves, "clause": "HRS-1"},
    ]
    totals = {"lateCount": 1, "lateMinutes": 6, "absentHalves": 1}
    return {"employeeNumber": "1003", "displayName": "陈朗", "month": "2015-01", "days": days, "totals": totals}


def _printed(language: Language, **more: Any) -> str:
    paper = io.StringIO()
    show({**_sheet(), **more}, Console(width=118, file=paper), language)
    return paper.getvalue()


def test_a_late_arrival_shows_the_punch_the_minutes_and_the_clause() -> None:
    line = next(line for line in _printed("en").splitlines() if "08:31" in line)
    assert "01-05 Mo" in line
    assert "08:30-12:00" in line
    assert "08:31 late 6 min" in line
    assert line.rstrip().endswith("ATT-2")


def test_a_month_whose_calendar_is_not_announced_says_so_in_one_line() -> None:
    said = {language: _printed(language, calendarProvisional=True).splitlines()[1] for language in LANGUAGES}
    assert said["en"].startswith("The official calendar of this month is not announced yet")
    assert "尚未公布" in said["zh"]
    assert all("announced" not in _printed(language) and "公布" not in _printed(language) for language in LANGUAGES)


def test_an_absent_half_names_every_clause_behind_it_once() -> None:
    line = next(line for line in _printed("en").splitlines() if "14:00-18:30" in line)
    assert line.count("--:-- missing card") == 2
    assert "absent" in line
    assert line.rstrip().endswith("ATT-4 ATT-3")


def test_a_day_without_halves_still_says_what_it_is() -> None:
    assert any("01-04 Su" in line and "make-up work" in line for line in _printed("en").splitlines())


def test_the_totals_stand_below() -> None:
    assert _printed("zh").strip().endswith("迟到次数 1 · 迟到分钟 6 · 旷工半天数 1")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_line_up_whatever_the_width_of_the_letters(language: Language) -> None:
    rows = [line for line in _printed(language).splitlines() if "│" in line]
    assert len({cell_len(row[: row.index("│")]) for row in rows}) == 1
    assert len(rows) == 3


@pytest.mark.clause("LVE-1", "LVE-3")
def test_leave_stands_in_a_row_of_its_own_and_minutes_below() -> None:
    part = {"title": {"zh": "年假", "en": "Annual leave"}, "part": "LEAVE_PART_DAY", "minutes": 450, "clause": "LVE-1"}
    hours = {**part, "part": "LEAVE_PART_HOURS", "startTime": "14:00", "endTime": "16:00", "clause": "LVE-3"}
    days = [
        {"workDate": "2015-01-06", "kind": "DAY_KIND_WORK", "clause": "HRS-1", "leave": [part]},
        {"workDate": "2015-01-07", "kind": "DAY_KIND_WORK", "clause": "HRS-1", "leave": [hours]},
    ]
    said = _printed("en", days=days, totals={"excusedMinutes": 450, "outsideMinutes": 120})
    assert next(line for line in said.splitlines() if "01-06" in line).split("│")[2].strip() == "whole day"
    assert "Annual leave" in said
    assert "14:00-16:00" in said
    assert "minutes of leave 450 · minutes on trips and outside 120" in said
    assert "全天" in _printed("zh", days=days)
