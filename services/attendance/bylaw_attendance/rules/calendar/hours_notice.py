"""A written notice that changes working hours, and when it has to be published (HRS-6)."""

from collections.abc import Collection
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_hooks import Hours

from bylaw_attendance.rules.judging.assignment import Withdrawal
from bylaw_attendance.rules.judging.reporting import start_of_day

CLAUSE = "HRS-6"
MOST_DAYS, MOST_SPANS, LONGEST_WORDING = 92, 8, 500


class NoticeLevel(StrEnum):
    """What a notice is about."""

    ORGANISATION = "organisation"
    UNIT = "unit"
    SITE = "site"


class HoursCause(IntEnum):
    """Why hours are changed; the numbers are the contract's."""

    POWER_FAILURE = 1
    WATER_FAILURE = 2
    NATURAL_DISASTER = 3
    FORCE_MAJEURE = 4
    BUSINESS_NEED = 5


NoticeSubject = tuple[NoticeLevel, UUID]
"""A site, a unit with all that is below it, or `assignment.EVERYBODY`."""


class HoursWish(NamedTuple):
    """What somebody asks to publish; `spans` are minutes on the wall after the day's midnight, none: a day off."""

    subject: NoticeSubject
    first_day: date
    last_day: date
    spans: tuple[tuple[int, int], ...]
    cause: HoursCause
    wording: tuple[str, str]
    """In Chinese and in English."""


class HoursNotice(NamedTuple):
    """A notice on record, by whose key and when it was published."""

    identifier: UUID
    wish: HoursWish
    published_at: datetime
    published_by: str
    revision: int = 1
    """Counts its changes, from 1."""
    withdrawal: Withdrawal | None = None
    """If it was withdrawn, it counts on none of its days."""

    @property
    def name(self) -> str:
        """Its resource name."""
        return f"hoursNotices/{self.identifier}"

    @property
    def hours(self) -> Hours:
        """What it makes of a worked day."""
        return Hours(CLAUSE, self.wish.spans)


class NoticeFilter(NamedTuple):
    """Which notices are asked for: about one subject, with a day among theirs, withdrawn ones too."""

    subject: NoticeSubject | None = None
    day: date | None = None
    withdrawn: bool = False


def published_in_time(wish: HoursWish, zones: Collection[str], now: datetime) -> bool:
    """Whether a notice may still be published (HRS-6).

    What business needs is known before: it is announced before the first day begins wherever people work by it. A
    failure or a disaster is not: the notice about it may follow.
    """
    if wish.cause is not HoursCause.BUSINESS_NEED:
        return True
    return all(now < start_of_day(wish.first_day, ZoneInfo(zone)) for zone in zones)
