"""While an item's units change, and in whatever order, each movement is of one ratio and all of them add up (WHS-4)."""

from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.inventory import InventoryService, line
from tests.builders.units import item_now, set_units, unit
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once
from tests.integration.inventory.units.conftest import Packed

NUMBERS = count(1)
RATIOS = {"carton": Fraction(24), "half": Fraction(1, 2), "third": Fraction(1, 3), "": Fraction(1)}


@pytest.mark.clause("WHS-4", "GDS-1")
def test_while_a_carton_comes_to_hold_another_number_each_movement_says_one_of_both(
    inventory: InventoryService, house: House, packed: Packed
) -> None:
    said = line(packed.tea, house.supplier, house.first, "1", unit="carton")

    def repack(size: int) -> Any:
        return lambda: set_units(inventory, packed.tea, unit("carton", str(size)))

    acts: list[Any] = []
    for turn in range(12):
        acts += [lambda: house.warehouse.post(said), repack((20, 24)[turn % 2]), lambda: house.warehouse.post(said)]
    done = at_once(acts)
    assert [one for one in done if isinstance(one, str)] == []
    moved = [one for one in done if isinstance(one, stock.StockMovement)]
    assert len(moved) == 24
    assert {one.lines[0].quantity.value for one in moved} <= {"20", "24"}
    on_hand = sum(int(one.lines[0].quantity.value) for one in moved)
    assert house.warehouse.on_hand(packed.tea) == {"A-01": (str(on_hand), "0")}
    assert_sound(inventory)


@pytest.mark.clause("GDS-1")
def test_who_renames_an_item_while_its_units_and_barcodes_change_takes_none_of_them_back(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")

    def change(**changed: Any) -> Any:
        request = items.UpdateItemRequest(item=items.Item(name=tea.name, **changed))
        return lambda: inventory.items.UpdateItem(request, metadata=inventory.everything)

    packs = change(units=[unit("carton", "24")], barcodes=["76901234567891"])
    said = at_once([change(display_name=f"tea {turn}") if turn != 7 else packs for turn in range(24)])
    assert [one for one in said if isinstance(one, str)] == []
    now = item_now(inventory, tea.name)
    assert ([one.unit for one in now.units], list(now.barcodes)) == (["carton"], ["76901234567891"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*RATIOS]), st.integers(1, 12), st.booleans()), min_size=1, max_size=12))
@pytest.mark.clause("WHS-4", "GDS-1")
def test_in_whatever_units_goods_come_and_go_what_is_there_is_what_fractions_say(
    house: House, steps: list[tuple[str, int, bool]]
) -> None:
    units = [unit("carton", "24"), unit("half", "1", per="2"), unit("third", "1", per="3")]
    tea = house.item(f"TEA-{next(NUMBERS)}", fraction_digits=1, units=units)
    there = Fraction(0)
    for name, number, leaves in steps:
        change = RATIOS[name] * number
        ends = (house.first, house.customer) if leaves else (house.supplier, house.first)
        fits = (change * 10).denominator == 1 and not (leaves and change > there)
        (made,) = at_once([lambda: house.warehouse.post(line(tea, *ends, str(number), unit=name))])  # noqa: B023
        if not fits:
            assert made in {"QUANTITY_NOT_CONVERTIBLE", "STOCK_SHORT"}
            continue
        assert Fraction(Decimal(made.lines[0].quantity.value)) == change
        there += -change if leaves else change
    found = house.warehouse.on_hand(tea).get("A-01", ("0", "0"))[0]
    assert Fraction(Decimal(found)) == there
    assert (
        sum(Decimal(one.on_hand.value) for one in house.warehouse.balances(item=tea.name, show_beyond_the_door=True))
        == 0
    )
