"""Quantities in further units come to exactly what fractions say, or are refused: nothing is rounded (GDS-1)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.ledger.balance import NO_LOT, Balance, BalanceKey, Change, Limits, entered
from bylaw_inventory.rules.ledger.chain import Entry, broken_at, link
from bylaw_inventory.rules.ledger.movement import MovedLine, legs, said_on_cards, summed
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.units.converting import Stated, counted_of, in_own_unit, quantity_of, stated_of
from bylaw_inventory.rules.units.unit import ItemUnit, Said, check_names, kept
from hypothesis import assume, given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("GDS-1")
NUMBERS = st.decimals("0.000001", "999999999999999.999999", places=6)
SMALL = st.integers(1, 1000).map(Decimal)
DIGITS = st.integers(0, 6)
CARTON = ItemUnit(UUID(int=1), "carton", Decimal(24), Decimal(1))
ROLL = ItemUnit(UUID(int=2), "roll", Decimal(100), Decimal(3))
AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
TEA, SHELF, DOOR = UUID(int=7), UUID(int=8), UUID(int=9)


def counted(*units: ItemUnit, unit: str = "piece", digits: int = 0) -> Counted:
    """How an item is counted."""
    return Counted("TEA", unit, digits, units)


def reason(found: object) -> str:
    """Why it is none."""
    assert isinstance(found, Fault)
    return found.reason


def moved(value: int, said: Said | None = None, *, back: bool = False) -> MovedLine:
    """So much from the shelf to the door, or back."""
    ends = (DOOR, SHELF) if back else (SHELF, DOOR)
    return MovedLine(TEA, NO_LOT, *ends, Decimal(value), "piece", said=said)


def cartons(number: int) -> Said:
    """So many cartons."""
    return Said(CARTON.identifier, CARTON.name, Decimal(number))


@given(NUMBERS, NUMBERS, NUMBERS, DIGITS)
def test_what_converts_is_exactly_what_fractions_say_and_what_does_not_is_refused(
    quantity: Decimal, base: Decimal, per: Decimal, digits: int
) -> None:
    exact = Fraction(quantity) * Fraction(base) / Fraction(per)
    found = stated_of(written(quantity), "u", counted(ItemUnit(UUID(int=1), "u", base, per), digits=digits))
    fits = (exact * 10**digits).denominator == 1 and exact < 10**15
    if isinstance(found, Stated):
        assert fits
        assert Fraction(found.quantity) == exact
        assert found.said == Said(UUID(int=1), "u", quantity)
    else:
        assert not fits
        assert found.reason == "QUANTITY_NOT_CONVERTIBLE"


@given(st.integers(1, 10**6), SMALL, SMALL, DIGITS)
def test_there_and_back_again_it_is_the_same(many: int, base: Decimal, per: Decimal, digits: int) -> None:
    unit, back = ItemUnit(UUID(int=1), "u", base, per), ItemUnit(UUID(int=2), "v", per, base)
    there = in_own_unit(Decimal(many) * per, unit, digits)
    assert there is not None
    assert in_own_unit(there, back, digits) == Decimal(many) * per


@given(st.lists(st.integers(1, 10**6).map(Decimal), min_size=1), SMALL, SMALL, DIGITS)
def test_the_sum_of_what_was_converted_is_what_the_sum_converts_to(
    quantities: list[Decimal], base: Decimal, per: Decimal, digits: int
) -> None:
    unit = ItemUnit(UUID(int=1), "u", base, per)
    each = [in_own_unit(one, unit, digits) for one in quantities]
    assume(all(one is not None for one in each))
    assert in_own_unit(sum(quantities, Decimal(0)), unit, digits) == sum(filter(None, each), Decimal(0))


def test_two_cartons_are_forty_eight_pieces_and_three_rolls_a_hundred_metres() -> None:
    assert quantity_of("2", "carton", counted(CARTON)) == Decimal(48)
    assert quantity_of("0.5", "carton", counted(CARTON)) == Decimal(12)
    assert quantity_of("3", "roll", counted(ROLL, unit="m")) == Decimal(100)
    assert quantity_of("2.5", "", counted(CARTON, digits=1)) == Decimal("2.5")


def test_a_third_of_a_hundred_metres_is_no_quantity_and_what_to_do_is_said() -> None:
    found = stated_of("1", "roll", counted(ROLL, unit="m", digits=6))
    assert isinstance(found, Fault)
    assert found.reason == "QUANTITY_NOT_CONVERTIBLE"
    assert "3 roll = 100 m" in found.zh
    assert "3 roll = 100 m" in found.en


def test_half_a_piece_comes_of_no_carton_and_too_much_of_none_either() -> None:
    assert reason(quantity_of("0.1", "carton", counted(CARTON))) == "QUANTITY_NOT_CONVERTIBLE"
    assert reason(quantity_of("999999999999999", "carton", counted(CARTON))) == "QUANTITY_NOT_CONVERTIBLE"


@pytest.mark.parametrize("value", ["0", "0.0", "-1", "+1", "1e30", "0.30000000000000004", "", "one", " 1", "١"])
def test_a_number_that_is_none_is_refused_in_every_unit_in_the_same_way(value: str) -> None:
    for unit in ("", "piece", "carton"):
        assert reason(quantity_of(value, unit, counted(CARTON))) == "QUANTITY_INVALID"


def test_a_unit_that_the_item_has_not_is_refused_and_those_it_has_are_said() -> None:
    for unit in ("box", "Carton", "carton "):
        found = quantity_of("1", unit, counted(CARTON))
        assert isinstance(found, Fault)
        assert found.reason == "QUANTITY_UNIT_UNKNOWN"
        assert "piece, carton" in found.en
    assert reason(counted_of("0", "box", counted(CARTON))) == "QUANTITY_UNIT_UNKNOWN"


def test_nothing_may_be_counted_in_every_unit() -> None:
    assert counted_of("0", "carton", counted(CARTON)) == counted_of("0.00", "", counted(CARTON)) == 0
    assert counted_of("1", "carton", counted(CARTON)) == Decimal(24)


@pytest.mark.parametrize("name", ["piece", "PIECE", "carton", "Carton"])
def test_no_two_units_have_one_name(name: str) -> None:
    with pytest.raises(FieldInvalid):
        check_names([CARTON, CARTON._replace(name=name)], "piece")
    check_names([CARTON, ROLL], "piece")


def test_a_unit_stays_the_same_while_its_ratio_does_and_another_ratio_is_another_unit() -> None:
    again = CARTON._replace(identifier=UUID(int=5), base_quantity=Decimal(48), per=Decimal(2), barcode="96385074")
    other = CARTON._replace(identifier=UUID(int=6), base_quantity=Decimal(20))
    assert kept([again], [CARTON]) == (CARTON._replace(barcode="96385074"),)
    assert kept([other], [CARTON]) == (other,)


@pytest.mark.clause("WHS-4")
def test_lines_in_one_unit_are_summed_and_lines_in_two_stay_two() -> None:
    lines = summed([moved(24, cartons(1)), moved(3), moved(48, cartons(2)), moved(2)])
    assert [(line.quantity, line.said and line.said.quantity) for line in lines] == [(72, 3), (5, None)]
    assert said_on_cards(lines) == {
        BalanceKey(TEA, SHELF, NO_LOT): "-3 carton, -5 piece",
        BalanceKey(TEA, DOOR, NO_LOT): "3 carton, 5 piece",
    }


@pytest.mark.clause("WHS-4")
def test_what_goes_there_and_back_in_one_unit_is_said_as_what_is_left() -> None:
    lines = [moved(48, cartons(2)), moved(24, cartons(1), back=True)]
    assert said_on_cards(lines)[BalanceKey(TEA, SHELF, NO_LOT)] == "-1 carton"


@pytest.mark.clause("WHS-4")
def test_where_the_own_unit_alone_is_stated_nothing_more_is_said() -> None:
    assert said_on_cards([moved(3), moved(4)]) == {}


@pytest.mark.clause("WHS-4")
def test_an_entry_that_says_nothing_more_has_the_hash_that_it_always_had() -> None:
    known = "2cbe1fd28f466f3f8d8b9ea4ec5b798d90656d55cfaa0b46985b8a9d924f1af7"
    entry = Entry(UUID(int=3), 1, Decimal(48), Decimal(0), UUID(int=4), None, date(2026, 11, 27), AT, bytes(32))
    assert link(entry).hex() == known
    assert link(replace(entry, said="2 carton")) != link(entry)


@pytest.mark.clause("WHS-4")
def test_what_was_said_cannot_be_changed_added_or_taken_off_without_breaking_the_card() -> None:
    key = BalanceKey(TEA, SHELF, NO_LOT)
    first = entered(
        Balance(key, Limits(below_zero=False)),
        Change(Decimal(48), Decimal(0), date(2026, 11, 27), AT, UUID(int=4), said="2 carton"),
    )
    assert broken_at([first]) is None
    for said in ("", "3 carton", "48 piece"):
        assert broken_at([replace(first, said=said)]) == 1
    assert legs([moved(48, cartons(2))])[key] == Decimal(-48)
