"""The days that leave takes as rows, and back: what each takes of its day, and what it excuses."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveDayTaken

_SPANS = ("work_date", "part", "spans", "minutes", "days_over", "days_under", "given_back", "halves")
OF_DAY = ("person", "request", "cut_from", "cut_to", *_SPANS)
OF_REQUEST = ("from_minute", "to_minute", "kind", "title_zh", "title_en", "clause", "paid")


def excused_day(row: tuple[Any, ...]) -> ExcusedDay:
    """From the columns in their order: a month of thousands has ten thousands of them."""
    person, request, cut_from, cut_to, *taken, start, end, kind, title_zh, title_en, clause, paid = row
    hours = (start, end) if cut_from is None else (cut_from, cut_to)
    day = _measured_day(taken, None if hours[0] is None else hours)
    return ExcusedDay(person, request, kind, (title_zh, title_en), clause, day, paid)


def hours_of(row: Any) -> tuple[int, int] | None:
    """The minutes on the wall that a request asked for; nothing of one by days."""
    return None if row.from_minute is None else (row.from_minute, row.to_minute)


def day_taken(row: Any, hours: tuple[int, int] | None) -> LeaveDayTaken:
    """What is taken of a day, of a request by these hours; where they were cut since, what is left of them."""
    hours = hours if row.cut_from is None else (row.cut_from, row.cut_to)
    return _measured_day([getattr(row, name) for name in _SPANS], hours)


def _measured_day(measured: Sequence[Any], hours: tuple[int, int] | None) -> LeaveDayTaken:
    """From `_SPANS` in their order."""
    work_date, part, spans, minutes, over, under, given_back, halves = measured
    counted = (_fraction(over, under), given_back, _pairs(halves or ()))
    return LeaveDayTaken(work_date, part, hours, _pairs(spans), minutes, *counted)


def _pairs(spans: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple([(start, end) for start, end in spans]) if spans else ()


@cache
def _fraction(over: int, under: int) -> Fraction:
    return Fraction(over, under)


def day_row(made: Leave, day: LeaveDayTaken) -> dict[str, object]:
    """A day of a new request."""
    own = {"request": made.identifier, "person": made.person, "work_date": day.work_date}
    return {**own, **measured(day), "stands": True, "given_back": False}


def measured(day: LeaveDayTaken) -> dict[str, object]:
    """What is taken of it."""
    spans: Sequence[Sequence[int]] = [list(span) for span in day.spans]
    start, end = day.hours or (None, None)
    return {
        "part": day.part,
        "spans": spans,
        "minutes": day.minutes,
        "days_over": day.days.numerator,
        "days_under": day.days.denominator,
        "cut_from": start,
        "cut_to": end,
        "halves": [list(half) for half in day.halves],
    }
