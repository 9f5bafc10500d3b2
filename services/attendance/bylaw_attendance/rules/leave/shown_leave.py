"""Leave, trips and duty outside on a sheet: which request excuses what of a day, and the minutes of a month (LVE-3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.leave.leave_days import ExcusedDay, excused_on
from bylaw_attendance.rules.sheets.sheet import TOTALS
from bylaw_attendance.rules.sheets.shown_sheet import ShownDay, ShownKind, ShownSheet


class ExcusedMinutes(NamedTuple):
    """Minutes of plan that leave excuses, and those of trips and duty outside, which count as worked (LVE-3)."""

    excused: int = 0
    outside: int = 0
    outside_halves: int = 0
    """Halves of which nothing is planned any more, and some of that for a trip or duty outside (LVE-3)."""
    outside_days: int = 0
    """Days with such a half, and with none that is planned."""

    def less(self, other: "ExcusedMinutes") -> "ExcusedMinutes":
        """By how much it is more than another."""
        return ExcusedMinutes(*(now - then for now, then in zip(self, other, strict=True)))


NOTHING_EXCUSED = ExcusedMinutes()


def with_excused(sheet: ShownSheet, days: Sequence[ExcusedDay]) -> ShownSheet:
    """A sheet that names what excuses its days; a day that is excused whole is a working day all the same."""
    if not days:
        return sheet
    found = excused_on(days)
    return sheet._replace(days=tuple(_excused(day, found.get(day.work_date, ())) for day in sheet.days))


def minutes_of(days: Iterable[ExcusedDay], month: date) -> ExcusedMinutes:
    """What is excused of a month, and what of that counts as worked."""
    own = [one for one in days if month <= one.day.work_date <= last_day(month)]
    excused = sum(one.day.minutes for one in own if not one.counts_as_worked)
    outside = [_outside(parts) for parts in excused_on(own).values()]
    minutes = sum(one.day.minutes for one in own) - excused
    return ExcusedMinutes(excused, minutes, sum(one for one, _ in outside), sum(day for _, day in outside))


def outside_by_day(days: Iterable[ExcusedDay]) -> dict[date, int]:
    """Minutes of plan of trips and duty outside by day: they are planned still, and worked (LVE-3)."""
    parts = excused_on(one for one in days if one.counts_as_worked)
    return {day: sum(one.day.minutes for one in of_day) for day, of_day in parts.items()}


def with_outside(totals: Sequence[int], excused: ExcusedMinutes) -> tuple[int, ...]:
    """A month's totals with the halves and days of trips and duty outside, which are planned and worked (LVE-3)."""
    named = dict(zip(TOTALS, totals, strict=True))
    for name in ("halves_planned", "halves_worked"):
        named[name] += excused.outside_halves
    for name in ("days_planned", "days_worked"):
        named[name] += excused.outside_days
    return tuple(named.values())


def together(minutes: Iterable[ExcusedMinutes]) -> ExcusedMinutes:
    """Those of several people."""
    found = list(minutes)
    return ExcusedMinutes(*map(sum, zip(NOTHING_EXCUSED, *found, strict=True)))


def _outside(parts: Sequence[ExcusedDay]) -> tuple[int, bool]:
    """How many halves of a day count as worked though nobody is there, and whether nothing else of it is planned."""
    halves = next((one.day.halves for one in parts if one.day.halves), ())
    taken = sorted(span for one in parts for span in one.day.spans)
    outside = [span for one in parts if one.counts_as_worked for span in one.day.spans]
    free = [half for half in halves if _covers(taken, half)]
    counted = sum(any(start < half[1] and half[0] < end for start, end in outside) for half in free)
    return counted, bool(counted) and len(free) == len(halves)


def _covers(spans: Iterable[tuple[int, int]], half: tuple[int, int]) -> bool:
    """Whether spans, in order, leave nothing of a half."""
    reached = half[0]
    for start, end in spans:
        if start <= reached:
            reached = max(reached, end)
    return reached >= half[1]


def _excused(day: ShownDay, parts: Sequence[ExcusedDay]) -> ShownDay:
    if not parts or not day.pattern:
        return day
    whole = not day.halves and any(one.day.minutes for one in parts)
    kind = ShownKind.WORK if whole and day.kind is ShownKind.REST else day.kind
    return day._replace(kind=kind, leave=tuple(parts))
