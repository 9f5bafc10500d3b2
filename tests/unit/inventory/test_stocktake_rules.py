"""What a stocktake counts, what differs beyond tolerance, and which movement each difference makes (WHS-6)."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import pytest
from bylaw_inventory.rules.goods.place import Place, PlaceKind
from bylaw_inventory.rules.ledger.balance import NO_LOT, BalanceKey
from bylaw_inventory.rules.stocktake.counting import Difference, DifferenceKind, Line, LineState, Standing, differences
from bylaw_inventory.rules.stocktake.explaining import (
    Explained,
    Explanation,
    Proposal,
    adjusting_lines,
    carried_over,
)
from bylaw_inventory.rules.stocktake.stocktake import StocktakeWish, Tolerance, stocktake_of
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-6")

TEA, HOUSE, BIN, LOST, SCRAP = (UUID(int=number) for number in range(1, 6))
KEY = BalanceKey(TEA, BIN, NO_LOT)
PIECES = st.decimals(0, 10**15 - 1, places=6)


def line(sound: str, damaged: str, book: str, *, confirmed: bool = False) -> Line:
    """A line with the count that stands."""
    standing = Standing(1, Decimal(sound), Decimal(damaged), Decimal(book), 3, confirmed)
    return Line(KEY, "piece", "", "A-01", "TEA", standing)


@pytest.mark.parametrize(
    ("tolerance", "sound", "state"),
    [
        (Tolerance(), "99", LineState.RECOUNT),
        (Tolerance(), "100", LineState.COUNTED),
        (Tolerance(percent=Decimal(1)), "99", LineState.COUNTED),
        (Tolerance(percent=Decimal(1)), "98.999999", LineState.RECOUNT),
        (Tolerance(pieces=Decimal(2)), "102", LineState.COUNTED),
        (Tolerance(pieces=Decimal(2)), "102.000001", LineState.RECOUNT),
    ],
)
def test_a_difference_beyond_tolerance_is_to_be_counted_again(
    tolerance: Tolerance, sound: str, state: LineState
) -> None:
    assert line(sound, "0", "100").state(tolerance) is state
    assert line(sound, "0", "100", confirmed=True).state(tolerance) is LineState.COUNTED


def test_of_nothing_in_the_book_any_per_cent_is_nothing() -> None:
    assert line("1", "0", "0").state(Tolerance(percent=Decimal(100))) is LineState.RECOUNT


def test_what_nobody_counted_is_not_counted() -> None:
    assert Line(KEY, "piece", "", "A-01", "TEA", None).state(Tolerance(percent=Decimal(100))) is LineState.UNCOUNTED


@given(sound=PIECES, damaged=PIECES, book=PIECES)
def test_what_differs_brings_the_book_to_what_was_found_sound(sound: Decimal, damaged: Decimal, book: Decimal) -> None:
    standing = Standing(1, sound, damaged, book, 0, confirmed=True)
    found = list(differences([Line(KEY, "piece", "", "A-01", "TEA", standing)]))
    change = {DifferenceKind.SURPLUS: 1, DifferenceKind.SHORTAGE: -1, DifferenceKind.DAMAGE: -1}
    assert book + sum(change[one.kind] * one.quantity for one in found) == sound
    assert all(one.quantity > 0 for one in found)
    assert {DifferenceKind.SURPLUS, DifferenceKind.SHORTAGE} - {one.kind for one in found}


def explained(kinds: Sequence[DifferenceKind]) -> list[Explained]:
    """A difference of three of each kind."""
    said = Explanation("miscounted", HOUSE, Proposal.ADJUST, "")
    return [
        Explained(number, Difference(KEY, kind, Decimal(3), Decimal(10)), said, "piece")
        for number, kind in enumerate(kinds, 1)
    ]


def test_each_difference_is_a_movement_against_lost_and_found_or_scrap() -> None:
    kinds = {BIN: PlaceKind.BIN, LOST: PlaceKind.LOST_AND_FOUND, SCRAP: PlaceKind.SCRAP}
    places = {one: Place(one, HOUSE, kind.name, kind) for one, kind in kinds.items()}
    made = adjusting_lines(explained(list(DifferenceKind)), places)
    assert [(one.from_place, one.to_place, one.quantity) for one in made] == [
        (LOST, BIN, Decimal(3)),
        (BIN, LOST, Decimal(3)),
        (BIN, SCRAP, Decimal(3)),
    ]


def test_what_was_said_of_the_very_same_difference_is_kept_when_it_is_counted_again() -> None:
    (before,) = explained([DifferenceKind.SHORTAGE])
    same, other = (Difference(KEY, DifferenceKind.SHORTAGE, Decimal(value), Decimal(10)) for value in (3, 4))
    assert carried_over([same, other], [before]) == [(same, before), (other, None)]


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (((), ()), ((), ()), True),
        (((BIN,), ()), ((), ()), True),
        (((BIN,), ()), ((LOST,), ()), False),
        (((BIN,), (TEA,)), ((BIN, LOST), ()), True),
        (((BIN,), (TEA,)), ((BIN,), (HOUSE,)), False),
    ],
)
def test_two_stocktakes_meet_where_both_count_the_same_goods_at_the_same_place(
    one: tuple[tuple[UUID, ...], ...], other: tuple[tuple[UUID, ...], ...], *, meets: bool
) -> None:
    first, second = (StocktakeWish(HOUSE, *named, Tolerance(), freeze=False) for named in (one, other))
    assert (first.meets(second), second.meets(first)) == (meets, meets)
    assert not first.meets(StocktakeWish(SCRAP, (), (), Tolerance(), freeze=False))


def test_a_decision_is_about_one_report_of_a_stocktake() -> None:
    assert stocktake_of("stocktakes/7/reports/12") == ("stocktakes/7", 12)
