"""Leave, trips and duty outside on a sheet: which request excuses what of a day, and the minutes of a month (LVE-3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.leave.leave_days import ExcusedDay, excused_on
from bylaw_attendance.rules.sheets.shown_sheet import ShownDay, ShownKind, ShownSheet


class ExcusedMinutes(NamedTuple):
    """Minutes of plan that leave excuses, and those of trips and duty outside, which count as worked (LVE-3)."""

    excused: int = 0
    outside: int = 0


NOTHING_EXCUSED = ExcusedMinutes()


def with_excused(sheet: ShownSheet, days: Sequence[ExcusedDay]) -> ShownSheet:
    """A sheet that names what excuses its days; a day that is excused whole is a working day all the same."""
    if not days:
        return sheet
    found = excused_on(days)
    return sheet._replace(days=tuple(_excused(day, found.get(day.work_date, ())) for day in sheet.days))


def minutes_of(days: Iterable[ExcusedDay], month: date) -> ExcusedMinutes:
    """What is excused of a month."""
    own = [one for one in days if month <= one.day.work_date <= last_day(month)]
    excused = sum(one.day.minutes for one in own if not one.counts_as_worked)
    return ExcusedMinutes(excused, sum(one.day.minutes for one in own) - excused)


def together(minutes: Iterable[ExcusedMinutes]) -> ExcusedMinutes:
    """Those of several people."""
    found = list(minutes)
    return ExcusedMinutes(sum(one.excused for one in found), sum(one.outside for one in found))


def _excused(day: ShownDay, parts: Sequence[ExcusedDay]) -> ShownDay:
    if not parts or not day.pattern:
        return day
    whole = not day.halves and any(one.day.minutes for one in parts)
    kind = ShownKind.WORK if whole and day.kind is ShownKind.REST else day.kind
    return day._replace(kind=kind, leave=tuple(parts))
