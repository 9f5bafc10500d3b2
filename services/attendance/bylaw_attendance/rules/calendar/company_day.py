"""Days off and days worked that the company adds to the official calendar, and what a day is under both (HRS-3)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_hooks import DayKind

from bylaw_attendance.rules.calendar.hours_notice import NoticeSubject
from bylaw_attendance.rules.judging.assignment import DAY, Withdrawal

CLAUSE = "HRS-3"


class CalendarKind(IntEnum):
    """What the calendar makes of a day; the numbers are the contract's."""

    ORDINARY = 1
    STATUTORY_HOLIDAY = 2
    SUBSTITUTE = 3
    MAKE_UP_WORK = 4
    COMPANY_OFF = 5
    COMPANY_WORKED = 6


class CompanyDayWish(NamedTuple):
    """What somebody asks to publish: days off, or worked."""

    subject: NoticeSubject
    first_day: date
    last_day: date
    worked: bool
    wording: tuple[str, str]
    """In Chinese and in English."""

    @property
    def days(self) -> Iterator[date]:
        """Its days, in order."""
        day = self.first_day
        while day <= self.last_day:
            yield day
            day += DAY


class CompanyDay(NamedTuple):
    """Days of the company on record, by whose key and when they were published."""

    identifier: UUID
    wish: CompanyDayWish
    published_at: datetime
    published_by: str
    revision: int = 1
    """Counts its changes, from 1."""
    withdrawal: Withdrawal | None = None
    """If it was withdrawn, it counts on none of its days."""

    @property
    def name(self) -> str:
        """Its resource name."""
        return f"companyDays/{self.identifier}"

    @property
    def kind(self) -> DayKind:
        """As what its days are planned: off as a public holiday is, worked as a make-up working day is (HRS-3)."""
        return DayKind.MAKE_UP_WORK if self.wish.worked else DayKind.HOLIDAY

    @property
    def calendar_kind(self) -> CalendarKind:
        """As what its days are shown."""
        return CalendarKind.COMPANY_WORKED if self.wish.worked else CalendarKind.COMPANY_OFF


class OfficialDay(NamedTuple):
    """What an official calendar says of a day; `provisional`: its year is not announced, or not known."""

    kind: CalendarKind
    provisional: bool = False


class CalendarDay(NamedTuple):
    """A day as the calendar has it: the official one, and the company's day that decides over it."""

    work_date: date
    official: OfficialDay
    company: CompanyDay | None

    @property
    def kind(self) -> CalendarKind:
        """What it is (HRS-3)."""
        return self.company.calendar_kind if self.company else self.official.kind


def official_kind(said: DayKind | None, *, statutory: bool) -> CalendarKind:
    """A day by what its calendar says, and whether the law names it (HRS-3): the two kinds off are paid differently."""
    if said is DayKind.MAKE_UP_WORK:
        return CalendarKind.MAKE_UP_WORK
    if statutory:
        return CalendarKind.STATUTORY_HOLIDAY
    return CalendarKind.SUBSTITUTE if said is DayKind.HOLIDAY else CalendarKind.ORDINARY


def worked_holidays(wish: CompanyDayWish, statutory: Iterable[date]) -> list[date]:
    """The statutory holidays that somebody asks to have worked: everybody is off on them (HRS-3)."""
    return sorted({*wish.days} & {*statutory}) if wish.worked else []
