"""The floating day: one a month on top of the week's days of rest, as a word of the rota of its own (HRS-1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from bylaw_hooks import Hours

FLOATING = "floating"
"""The rota's word for it. The service takes it out of the plan of every pattern alike, so that none has to know it."""
CLAUSE = "HRS-1"
FLOATING_OFF = Hours(CLAUSE)
"""A day that the pattern works is off by it; one that is off anyway stays as it is."""


def not_granted(days: Iterable[date], *, a_month: int, kept_months: int, since: date = date.min) -> Iterator[date]:
    """Of somebody's floating days those that no month has left: each takes the oldest that is still there (HRS-1).

    A month brings so many, which lapse with it, or are kept for so many months more; none comes before `since`, when
    somebody was hired.
    """
    taken = Counter[int]()
    for day in sorted(days):
        months = range(max(_number(day) - kept_months, _number(since)), _number(day) + 1)
        from_month = next((month for month in months if taken[month] < a_month), None)
        if from_month is None:
            yield day
        else:
            taken[from_month] += 1


def _number(day: date) -> int:
    return 12 * day.year + day.month
