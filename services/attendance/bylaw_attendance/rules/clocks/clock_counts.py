"""A day as a clock counts it, beside what is on record: what is missing, and when a day may be asked for (ATT-4)."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.judging.reporting import start_of_day

MOST_CHECKS = 2
"""A day that is short is sent again and checked once more; what is short then is a matter for people."""

EASTERNMOST = timedelta(hours=14)
_DAY = timedelta(days=1)


class DayCount(NamedTuple):
    """How many records a clock counts of a day of its own calendar, and how many of them were on record."""

    day: date
    clock_count: int
    recorded_count: int
    checked_at: datetime
    check_count: int = 1

    @property
    def is_short(self) -> bool:
        """Whether the clock knows of more: lines that were refused, or lines that never came."""
        return self.clock_count > self.recorded_count

    @property
    def is_sent_again(self) -> bool:
        """Whether the clock shall send the day again and be asked once more."""
        return self.is_short and self.check_count < MOST_CHECKS


def span_of(day: date, zones: SiteZones, utc_offset_minutes: int | None) -> tuple[datetime, datetime]:
    """From the beginning to the end of a day by a clock's own calendar: of its own offset, else of its site's zone."""
    if utc_offset_minutes is None:
        zone = zones.on(day)
        return start_of_day(day, zone), start_of_day(day + _DAY, zone)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=utc_offset_minutes)
    return start, start + _DAY


def may_be_due(asked_for: date | None, now: datetime) -> bool:
    """Whether somewhere on earth a whole day is over that was not asked for: most polls need to look no further."""
    return asked_for is None or asked_for < (now + EASTERNMOST).date() - _DAY


def day_to_count(asked_for: date | None, now: datetime, utc_offset_minutes: int) -> date | None:
    """Yesterday by a clock's own calendar, where that was not asked for yet."""
    yesterday = (now + timedelta(minutes=utc_offset_minutes)).date() - _DAY
    return yesterday if asked_for is None or asked_for < yesterday else None
