"""When months are handed over, objected to and closed, whose month belongs to which unit (SHT-1, SHT-2, SHT-3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay
from bylaw_chassis.values import resource_name
from bylaw_hooks.exporting import OvertimeFound

from bylaw_attendance.rules.closing.closing_refusals import MonthOutOfOrder
from bylaw_attendance.rules.closing.hand_over import IsHoliday, hand_over_day, last_day, next_month, no_holiday
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.leave.shown_leave import NOTHING_EXCUSED, ExcusedMinutes
from bylaw_attendance.rules.sheets.sheet_changes import NO_CHANGES, SheetChanges

OBJECTION_DAY = 5
DAY = timedelta(days=1)
PersonMonth = tuple[UUID, date]


class UnitMonthState(IntEnum):
    """Where a unit's month stands; the numbers are the contract's."""

    OPEN = 1
    HANDED_OVER = 2
    CLOSED = 3


class Agreement(IntEnum):
    """Whether somebody agreed to their sheet (SHT-2); the numbers are the contract's."""

    UNSPECIFIED = 0
    SILENT = 1
    OBJECTED = 2


class VersionCause(IntEnum):
    """Why there is a version of a closed sheet; the numbers are the contract's."""

    CLOSED = 1
    CORRECTED = 2
    LATE_PUNCHES = 3


class Deadlines(NamedTuple):
    """The last days on which a month is handed over in time, and objected to."""

    hand_over: date
    objection: date

    @classmethod
    def of(cls, month: date, is_holiday: IsHoliday) -> "Deadlines":
        """The 3rd and the 5th of the next month, each the first day from then on that is no holiday (SHT-1, SHT-2)."""
        objection = next_month(month).replace(day=OBJECTION_DAY)
        return cls(hand_over_day(month, is_holiday), no_holiday(objection, is_holiday))


class UnitMonth(NamedTuple):
    """A unit's month from its hand-over on."""

    unit: UUID
    month: date
    handed_over_at: datetime
    handed_over_by: str
    remark: str
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def state(self) -> UnitMonthState:
        """Where it stands."""
        return UnitMonthState.CLOSED if self.closed_at else UnitMonthState.HANDED_OVER


class Review(NamedTuple):
    """The last look at a sheet: by what it was judged from then."""

    person: UUID
    digest: bytes
    reviewed_at: datetime
    reviewed_by: str
    remark: str


class ReviewWish(NamedTuple):
    """A look to be recorded."""

    person: UUID
    digest: bytes
    remark: str


class ClosedSheet(NamedTuple):
    """A version of a closed sheet, with all that it was judged from."""

    person: UUID
    month: date
    version: int
    unit: UUID
    digest: bytes
    body: bytes
    totals: tuple[int, ...]
    judged_from: bytes
    cause: VersionCause
    reason: str
    counted_in: date | None
    made_at: datetime
    made_by: str
    excused: ExcusedMinutes = NOTHING_EXCUSED
    changes: SheetChanges = NO_CHANGES
    statutory_days: Sequence[date] | None = None
    """Those that the law named where the person worked, when the month was closed; None: not on record."""
    beside: PersonPunches | None = None
    """The punches beside the month, as they were then: they end its last night's overtime; None: not on record."""


class ShownVersion(NamedTuple):
    """A version as it is shown: without what it was judged from, with the difference to the one before."""

    person: UUID
    number: str
    display_name: str
    month: date
    version: int
    cause: VersionCause
    reason: str
    counted_in: date | None
    made_at: datetime
    made_by: str
    digest: bytes
    totals: tuple[int, ...]
    difference: tuple[int, ...]
    unit: UUID
    """To which the month belonged when it was closed."""
    excused: ExcusedMinutes = NOTHING_EXCUSED
    more_excused: ExcusedMinutes = NOTHING_EXCUSED
    """Than by the version before."""
    changes: SheetChanges = NO_CHANGES
    overtime: Sequence[OvertimeFound] = ()
    """Of agreed overtime by how many minutes more, or fewer, are found than by the version before (HRS-7)."""

    @property
    def sheet(self) -> str:
        """`people/018f.../sheets/2026-02`."""
        return sheet_name_of(self.person, self.month)


class LateBatch(NamedTuple):
    """Some of those whose punches came late, in the order in which they did; of whom the month is closed, and where.

    `end` is the place of the last one that was looked at; nothing where there was none.
    """

    closed: Mapping[PersonMonth, Sequence[int]]
    end: int | None


class ClosedMark(NamedTuple):
    """That a person's month is closed: its newest version, and since when it is closed.

    What it was judged from is there where the sheet was asked for whole.
    """

    version: int
    closed_at: datetime
    judged_from: bytes = b""
    statutory_days: Sequence[date] | None = None
    """See `ClosedSheet`."""


def sheet_name_of(person: UUID, month: date) -> str:
    """`people/018f.../sheets/2026-02`."""
    return f"{resource_name('people', person)}/sheets/{month:%Y-%m}"


def unit_month_name(unit: UUID, month: date) -> str:
    """`units/018f.../months/2026-02`."""
    return f"{resource_name('units', unit)}/months/{month:%Y-%m}"


def belongs_to(stays: Iterable[Stay], month: date) -> Stay | None:
    """By which appointment a person's month belongs to a unit: the one at its end, or at their own end in it."""
    held = [stay for stay in stays if stay.first_day <= last_day(month) and month <= (stay.last_day or date.max)]
    return max(held, key=lambda stay: stay.first_day, default=None)


def check_order(month: date, closed: Sequence[date], open_before: date | None) -> None:
    """Months close one after the other: refuses MONTH_OUT_OF_ORDER.

    `closed` are the unit's closed months; `open_before` is the first one behind them, and before this one, that has
    people in it. What comes before the first that was ever closed stays open for good.
    """
    if closed and month < max(closed):
        raise MonthOutOfOrder(month=month, other=max(closed), closed=True)
    if closed and open_before:
        raise MonthOutOfOrder(month=month, other=open_before, closed=False)


def month_before(day: date) -> date:
    """The first day of the month before that of a day."""
    return (day.replace(day=1) - DAY).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The months behind one and before another."""
    found: list[date] = []
    month = next_month(first)
    while month < last:
        found.append(month)
        month = next_month(month)
    return found
