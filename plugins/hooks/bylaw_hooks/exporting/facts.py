"""The facts an export layout is given: each person's month with its version, leave, overtime, days; corrections."""

from dataclasses import astuple, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import Both

Part = Literal["day", "first-half", "second-half", "span"]
Compensation = Literal["pay", "time-off"]
DayIs = Literal["unassigned", "work", "rest", "holiday", "make-up-work", "not-employed"]


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """What a month comes to by its sheet; of a correction the difference that it makes, which may lie below zero."""

    planned_days: int
    worked_days: int
    planned_halves: int
    worked_halves: int
    late_count: int
    late_minutes: int
    early_count: int
    early_minutes: int
    leave_required_count: int
    missing_card_count: int
    absent_halves: int
    pending_count: int
    worked_minutes: int


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """What agreed leave, a trip or duty outside takes of a day: minutes of its plan, and days exactly."""

    work_date: date
    kind: str
    title: Both
    part: Part
    minutes: int
    days: Fraction
    paid: bool | None
    """As its kind said when it was asked for; None: that was not on record then."""
    counts_as_worked: bool
    """Of a trip and of duty outside (LVE-3)."""
    clause: str


@dataclass(frozen=True, slots=True)
class LeaveSum:
    """All that a person took of one kind in the month."""

    kind: str
    title: Both
    paid: bool | None
    counts_as_worked: bool
    minutes: int
    days: Fraction


@dataclass(frozen=True, slots=True)
class OvertimeFound:
    """Agreed overtime, and how many of its minutes the punches bear out: those count (HRS-7)."""

    work_date: date
    percent: int
    """150 on a working day, 200 on a day of rest, 300 on a statutory holiday."""
    compensation: Compensation
    agreed_minutes: int
    found_minutes: int
    final: bool
    """False: the month is open, and a clock may still report more."""


def _minutes(overtime: tuple[OvertimeFound, ...], percent: int, compensation: Compensation) -> int:
    held = [one for one in overtime if (one.percent, one.compensation) == (percent, compensation)]
    return sum(one.found_minutes for one in held)


@dataclass(frozen=True, slots=True)
class ExportedHalf:
    """A planned half, its wall times "08:30", the punches that count for it ("": none), and what it came to."""

    start: str
    end: str
    arrived: str
    left: str
    finding: Kind
    late_minutes: int
    early_minutes: int
    clause: str


@dataclass(frozen=True, slots=True)
class ExportedDay:
    """A day of the month; `pattern` is "fixed-week@1", `clause` says why it is worked or not."""

    work_date: date
    kind: DayIs
    pattern: str = ""
    clause: str = ""
    halves: tuple[ExportedHalf, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """A person's sheet. `version` counts from 1 once it is closed; 0: it is open, and its figures may change.

    `digest` stands for all that it was judged from; "": it could not be judged, for the reason in `fault`.
    """

    number: str
    """Employee number."""
    display_name: str
    unit_code: str
    version: int
    digest: str
    totals: SheetTotals
    leave: tuple[LeaveTaken, ...] = ()
    overtime: tuple[OvertimeFound, ...] = ()
    days: tuple[ExportedDay, ...] = ()
    """Empty unless the layout asks for them."""
    fault: str = ""

    def leave_by_kind(self) -> tuple[LeaveSum, ...]:
        """What was taken of each kind, by its code; of one that was paid and is no longer, both."""
        kinds = {(one.kind, one.title, one.paid, one.counts_as_worked): one for one in self.leave}
        found = []
        for kind in sorted(kinds, key=lambda one: (one[0], str(one[1:]))):
            own = [one for one in self.leave if (one.kind, one.title, one.paid, one.counts_as_worked) == kind]
            days = sum((one.days for one in own), Fraction(0))
            found.append(LeaveSum(*kind, sum(one.minutes for one in own), days))
        return tuple(found)

    def overtime_minutes(self, percent: int, compensation: Compensation) -> int:
        """Minutes found at a rate, to be paid or taken as time off."""
        return _minutes(self.overtime, percent, compensation)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A correction of an earlier month that counts in this one: the version it made, why, and the difference.

    One of the exported month itself counts in a later month: here its difference is the other way round, so that what
    a person's rows add up to is what was closed, however often the month is exported (SHT-3).
    """

    number: str
    display_name: str
    unit_code: str
    month: date
    """Of the sheet, by its first day."""
    version: int
    digest: str
    reason: str
    difference: SheetTotals
    leave: tuple[LeaveSum, ...] = ()
    """By how much leave of each kind is more, or less, than before."""
    overtime: tuple[OvertimeFound, ...] = ()
    """By how many minutes more, or fewer, are found of each that it changes."""

    def overtime_minutes(self, percent: int, compensation: Compensation) -> int:
        """By how many minutes more, or fewer, are found at a rate, to be paid or taken as time off."""
        return _minutes(self.overtime, percent, compensation)

    def row(self, exported: date) -> str:
        """What its row is in the export of a month: "adjustment", or "counted-later"."""
        return "counted-later" if self.month == exported else "adjustment"

    def taken_out(self) -> "Adjustment":
        """The same with every difference the other way round."""
        return replace(
            self,
            difference=SheetTotals(*(-number for number in astuple(self.difference))),
            leave=tuple(replace(one, minutes=-one.minutes, days=-one.days) for one in self.leave),
            overtime=tuple(replace(one, found_minutes=-one.found_minutes) for one in self.overtime),
        )


@dataclass(frozen=True, slots=True)
class ExportedMonth:
    """A unit's month, and those below it, by employee number; `month` is its first day."""

    month: date
    unit_code: str
    people: tuple[PersonMonth, ...]
    adjustments: tuple[Adjustment, ...] = ()
