"""Months as an export layout is given them: for authors' tests, and those that the kit tries every layout with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from bylaw_hooks import Both, Kind
from bylaw_hooks.exporting import (
    Adjustment,
    ExportedDay,
    ExportedHalf,
    ExportedMonth,
    LeaveSum,
    LeaveTaken,
    OvertimeFound,
    PersonMonth,
    SheetTotals,
)

NOTHING = SheetTotals(*(0,) * 13)
SICK, ANNUAL, TRIP = Both("病假", "Sick leave"), Both("年假", "Annual leave"), Both("出差", "Business trip")
OCTOBER = date(2026, 10, 1)
HALVES = (
    ExportedHalf("08:30", "12:00", "08:41", "12:03", Kind.LATE, 11, 0, "ATT-2"),
    ExportedHalf("14:00", "18:00", "13:52", "18:00", Kind.ON_TIME, 0, 0, "ATT-1"),
)
HOSTILE = '=HYPERLINK("http://x") ,";\n\t😀 张三 -1 +1 @a'
"""What somebody may be called, or have written."""


def taken(day: date, minutes: int = 450, **more: Any) -> LeaveTaken:
    """A day of paid annual leave, or another where more is said."""
    kind = {"kind": "annual", "title": ANNUAL, "part": "day", "days": Fraction(1), "paid": True}
    told = {**kind, "counts_as_worked": False, "clause": "LVE-1", **more}
    return LeaveTaken(work_date=day, minutes=minutes, **told)


def overtime(day: date, percent: int, minutes: int, **more: Any) -> OvertimeFound:
    """Overtime to be paid, all of it found."""
    told: dict[str, Any] = {"compensation": "pay", "found_minutes": minutes, "final": True, **more}
    return OvertimeFound(day, percent, agreed_minutes=minutes, **told)


def person(number: str, version: int = 1, **more: Any) -> PersonMonth:
    """Somebody's month: 22 days planned and worked, closed once unless another version is said."""
    totals = replace(NOTHING, planned_days=22, worked_days=22, planned_halves=44, worked_halves=44, worked_minutes=9900)
    told: dict[str, Any] = {"display_name": f"Name of {number}", "unit_code": "SALES", "totals": totals, **more}
    return PersonMonth(number, version=version, digest=told.pop("digest", f"{number}-{version}".encode().hex()), **told)


def adjustment(number: str, *, leave: tuple[LeaveSum, ...] = (), **difference: int) -> Adjustment:
    """A correction of September that counts in October."""
    of = (number, f"Name of {number}", "SALES", date(2026, 9, 1), 2, f"{number}-2".encode().hex())
    return Adjustment(*of, "the gate's book", replace(NOTHING, **difference), leave)


def month_of(*people: PersonMonth, month: date = OCTOBER, adjustments: tuple[Adjustment, ...] = ()) -> ExportedMonth:
    """A month of these people, by employee number."""
    return ExportedMonth(month, "SALES", tuple(sorted(people, key=lambda one: one.number)), adjustments)


def tried_months() -> Iterator[ExportedMonth]:
    """Nobody; everybody in order; who left, cannot be judged, or is called as nobody should be; corrections alone."""
    yield month_of()
    less = LeaveSum("annual", ANNUAL, True, False, -450, Fraction(-1))
    yield month_of(adjustments=(adjustment("A-1", leave=(less,), worked_halves=1, absent_halves=-1),))
    for first in (OCTOBER, date(2026, 2, 1), date(2028, 2, 1), date(2026, 11, 1)):
        yield month_of(*_everybody(first), month=first, adjustments=(adjustment("A-2", late_minutes=-7),))


def _everybody(first: date) -> Iterator[PersonMonth]:
    day, away = first + timedelta(days=4), first + timedelta(days=5)
    yield person("A-1", days=_days(first))
    yield person("A-2", version=3, leave=tuple(_leave(day, away)), overtime=tuple(_overtime(day)), days=_days(first))
    yield person("A-3", version=0, display_name=HOSTILE, totals=NOTHING, days=_days(first))
    yield person("A-4", version=0, digest="", totals=NOTHING, fault="POLICY_FAILED")
    yield person(" =1", unit_code="", leave=(taken(day, kind="acme-odd", days=Fraction(7, 45), minutes=70, paid=None),))


def _leave(day: date, away: date) -> Iterator[LeaveTaken]:
    yield taken(day)
    yield taken(away, 210, part="first-half", days=Fraction(1, 2))
    yield taken(away, 60, kind="sick", title=SICK, part="span", days=Fraction(2, 15), paid=False)
    yield taken(
        away, 90, kind="trip", title=TRIP, part="span", days=Fraction(1, 5), counts_as_worked=True, clause="LVE-3"
    )


def _overtime(day: date) -> Iterator[OvertimeFound]:
    yield overtime(day, 150, 120, found_minutes=95)
    yield overtime(day, 200, 240, compensation="time-off")
    yield overtime(day, 300, 60, found_minutes=0, final=False)


def _days(first: date) -> tuple[ExportedDay, ...]:
    dates = (first + timedelta(days=count) for count in range(31))
    return tuple(_day(day) for day in dates if day.month == first.month)


def _day(day: date) -> ExportedDay:
    if day.weekday() == 6:
        return ExportedDay(day, "rest", "acme-day-shift@1", "HRS-1")
    return ExportedDay(day, "work", "acme-day-shift@1", "HRS-2", HALVES)
