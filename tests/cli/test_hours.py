"""`bylaw hours`: the hours of a unit's month in a table, in the language that is set."""

import io
from typing import Any

import pytest
from bylaw_cli.command_hours import table, unasked
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner
from rich.console import Console

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CHEN = {
    "employeeNumber": "1004",
    "displayName": "陈朗",
    "plannedMinutes": 11_700,
    "workedMinutes": 11_640,
    "overtime": {"workingDayMinutes": 150, "statutoryHolidayMinutes": 90},
    "averageWeeklyTenths": 455,
    "weeklyCapTenths": 440,
    "capExceeded": True,
}


def printed(language: Language, *people: dict[str, Any]) -> list[str]:
    paper = io.StringIO()
    Console(width=118, file=paper, highlight=False).print(table(people, language))
    return paper.getvalue().splitlines()


@pytest.mark.clause("HRS-7")
def test_hours_overtime_by_what_it_is_paid_at_and_an_average_beyond_the_cap_stand_in_a_row() -> None:
    row = printed("en", CHEN)[2]
    assert row.split("│")[0].strip() == "1004"
    assert [cell.strip() for cell in row.split("│")][2:] == [
        "195.0",
        "194.0",
        "2.5",
        "0.0",
        "1.5",
        "45.5 beyond the cap 44",
    ]
    assert "45.5 超上限 44" in printed("zh", CHEN)[2]


@pytest.mark.clause("HRS-7")
def test_hours_that_nobody_asked_for_stand_below_the_table_and_in_no_total() -> None:
    days = [{"workDate": "2026-11-22", "percent": 200, "minutes": 210}, {"workDate": "2026-11-24", "minutes": 45}]
    told = [str(line) for line in unasked([CHEN, {**CHEN, "unaskedOvertime": days}], "en")]
    assert told == [
        "\nHours found and not asked for, which count nowhere",
        "1004  陈朗  2026-11-22 3.5, 2026-11-24 0.8",
    ]
    assert list(unasked([CHEN], "zh")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_could_not_be_judged_or_was_there_too_short_has_no_figure(language: Language) -> None:
    unsettled, short = {"employeeNumber": "1", "unsettled": True}, {"employeeNumber": "2", "plannedMinutes": 450}
    rows = printed(language, unsettled, short)[2:]
    assert {"zh": "无法判定，见月表", "en": "not judged: see the sheet"}[language] in rows[0]
    assert rows[1].split("│")[-1].strip() == "-"


def test_a_month_that_is_none_is_told_before_anybody_is_asked() -> None:
    told = CliRunner().invoke(build("en"), ["hours", "SALES", "november"])
    assert told.exit_code != 0
    assert "MONTH is a month such as 2026-11." in str(told.exception) + told.output
