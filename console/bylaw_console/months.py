"""A month of attendance as a page shows it: marks in one word each, and the calendar's weeks.

What a mark says was found by attendance; nothing is judged here.
"""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bylaw.attendance.v1 import sheets_pb2

NO_SHEET = (
    "NO_POLICY",
    "POLICY_VERSION_GONE",
    "POLICY_PARAMETERS_INVALID",
    "POLICY_FAILED",
    "POLICY_TIMED_OUT",
    "POLICY_ANSWER_INVALID",
    "PERSON_NOT_FOUND",
)
"""Why there is no sheet of somebody who is there all the same."""

KINDS: Mapping[int, str] = {
    sheets_pb2.FINDING_LATE: "late",
    sheets_pb2.FINDING_EARLY: "late",
    sheets_pb2.FINDING_LEAVE_REQUIRED: "missing",
    sheets_pb2.FINDING_MISSING_CARD: "missing",
    sheets_pb2.FINDING_ABSENT: "missing",
}
"""How a finding is coloured; what is as it should be, or not decided yet, has no mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding of a day in a word with its minutes, in `short` without; `sentence` is its whole, `clause` says so."""

    kind: str
    word: str
    short: str
    sentence: str
    clause: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar; `day` is None outside of the month."""

    date: date
    day: Any
    marks: list[Mark]
    punches: list[str]


def marks_of(day: Any, desk: Any) -> list[Mark]:
    """The marks of a day, in the order of its hours."""
    points = [point for half in day.halves for point in half.card_points]
    found = [_mark(point, desk) for point in points if point.finding in KINDS]
    excused = [Mark("leave", word, word, word, part.clause) for part in day.leave for word in [desk.text(part.title)]]
    return found + excused


def weeks_of(sheet: Any, desk: Any) -> list[list[Cell]]:
    """The weeks of a sheet's month, Monday first."""
    days = {day.work_date: day for day in sheet.days}
    year, month = (int(part) for part in sheet.month.split("-"))
    weeks = Calendar().monthdatescalendar(year, month)
    return [[_cell(one, days.get(one.isoformat()), desk) for one in week] for week in weeks]


def _cell(one: date, day: Any, desk: Any) -> Cell:
    if day is None:
        return Cell(one, None, [], [])
    points = [point for half in day.halves for point in half.card_points]
    punches = [point.punch_time[11:16] for point in points if point.punch_time]
    return Cell(one, day, marks_of(day, desk), punches)


def _mark(point: Any, desk: Any) -> Mark:
    short: str = desk.named(point, "finding")
    word = desk.t("month.with_minutes", word=short, minutes=point.minutes) if point.minutes else short
    return Mark(KINDS[point.finding], word, short, desk.text(point.explanation), point.clause)
