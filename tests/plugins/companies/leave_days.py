"""Days as they are planned for somebody, for tests of leave: Monday to Saturday, two halves, holidays off."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from bylaw_hooks import DayKind
from bylaw_hooks.leave import LeaveDay
from bylaw_kit.months import month_days

HALVES = (("08:30", "12:00"), ("14:00", "18:00"))
"""210 and 240 minutes."""
OCTOBER = {date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)}
ZONE = "Asia/Shanghai"


def planned(
    first: str, last: str, *, halves: tuple[tuple[str, str], ...] = HALVES, zone: str = ZONE
) -> tuple[LeaveDay, ...]:
    """From one day to another; a span that ends before it starts ends on the next day."""
    since, until = date.fromisoformat(first), date.fromisoformat(last)
    return tuple(day for day in _months(since, until, halves, zone) if since <= day.work_date <= until)


def _months(since: date, until: date, halves: tuple[tuple[str, str], ...], zone: str) -> Iterable[LeaveDay]:
    month = since.replace(day=1)
    while month <= until:
        for facts in month_days((month.year, month.month), zone, OCTOBER):
            works = facts.inside and facts.work_date.weekday() < 6 and facts.kind is DayKind.ORDINARY
            walls = [(start, end, int(end <= start)) for start, end in halves]
            spans = tuple((facts.at(start), facts.at(end, days_later=later)) for start, end, later in walls)
            assert all(one[1] <= two[0] for one, two in pairwise(spans))
            if facts.inside:
                yield LeaveDay(facts, spans if works else ())
        month = (month + timedelta(days=31)).replace(day=1)
