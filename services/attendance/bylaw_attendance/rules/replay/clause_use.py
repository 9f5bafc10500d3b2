"""Which clauses decided in a month, and on which days: what is counted, and whose words are shown."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from bylaw_hooks import Kind

from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.sheets.sheet import Part
from bylaw_attendance.rules.sheets.shown_sheet import ShownDay

KEPT_PLANS = 4_096
_SILENT = bytes((Kind.UNASKED, Kind.PENDING))
"""Cards at which nothing was decided."""


def spoken(parts: Iterable[Part], plans: Mapping[bytes, PlanBody], month: date) -> dict[str, list[int]]:
    """The findings at cards by clause, each as the day of the month it is about."""
    found: dict[str, list[int]] = {}
    for part in parts:
        days = _card_days(plans[part.plan_key], month)
        for kind, clause, day in zip(part.kinds, part.clauses, days, strict=True):
            if kind not in _SILENT and clause:
                found.setdefault(clause, []).append(day)
    return found


@lru_cache(maxsize=KEPT_PLANS)
def _card_days(plan: PlanBody, month: date) -> tuple[int, ...]:
    """The day of the month of each card, two a half; kept, for a unit's people share few plans."""
    return tuple((day.work_date - month).days + 1 for day in plan.days for _ in day.halves for _ in "io")


def days_by_clause(days: Iterable[ShownDay]) -> dict[str, set[date]]:
    """Each clause that a sheet shows, with the days on which it does."""
    found: dict[str, set[date]] = {}
    for day in days:
        for clause in _clauses(day):
            found.setdefault(clause, set()).add(day.work_date)
    found.pop("", None)
    return found


def _clauses(day: ShownDay) -> Iterator[str]:
    yield day.clause
    for half in day.halves:
        yield half.clause
        for card in half.cards:
            yield card.clause
