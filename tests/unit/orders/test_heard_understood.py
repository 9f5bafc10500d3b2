"""What inventory tells of stock is understood the same in whatever pages it comes; the rest is left out (ORD-2)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bylaw_orders.rules.following.heard import (
    Heard,
    Inspected,
    InspectedTold,
    InspectionReversed,
    Issued,
    IssueReversed,
    MovedGoods,
    Movement,
    Outcome,
    ParcelHandedOver,
    ParcelTold,
    ReservationEnd,
    ReservationEnded,
    Returned,
    ReturnReversed,
    Reversed,
    Told,
    asked_about,
    summed,
    understood,
)
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-2")
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUSE, TEA, SALT = UUID(int=1), UUID(int=2), UUID(int=3)
GOODS = (MovedGoods(TEA, Decimal(2)),)


def movement(number: int) -> UUID:
    return UUID(int=100 + number)


def told_at(place: int, kind: int, about: int) -> Told:
    """Something told at a place: a movement has the place's own id; a reversal or parcel is about an earlier one."""
    own, other = movement(place), movement(about)
    reservation = UUID(int=1000 + about)
    made: dict[int, Any] = {
        0: lambda: Issued(own, HOUSE, reservation, GOODS, AT),
        1: lambda: Returned(own, HOUSE, (f"R-{about}",), GOODS, AT),
        2: lambda: ReservationEnded(reservation, HOUSE, ReservationEnd.RELEASED, AT),
        3: lambda: Reversed(own, other, HOUSE, GOODS, AT),
        4: lambda: ParcelTold(own, HOUSE, other, "SF", f"SF-{place}", AT),
        5: lambda: InspectedTold(own, HOUSE, other, Outcome.SCRAP, GOODS, AT),
    }
    return made[kind]()  # type: ignore[no-any-return]


histories = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=12).map(
    lambda drawn: [told_at(place, kind, about) for place, (kind, about) in enumerate(drawn)]
)


def read_in_pages(history: Sequence[Told], size: int) -> list[Heard]:
    """As the follower reads: of what is kept only the movements that a page asks about are looked up."""
    kept, found = dict[UUID, Movement](), list[Heard]()
    for first in range(0, len(history), size):
        page = history[first : first + size]
        before = {one: kept[one] for one in asked_about(page) if one in kept}
        heard = understood(page, before)
        kept |= {one.movement: one for one in heard if isinstance(one, Movement)}
        found += heard
    return found


@given(histories, st.integers(1, 5))
def test_it_does_not_matter_where_a_page_ends(history: list[Told], size: int) -> None:
    assert read_in_pages(history, size) == understood(history, {})


@given(histories)
def test_what_is_understood_keeps_its_order_and_is_about_something_that_was_told(history: list[Told]) -> None:
    heard, issues, inspected = understood(history, {}), set[UUID](), set[UUID]()
    returns = dict[UUID, tuple[str, ...]]()
    for one in heard:
        match one:
            case Issued():
                issues.add(one.movement)
            case Returned():
                returns[one.movement] = one.slips
            case IssueReversed():
                assert one.reverses in issues
            case ParcelHandedOver():
                assert one.movement in issues
            case ReturnReversed():
                assert one.reverses in returns
            case Inspected():
                assert one.slips in returns.values()
                inspected.add(one.movement)
            case InspectionReversed():
                assert one.reverses in inspected
            case ReservationEnded():
                pass
    plain = [one for one in history if isinstance(one, Issued | Returned | ReservationEnded)]
    assert [one for one in heard if one in plain] == plain


@given(st.lists(st.tuples(st.sampled_from([TEA, SALT]), st.decimals(0, 10, places=3)), max_size=6))
def test_the_same_item_in_several_lines_is_one_and_nothing_is_lost(lines: list[tuple[UUID, Decimal]]) -> None:
    found = summed(MovedGoods(*line) for line in lines)
    assert [one.item for one in found] == sorted({item for item, _ in lines})
    assert sum((one.quantity for one in found), Decimal(0)) == sum((value for _, value in lines), Decimal(0))
