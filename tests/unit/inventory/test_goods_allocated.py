"""What a reservation takes of which bin: never more than is free or wanted, nothing expired, each balance once."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from bylaw_inventory.rules.ledger.balance import NO_LOT, Balance, BalanceKey, Limits
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.reserving.reservation import FreeBalance, allocated
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 9, 1)
ITEMS = [uuid5(NO_LOT, name) for name in ("tea", "cup", "milk")]
PLACES = [uuid5(NO_LOT, f"A-{number}") for number in range(4)]
AMOUNTS = st.decimals(0, 9, places=1)


def bin_of(
    item: UUID, place: UUID, amounts: tuple[Decimal, Decimal], *, below_zero: bool, days: int | None
) -> FreeBalance:
    """A bin with so much on hand, some of it reserved, that expires so many days from now."""
    on_hand, reserved = max(amounts), min(amounts)
    kept = Balance(BalanceKey(item, place, NO_LOT), Limits(below_zero), on_hand, reserved)
    return FreeBalance(kept, None if days is None else TODAY + timedelta(days=days))


BINS = st.lists(
    st.builds(
        bin_of,
        st.sampled_from(ITEMS),
        st.sampled_from(PLACES),
        st.tuples(AMOUNTS, AMOUNTS),
        below_zero=st.booleans(),
        days=st.none() | st.integers(-2, 5),
    ),
    unique_by=lambda one: one.balance.key,
)
WANTED = st.dictionaries(st.sampled_from(ITEMS), AMOUNTS.filter(bool))


@pytest.mark.clause("WHS-7")
@given(WANTED, BINS)
def test_nothing_is_taken_that_is_not_free_wanted_and_sound(
    wanted: dict[UUID, Decimal], bins: list[FreeBalance]
) -> None:
    taken, short = allocated(wanted, bins, TODAY)
    expires = {one.balance.identifier: one.expires for one in bins}
    by_item = defaultdict[UUID, Decimal](Decimal)
    for balance, quantity in taken:
        assert quantity > ZERO
        assert quantity <= balance.free or balance.limits.below_zero
        assert (expires[balance.identifier] or TODAY) >= TODAY
        by_item[balance.key.item] += quantity
    assert len({one.balance.identifier for one in taken}) == len(taken)
    for item, quantity in wanted.items():
        free = sum((one.balance.free for one in bins if one.balance.key.item == item and sound(one)), ZERO)
        endless = any(one.balance.limits.below_zero for one in bins if one.balance.key.item == item and sound(one))
        assert by_item[item] == (quantity if endless else min(quantity, free))
        assert short.get(item) == (None if endless or free >= quantity else free)


@given(WANTED, BINS)
def test_what_expires_first_is_emptied_before_the_next_is_touched(
    wanted: dict[UUID, Decimal], bins: list[FreeBalance]
) -> None:
    taken, _ = allocated(wanted, bins, TODAY)
    used = {one.balance.identifier: one.quantity for one in taken}
    for late in (one for one in bins if one.balance.identifier in used and not one.balance.limits.below_zero):
        for soon in (one for one in bins if one.balance.key.item == late.balance.key.item and sound(one)):
            if (soon.expires or date.max) < (late.expires or date.max):
                assert used.get(soon.balance.identifier, ZERO) >= soon.balance.free


def sound(one: FreeBalance) -> bool:
    """Whether it has not expired."""
    return one.expires is None or one.expires >= TODAY
