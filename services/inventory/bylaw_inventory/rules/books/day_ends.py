"""What an entry into a day gone by does to the balances at the end of that day and of each day since (WHS-4)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from bylaw_inventory.rules.quantity import ZERO

ByDay = Mapping[date, Decimal]
"""By how much a balance changed on each day, where it did."""


class DayEnd(NamedTuple):
    """A balance at the end of a day, without and with what is looked at."""

    day: date
    before: Decimal
    after: Decimal


def day_ends(on_hand: Decimal, booked: ByDay, posted: ByDay, *, first: date, last: date) -> list[DayEnd]:
    """A balance's ends of the days from a first to a last.

    `on_hand` is what is there now, `booked` what the card says of the days behind the first, `posted` what is added.
    """
    before, after = on_hand, on_hand + sum(posted.values(), ZERO)
    found: list[DayEnd] = []
    day = last
    while day >= first:
        found.append(DayEnd(day, before, after))
        before -= booked.get(day, ZERO)
        after -= booked.get(day, ZERO) + posted.get(day, ZERO)
        day -= timedelta(days=1)
    return found[::-1]


def first_below_zero(on_hand: Decimal, booked: ByDay, posted: ByDay) -> tuple[date, Decimal] | None:
    """The first day at whose end there would be less than nothing, and how much; nothing where there is none.

    Only days that the added entries lower can be spoilt by them: from the first of those on.
    """
    lowered = [day for day, quantity in posted.items() if quantity < ZERO]
    if not lowered:
        return None
    first, found = min(lowered), None
    after = on_hand + sum(posted.values(), ZERO)
    for day in sorted({*booked, *posted}, reverse=True):
        if day < first:
            break
        if after < ZERO:
            found = day, after
        after -= booked.get(day, ZERO) + posted.get(day, ZERO)
    return found
