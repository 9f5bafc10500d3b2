"""Rest by rota: the published rota says who rests when, up to so many days a month; all other days are worked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bylaw_hooks import Both, DayFacts, DayKind, PlannedDay, Segment, ShiftPattern, spans_in_order

from bylaw_rest_by_rota.parameters import Rota

REST = "rest"
"""The rota's word for a day of rest, the only one it knows; all other days are worked."""
KEPT_DAYS = 4_096


class Hours(NamedTuple):
    """Of a worked day, in minutes on the wall, with its ladder."""

    spans: tuple[tuple[int, int], ...] = ()
    sign_in_lead_minutes: int = 0
    late_minutes: int = 0
    early_minutes: int = 0


REST_OF_A_DAY = Hours()


class RestByRota(ShiftPattern[Rota]):
    """Version 1; a change of what it answers is a version 2 beside it."""

    name, version, title = "rest-by-rota", 1, Both("轮休", "Rest by rota")
    parameters = Rota

    def cells(self, parameters: Rota) -> tuple[str, ...]:  # noqa: ARG002 - the same under all of them
        return (REST,)

    def plan(self, days: tuple[DayFacts, ...], parameters: Rota) -> Iterator[PlannedDay]:
        resting, hours = frozenset(_rest_days(days, parameters)), _hours(parameters)
        for day in days:
            works, why = _by_calendar(day, parameters) or (day.work_date not in resting, "HRS-2")
            yield _planned(day, why, hours if works else REST_OF_A_DAY)


def _by_calendar(day: DayFacts, rota: Rota) -> tuple[bool, str] | None:
    """Whether the official calendar has the day worked or off (HRS-3), before any rota."""
    if day.kind is DayKind.HOLIDAY and rota.holidays_off:
        return False, "HRS-3"
    if day.kind is DayKind.MAKE_UP_WORK and rota.makeup_day_works_all:
        return True, "HRS-3"
    return None


def _rest_days(days: tuple[DayFacts, ...], rota: Rota) -> Iterator[date]:
    """The rota's days of rest, of each month the first ones up to its quota; what goes beyond is worked (HRS-2)."""
    taken = Counter[tuple[int, int]]()
    if rota.holidays_off and rota.holidays_use_rest_days:
        taken.update(_month(day) for day in days if day.kind is DayKind.HOLIDAY)
    for day in days:
        if day.cell == REST and _by_calendar(day, rota) is None and taken[_month(day)] < rota.rest_days:
            taken[_month(day)] += 1
            yield day.work_date


def _month(day: DayFacts) -> tuple[int, int]:
    return day.work_date.year, day.work_date.month


def _hours(rota: Rota) -> Hours:
    return Hours(tuple(spans_in_order(rota.hours)), rota.sign_in_lead_minutes, rota.late_minutes, rota.early_minutes)


@lru_cache(maxsize=KEPT_DAYS)
def _planned(day: DayFacts, why: str, hours: Hours) -> PlannedDay:
    """One object for all who have such a day: a plan of their own differs on a few days only."""
    return PlannedDay(day.work_date, why, tuple(_segments(day, hours)))


def _segments(day: DayFacts, hours: Hours) -> Iterator[Segment]:
    """The hours of HRS-4 with the sign-in of HRS-5; hours that a clock put forward skips are not worked."""
    for start_wall, end_wall in hours.spans:
        start, end = day.elapsed(start_wall), day.elapsed(end_wall)
        if end > start:
            yield Segment(
                start=start,
                end=end,
                due=start - hours.sign_in_lead_minutes,
                clause="HRS-4",
                due_clause="HRS-5" if hours.sign_in_lead_minutes else "HRS-4",
                late_minutes=hours.late_minutes,
                early_minutes=hours.early_minutes,
            )
