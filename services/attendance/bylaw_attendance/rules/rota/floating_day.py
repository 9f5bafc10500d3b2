"""The floating day: one a month on top of the week's days of rest, as a word of the rota or as leave (HRS-1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from bylaw_hooks import Hours

FLOATING = "floating"
"""The rota's word for it. The service takes it out of the plan of every pattern alike, so that none has to know it.

It is also the balance of leave that is the same day: whoever has it by the one does not get it by the other.
"""
CLAUSE = "HRS-1"
FLOATING_OFF = Hours(CLAUSE)
"""A day that the pattern works is off by it; one that is off anyway stays as it is."""


class FloatingDay(NamedTuple):
    """A floating day as it is taken: a whole one by the rota; as leave it may be less, and names its request."""

    day: date
    amount: Fraction = Fraction(1)
    leave: str = ""


def not_granted(
    days: Iterable[FloatingDay], *, a_month: int, kept_months: int, since: date = date.min
) -> Iterator[FloatingDay]:
    """Of somebody's floating days those that no month has left: each takes the oldest that is still there (HRS-1).

    A month brings so many, which lapse with it, or are kept for so many months more; none comes before `since`, when
    somebody was hired.
    """
    taken: dict[int, Fraction] = defaultdict(Fraction)
    for one in sorted(days):
        months = range(max(month_number(one.day) - kept_months, month_number(since)), month_number(one.day) + 1)
        if sum(a_month - taken[month] for month in months) < one.amount:
            yield one
            continue
        wanted = one.amount
        for month in months:
            used = min(a_month - taken[month], wanted)
            taken[month] += used
            wanted -= used


def month_number(day: date) -> int:
    """Its month, counted on."""
    return 12 * day.year + day.month
