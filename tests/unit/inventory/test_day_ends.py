"""What an entry into a day gone by does to each day since: by hand, and by chance beside a sum from the beginning."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from bylaw_inventory.rules.books.day_ends import DayEnd, day_ends, first_below_zero
from hypothesis import given
from hypothesis import strategies as st

MONDAY = date(2026, 3, 2)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]
AMOUNTS = st.integers(-9, 9).map(Decimal)
BY_DAY = st.dictionaries(st.sampled_from(DAYS), AMOUNTS)


@pytest.mark.clause("WHS-4")
def test_each_day_from_its_own_on_ends_with_so_much_more() -> None:
    booked, posted = {DAYS[1]: Decimal(-3)}, {MONDAY: Decimal(-5)}
    assert day_ends(Decimal(7), booked, posted, first=MONDAY, last=DAYS[2]) == [
        DayEnd(MONDAY, Decimal(10), Decimal(5)),
        DayEnd(DAYS[1], Decimal(7), Decimal(2)),
        DayEnd(DAYS[2], Decimal(7), Decimal(2)),
    ]


@pytest.mark.clause("WHS-4")
def test_the_first_day_that_would_end_below_zero_is_named_and_no_day_before_the_entry() -> None:
    booked, posted = {DAYS[2]: Decimal(10)}, {DAYS[1]: Decimal(-5)}
    assert first_below_zero(Decimal(13), booked, posted) == (DAYS[1], Decimal(-2))
    assert first_below_zero(Decimal(15), booked, posted) is None
    assert first_below_zero(Decimal(-1), {}, {MONDAY: Decimal(2)}) is None


@pytest.mark.clause("WHS-4")
@given(begun=st.integers(0, 20).map(Decimal), booked=BY_DAY, posted=BY_DAY)
def test_it_agrees_with_a_sum_from_the_beginning(
    begun: Decimal, booked: dict[date, Decimal], posted: dict[date, Decimal]
) -> None:
    on_hand = begun + sum(booked.values(), Decimal(0))
    ends = day_ends(on_hand, booked, posted, first=DAYS[0], last=DAYS[-1])
    before = after = begun
    for day, end in zip(DAYS, ends, strict=True):
        before += booked.get(day, Decimal(0))
        after += booked.get(day, Decimal(0)) + posted.get(day, Decimal(0))
        assert end == DayEnd(day, before, after)
    lowered = [day for day, amount in posted.items() if amount < 0]
    spoilt = [(end.day, end.after) for end in ends if lowered and end.day >= min(lowered) and end.after < 0]
    found = first_below_zero(on_hand, booked, posted)
    assert (found is None) == (spoilt == [])
    if found and found[0] in {*booked, *posted}:
        assert found in spoilt
