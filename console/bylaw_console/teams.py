"""A day of a team as its head looks at it: who is unexplained, late, not here yet, on leave, here or off.

What somebody's day is was found by attendance; here it is only put into groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bylaw.attendance.v1 import sheets_pb2

from bylaw_console.months import Mark, marks_of

GROUPS = ("fault", "unexplained", "late", "waiting", "leave", "here", "off")
"""In the order in which a head wants them."""

UNEXPLAINED = {sheets_pb2.FINDING_MISSING_CARD, sheets_pb2.FINDING_ABSENT, sheets_pb2.FINDING_LEAVE_REQUIRED}
LATE = {sheets_pb2.FINDING_LATE, sheets_pb2.FINDING_EARLY}


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody's day."""

    person: str
    name: str
    number: str
    group: str
    plan: list[str]
    punches: list[str]
    marks: list[Mark]
    why: str
    clause: str


@dataclass(slots=True)
class Team:
    """A team's day: its rows by group, how many there are of each, and how old the organisation is as known here."""

    groups: dict[str, list[Row]] = field(default_factory=dict)
    age_seconds: int = 0

    def count(self, *names: str) -> int:
        """How many people are in these groups."""
        return sum(len(self.groups.get(name, ())) for name in names)

    @property
    def expected(self) -> int:
        """How many of them are to work on the day."""
        return self.count("unexplained", "late", "waiting", "here")


def team_of(sheets: Iterable[Any], date: str, desk: Any) -> Team:
    """The team on a day, of its people's sheets of the month."""
    team = Team({name: [] for name in GROUPS})
    for sheet in sheets:
        row = _row(sheet, date, desk)
        if row is not None:
            team.groups[row.group].append(row)
        team.age_seconds = max(team.age_seconds, sheet.organisation_age_seconds)
    return team


def _row(sheet: Any, date: str, desk: Any) -> Row | None:
    person = sheet.name.partition("/sheets/")[0].rpartition("/")[2]
    who = (person, sheet.display_name, sheet.employee_number)
    if sheet.HasField("fault"):
        return Row(*who, "fault", [], [], [], desk.text(sheet.fault.message), sheet.fault.clause)
    day = next((day for day in sheet.days if day.work_date == date), None)
    if day is None or day.kind == sheets_pb2.DAY_KIND_NOT_EMPLOYED:
        return None
    points = [point for half in day.halves for point in half.card_points]
    punches = sorted({*(point.punch_time for point in points if point.punch_time), *day.other_punch_times})
    plan = [f"{half.start_time[11:16]}–{half.end_time[11:16]}" for half in day.halves]
    group = _group(day, points, punches)
    return Row(
        *who, group, plan, [one[11:16] for one in punches], _once(marks_of(day, desk)), _why(day, desk), day.clause
    )


def _once(marks: list[Mark]) -> list[Mark]:
    """One mark of each word and clause: two cards of a half day that was missed say the same."""
    return list({(mark.word, mark.clause): mark for mark in marks}.values())


def _group(day: Any, points: list[Any], punches: list[str]) -> str:
    found = {point.finding for point in points}
    if found & UNEXPLAINED:
        return "unexplained"
    if not day.halves:
        return "leave" if day.leave else "off"
    if found & LATE:
        return "late"
    return "here" if punches else "waiting"


def _why(day: Any, desk: Any) -> str:
    """Why somebody is not to work: their leave, or what the day is."""
    if day.leave:
        return "".join(f"{desk.text(part.title)} " for part in day.leave).strip()
    return "" if day.halves else str(desk.named(day, "kind"))
