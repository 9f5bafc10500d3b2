"""What a request for overtime is, what it is paid at, and how much of it a day and a month may have (HRS-7)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.overtime.overtime_refusals import DayCapBroken, MonthCapBroken, NoTimeOff, WithinHours

COLLECTION = "overtimeRequests"
Spans = tuple[tuple[int, int], ...]
"""From which epoch minute to which, in order."""


class OvertimeState(IntEnum):
    """Where a request stands; the numbers are the contract's."""

    WAITING = 1
    AGREED = 2
    REFUSED = 3
    WITHDRAWN = 4


COUNTING = (OvertimeState.WAITING, OvertimeState.AGREED)
"""Those that use the caps up."""


class Compensation(IntEnum):
    """What somebody wants for overtime; the numbers are the contract's."""

    PAY = 1
    TIME_OFF = 2


class Percent(IntEnum):
    """What overtime is paid at, by what its day is."""

    WORKING_DAY = 150
    REST_DAY = 200
    STATUTORY_HOLIDAY = 300


class OvertimeWish(NamedTuple):
    """What somebody asks for: a day, from which wall minute to which, what they want for it, and why."""

    work_date: date
    span: tuple[int, int]
    compensation: Compensation
    reason: str


class OvertimeDay(NamedTuple):
    """What a day is for somebody: what overtime on it is paid at, and when they are planned to work."""

    percent: Percent
    planned: Spans


class OvertimeEnd(NamedTuple):
    """How a request ended: as what, when, by whose key."""

    state: OvertimeState
    at: datetime
    by: str


class OvertimeRequest(NamedTuple):
    """A request on record; `start` and `end` are epoch minutes, `day` what its day was when it was last looked at."""

    identifier: UUID
    person: UUID
    wish: OvertimeWish
    start: int
    end: int
    day: OvertimeDay
    asked_at: datetime
    decision: UUID | None = None
    revision: int = 1
    ending: OvertimeEnd | None = None
    number: str = ""
    """Of the person, as employees are numbered."""

    @property
    def name(self) -> str:
        """`overtimeRequests/018f...`."""
        return resource_name(COLLECTION, self.identifier)

    @property
    def state(self) -> OvertimeState:
        """Where it stands."""
        return self.ending.state if self.ending else OvertimeState.WAITING

    @property
    def minutes(self) -> int:
        """How much is asked for."""
        return self.end - self.start

    @property
    def month(self) -> date:
        """The month against whose cap it counts, by its first day."""
        return self.wish.work_date.replace(day=1)


def agreed_by_person(requests: Iterable[OvertimeRequest]) -> dict[UUID, list[OvertimeRequest]]:
    """Those that were agreed to, in their order."""
    found: dict[UUID, list[OvertimeRequest]] = {}
    for one in requests:
        if one.state is OvertimeState.AGREED:
            found.setdefault(one.person, []).append(one)
    return found


def overtime_day(planned: Spans, *, statutory: bool, excused: bool) -> OvertimeDay:
    """What a day is: 300 per cent on a statutory holiday, else 150 where it is worked, 200 where it is not (HRS-7).

    `excused`: some of its plan was, by leave or by a trip. It is a working day then, whatever is left of it (LVE-3).
    """
    if statutory:
        return OvertimeDay(Percent.STATUTORY_HOLIDAY, planned)
    return OvertimeDay(Percent.WORKING_DAY if planned or excused else Percent.REST_DAY, planned)


def check_day(compensation: Compensation, span: tuple[int, int], day: OvertimeDay, *, hours: Sequence[str]) -> None:
    """Refuses OVERTIME_WITHIN_HOURS (`hours` are the planned ones, in words) and OVERTIME_NO_TIME_OFF (HRS-7)."""
    if any(start < span[1] and span[0] < end for start, end in day.planned):
        raise WithinHours(hours)
    if compensation is Compensation.TIME_OFF and day.percent is Percent.STATUTORY_HOLIDAY:
        raise NoTimeOff


class TimeOff(NamedTuple):
    """To which balance time off is credited, and how much for what was found; 100 per cent: minute for minute."""

    balance: str = "lieu"
    """That of statutory leave; whoever has none of this code in minutes is credited nothing."""
    working_day_percent: int = 100
    rest_day_percent: int = 100

    def due(self, day: Percent, minutes: int) -> Fraction:
        """Minutes of time off for so many of overtime; none for statutory holidays, which are paid (HRS-7)."""
        by_day = {Percent.WORKING_DAY: self.working_day_percent, Percent.REST_DAY: self.rest_day_percent}
        return Fraction(minutes * by_day.get(day, 0), 100)


class OvertimeLimits(NamedTuple):
    """The caps on overtime; the defaults are the statute's and the rulebook's."""

    day_minutes: int = 180
    month_minutes: int = 2160

    def check(self, wished: OvertimeRequest, counting: Iterable[OvertimeRequest]) -> None:
        """Refuses OVERTIME_CAP_BROKEN, beside the requests of the month that count (HRS-7)."""
        of_month = [one for one in counting if one.month == wished.month]
        of_day = [one for one in of_month if one.wish.work_date == wished.wish.work_date]
        held = sum(one.minutes for one in of_day)
        if held + wished.minutes > self.day_minutes:
            raise DayCapBroken(day=wished.wish.work_date, cap=self.day_minutes, held=held, wished=wished.minutes)
        held = sum(one.minutes for one in of_month)
        if held + wished.minutes > self.month_minutes:
            days = sorted({one.wish.work_date for one in of_month} | {wished.wish.work_date})
            raise MonthCapBroken(days=days, cap=self.month_minutes, held=held, wished=wished.minutes)


def restless(day: date, free: Iterable[date], taken: Iterable[date], *, rest_days: int) -> bool:
    """Whether overtime on a day takes a week's last days off (HRS-7).

    `free` are the week's days without planned hours, `taken` those on which overtime was asked for already.
    """
    off = {*free}
    return day in off and len(off - {*taken, day}) < rest_days


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of its week."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)
