"""Holds a shift pattern with its parameters against the caps on working time before it is assigned (HRS-7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, days_between
from bylaw_kit.months import month_days

from bylaw_attendance.ports.records import PatternBook
from bylaw_attendance.rules.closing.hand_over import last_day, next_month
from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.rules.rota.pattern_cap_refusals import (
    PatternCapBroken,
    PatternGapTooShort,
    PatternHoursTooLong,
    PatternWithoutRest,
)
from bylaw_attendance.rules.rota.pattern_caps import least_rest, weekly_tenths
from bylaw_attendance.rules.rota.rota import with_codes
from bylaw_attendance.rules.rota.rota_caps import RotaLimits, restless_weeks, short_gaps

MONTHS = 12
"""Looked at from the first day on: a cycle that runs on shows itself within a year."""
FRAME = "required_minutes"
"""The parameter by which a pattern says how long a day is of which it plans no more than the frame."""
Days = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class CheckPatternCaps:
    """The first cap that is broken is named; a pattern that cannot plan is told so when it is to judge."""

    book: PatternBook
    limits: RotaLimits

    def check(self, pattern: str, parameters: str, days: Days, system: HoursSystem) -> None:
        """Refuses PATTERN_WEEK_WITHOUT_REST, PATTERN_GAP_TOO_SHORT and PATTERN_HOURS_EXCEEDED."""
        if not system.counts_gaps:
            return
        try:
            broken = next(self._broken(pattern, parameters, days, system=system), None)
        except Refusal as refusal:
            log().warning("pattern_caps_not_checked", reason=refusal.reason)
            return
        if broken:
            raise broken

    def _broken(self, pattern: str, parameters: str, days: Days, *, system: HoursSystem) -> Iterator[PatternCapBroken]:
        words, most_minutes = self.book.cells(pattern, parameters), _frame_minutes(parameters)
        for month in _months(*days):
            facts = days_between(month_days((month.year, month.month), "UTC", {}), days[0], days[1] or date.max)
            plain = self._planned(pattern, parameters, facts)
            if any(self._faults(pattern, plain, most_minutes, system=system)):
                rotas = [with_codes(facts, codes) for codes in least_rest(plain, words, self.limits)]
                tried = [self._planned(pattern, parameters, rota) for rota in rotas]
                faults = [list(self._faults(pattern, one, most_minutes, system=system)) for one in tried]
                yield from faults[0] if all(faults) else ()

    def _planned(self, pattern: str, parameters: str, days: tuple[DayFacts, ...]) -> Sequence[PlannedDate]:
        return self.book.planned(pattern, parameters, days, time_zone="UTC").body.days

    def _faults(
        self, pattern: str, days: Sequence[PlannedDate], most_minutes: int | None, *, system: HoursSystem
    ) -> Iterator[PatternCapBroken]:
        limits, tenths = self.limits, weekly_tenths(days, most_minutes) if _is_whole_month(days) else 0
        weeks = list(restless_weeks(days, limits)) if system.counts_weeks else []
        if weeks:
            yield PatternWithoutRest(pattern=pattern, weeks=weeks, cap=limits.weekly_rest_days)
        for gap in short_gaps(days, limits) if most_minutes is None else ():
            yield PatternGapTooShort(pattern=pattern, gap=gap, cap=limits.gap_hours)
        if system.counts_weeks and tenths > 10 * limits.weekly_hours:
            month, count = days[0].work_date, sum(bool(day.halves) for day in days)
            yield PatternHoursTooLong(pattern=pattern, month=month, tenths=tenths, cap=limits.weekly_hours, count=count)


def _is_whole_month(days: Sequence[PlannedDate]) -> bool:
    """Whether they have a month's average: who begins on the tenth may well work six days of seven until its end."""
    return bool(days) and len(days) == last_day(days[0].work_date.replace(day=1)).day


def _frame_minutes(parameters: str) -> int | None:
    """How long a day is of which no more than the frame is planned; nothing where the plan says it."""
    found = orjson.loads(parameters).get(FRAME)
    return found if isinstance(found, int) else None


def _months(first: date, last: date | None) -> Iterator[date]:
    month = first.replace(day=1)
    for _ in range(MONTHS):
        if last and month > last:
            return
        yield month
        month = next_month(month)
