"""Holds months of the rota against the caps on working time: what a publication makes worse is refused (HRS-7)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import NamedTuple
from uuid import UUID

from bylaw_hooks import DayKind

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import DAY
from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import REST, RotaCell
from bylaw_attendance.rules.rota.rota_cap_refusals import GapTooShort, HoursTooLong, RotaCapBroken, WeekWithoutRest
from bylaw_attendance.rules.rota.rota_caps import (
    RotaLimits,
    ShortGap,
    Strain,
    monday_of,
    restless_weeks,
    short_gaps,
    strain,
)
from bylaw_attendance.rules.rota.rota_month import RotaMonth, rest_not_granted
from bylaw_attendance.use_cases.rota.plan_rota import PlanRota, with_words

OFF = (REST, FLOATING)


class Touched(NamedTuple):
    """Somebody's month that a publication changes: their cells as they are, as they would stand, the days changed."""

    person: UUID
    month: date
    kept: Mapping[date, RotaCell]
    standing: Mapping[date, RotaCell]
    days: Collection[date]


@dataclass(frozen=True, slots=True)
class CheckRotaCaps:
    """Nothing is asked twice of months whose plans are the same; a month without fault costs one look at its days.

    A month is at fault where it breaks a cap that it did not break so before, and no day of rest that may still be
    planned mends it: a rota can be published week by week, and an old fault stops nobody who makes it no worse.
    """

    plan: PlanRota
    limits: RotaLimits
    _strains: dict[tuple[bytes, ...], Strain] = field(default_factory=dict)

    def faults(self, touched: Touched, month: RotaMonth) -> Iterator[RotaCapBroken]:
        """The caps that this month, planned as it would stand, breaks through what is changed."""
        found, system = self._strain(month), self.plan.hours_system(touched.person, touched.month)
        if system.counts_weeks:
            yield from self._weeks(touched, month, found)
        if added := self._added(touched):
            if system.counts_gaps:
                yield from self._gaps(touched, month, found, added)
            if system.counts_weeks:
                yield from self._hours(touched, month, found, added)

    def _strain(self, month: RotaMonth) -> Strain:
        if month.plans not in self._strains:
            self._strains[month.plans] = strain(month.dates, self.limits)
        return self._strains[month.plans]

    def _added(self, touched: Touched) -> list[date]:
        """The changed days that are not simply off."""
        return sorted(day for day in touched.days if touched.standing[day].code not in OFF)

    def _weeks(self, touched: Touched, month: RotaMonth, found: Strain) -> Iterator[WeekWithoutRest]:
        weeks = [*self._first_week(touched, month), *found.restless]
        if not weeks or self._mended(touched, month, weeks):
            return
        before = self.plan.month(touched.person, touched.month, touched.kept)
        old = [*self._first_week(touched._replace(standing=touched.kept), before), *self._strain(before).restless]
        if len(weeks) > len(old) or self._mended(touched._replace(standing=touched.kept), before, old):
            yield WeekWithoutRest(person=month.person, weeks=weeks, cap=self.limits.weekly_rest_days)

    def _first_week(self, touched: Touched, month: RotaMonth) -> list[date]:
        """The week that began in the month before, if it is without rest; it counts in the month in which it ends.

        Of whom there was no rota in that month nobody knows when they rested.
        """
        monday = monday_of(touched.month)
        here = [one.planned for one in month.days[:7] if monday_of(one.planned.work_date) == monday]
        before = [monday + DAY * number for number in range((touched.month - monday).days)]
        rests = sum(not day.halves for day in here) + sum(_is_off(touched.standing.get(day)) for day in before)
        if not before or rests >= self.limits.weekly_rest_days or not self._had_rota(touched):
            return []
        earlier = self.plan.dates(touched.person, monday, touched.month - DAY, touched.standing)
        return list(restless_weeks([*earlier, *here], self.limits))

    def _had_rota(self, touched: Touched) -> bool:
        before = touched.month - DAY
        here = any(day.replace(day=1) == before.replace(day=1) for day in touched.standing)
        return here or touched.person in self.plan.facts.with_rota_before

    def _mended(self, touched: Touched, month: RotaMonth, weeks: Collection[date]) -> bool:
        """Whether the days of rest that may still be planned would give each of these weeks its own.

        One that takes another's place in the quota is none.
        """
        planned, trial = self._rested(touched, month, self._lacking(month, weeks))
        restless = self._strain(planned).restless or self._first_week(trial, planned)
        return not restless and not any(rest_not_granted(planned))

    def _rested(self, touched: Touched, month: RotaMonth, days: Iterable[date]) -> tuple[RotaMonth, Touched]:
        """The month with rest on these days, as far as the rota's words and the floating day go."""
        words = [(day, self.plan.free_word(touched.person, day)) for day in days]
        floats = [one for one in words if one[1] == FLOATING]
        on_leave = [one.amount for one in self.plan.facts.floating_leave.get(touched.person, ()) if _in(month, one.day)]
        taken = sum(cell.code == FLOATING for cell in month.cells.values()) + ceil(sum(on_leave))
        offered = [one for one in words if one[1] == REST] + floats[: max(self.limits.floating_days - taken, 0)]
        cells = with_words(touched.standing, touched.person, offered)
        return self.plan.month(touched.person, touched.month, cells), touched._replace(standing=cells)

    def _lacking(self, month: RotaMonth, weeks: Collection[date]) -> Iterator[date]:
        """Of each week as many worked days without a cell as it lacks days off."""
        for monday in weeks:
            week = [day for day in month.dates if monday_of(day.work_date) == monday]
            lacking = self.limits.weekly_rest_days - sum(not day.halves for day in week)
            yield from list(_open(week, month))[: max(lacking, 0)]

    def _gaps(
        self, touched: Touched, month: RotaMonth, found: Strain, added: Collection[date]
    ) -> Iterator[GapTooShort]:
        gaps = [*found.short, *self._gaps_at_edges(touched, month, added)]
        if not gaps:
            return
        before = self.plan.month(touched.person, touched.month, touched.kept)
        old = touched._replace(standing=touched.kept)
        known = dict([*self._strain(before).short, *self._gaps_at_edges(old, before, added)])
        worse = [gap for gap in gaps if gap.minutes < known.get(gap.day, gap.minutes + 1)]
        if worse:
            yield GapTooShort(person=month.person, gaps=worse, cap=self.limits.gap_hours)

    def _gaps_at_edges(self, touched: Touched, month: RotaMonth, added: Collection[date]) -> Iterator[ShortGap]:
        """Of the first and the last day, where they change, with the day of the month beside them."""
        first, last, dates = touched.month, last_day(touched.month), month.dates
        if first in added:
            before = self.plan.dates(touched.person, first - DAY, first - DAY, touched.standing)
            yield from short_gaps([*before, *dates[:1]], self.limits)
        if last in added:
            after = self.plan.dates(touched.person, last + DAY, last + DAY, touched.standing)
            yield from short_gaps([*dates[-1:], *after], self.limits)

    def _hours(
        self, touched: Touched, month: RotaMonth, found: Strain, added: Sequence[date]
    ) -> Iterator[HoursTooLong]:
        if not found.hours_exceed(self.limits):
            return
        before = self._strain(self.plan.month(touched.person, touched.month, touched.kept))
        rested, _ = self._rested(touched, month, _open(month.dates, month))
        if found.weekly_tenths > before.weekly_tenths and self._strain(rested).hours_exceed(self.limits):
            tenths, cap = found.weekly_tenths, self.limits.weekly_hours
            yield HoursTooLong(person=month.person, month=month.month, tenths=tenths, cap=cap, days=added)


def _in(month: RotaMonth, day: date) -> bool:
    return day.replace(day=1) == month.month


def _is_off(cell: RotaCell | None) -> bool:
    return bool(cell and cell.code in OFF)


def _open(days: Iterable[PlannedDate], month: RotaMonth) -> Iterator[date]:
    """Worked days that the rota says nothing of; on a make-up working day everybody works."""
    for day in days:
        cell = month.cells.get(day.work_date)
        free = cell is None or cell.says_nothing
        if free and day.halves and day.calendar_kind is not DayKind.MAKE_UP_WORK:
            yield day.work_date
