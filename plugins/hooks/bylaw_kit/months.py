"""A site's month as facts, from its zone and calendar: for the service and for plugin authors' tests."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bylaw_hooks.facts import ClockChange, DayFacts, DayKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def month_days(
    year_month: tuple[int, int],
    zone: str,
    holidays: Mapping[date, DayKind],
) -> tuple[DayFacts, ...]:
    """The days of the month and, not `inside`, the day on either side.

    Offsets count in whole minutes, as all do since 1972; ZoneInfoNotFoundError if there is no such zone.
    """
    where = ZoneInfo(zone)
    first = date(*year_month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    dates = (first + timedelta(days=days) for days in range(-1, (after - first).days + 1))
    return tuple(
        _day(day, where, kind=holidays.get(day, DayKind.ORDINARY), inside=first <= day < after) for day in dates
    )


def epoch_minute(work_date: date, wall: str, zone: str) -> int:
    """The epoch minute of a wall time that exists once: what a punch at that time would carry."""
    moment = datetime.combine(work_date, time.fromisoformat(wall), ZoneInfo(zone))
    return (moment - _EPOCH) // _MINUTE


def _day(work_date: date, zone: ZoneInfo, *, kind: DayKind, inside: bool) -> DayFacts:
    naive = datetime.combine(work_date, time())
    midnight = (naive.replace(tzinfo=zone) - _EPOCH) // _MINUTE
    offset = (naive.replace(tzinfo=UTC) - _EPOCH) // _MINUTE - midnight
    return DayFacts(work_date, kind, midnight, tuple(_changes(midnight, offset, zone=zone)), inside)


def _changes(midnight: int, offset: int, *, zone: ZoneInfo) -> Iterator[ClockChange]:
    """Where the offset moves within 48 hours (no zone does so twice); at 0 where midnight itself is skipped."""
    for start in (midnight, midnight + 1440):
        later = _offset(start + 1440, zone)
        if later != offset:
            minutes = range(start, start + 1441)
            moment = minutes[bisect_left(minutes, True, key=partial(_moved, offset, zone))]
            yield ClockChange(moment - midnight, later - offset)
            offset = later


def _moved(offset: int, zone: ZoneInfo, minute: int) -> bool:
    return _offset(minute, zone) != offset


def _offset(minute: int, zone: ZoneInfo) -> int:
    return (datetime.fromtimestamp(60 * minute, zone).utcoffset() or timedelta()) // _MINUTE
