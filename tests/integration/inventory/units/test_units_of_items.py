"""An item has further units beside its own, each an exact ratio; another ratio is another unit from then on (GDS-1)."""

from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService, line
from tests.builders.receiving import refusal_of
from tests.builders.units import item_now, set_units, unit
from tests.integration.inventory.conftest import House
from tests.integration.inventory.units.conftest import Packed

pytestmark = pytest.mark.clause("GDS-1")
CARTON_GTIN, OTHER_GTIN, PIECE_GTIN = "16901234567899", "26901234567896", "6901234567892"


def ratios(item: items.Item) -> list[tuple[str, str, str]]:
    """An item's units."""
    return [(one.unit, one.base_quantity, one.per) for one in item.units]


def test_units_are_told_by_size_with_their_ratios_as_they_were_written(
    inventory: InventoryService, house: House
) -> None:
    units = [unit("bale", "1000.50"), unit("roll", "100", per="3"), unit("cm", "1", per="100")]
    made = house.item("CLOTH", unit="m", units=units)
    wanted = [("cm", "1", "100"), ("roll", "100", "3"), ("bale", "1000.5", "1")]
    assert ratios(made) == ratios(item_now(inventory, made.name)) == wanted


def test_the_feed_tells_an_items_units(inventory: InventoryService, packed: Packed) -> None:
    request = feed_pb2.ListEventsRequest(page_size=1000)
    events = inventory.feed.ListEvents(request, metadata=inventory.everything).events
    mine = [one.item_changed for one in events if one.item_changed.name == packed.tea.name]
    assert [ratios(one) for one in mine] == [[("carton", "24", "1"), ("pallet", "960", "1")]]


def test_a_list_of_units_replaces_the_one_before(inventory: InventoryService, house: House, packed: Packed) -> None:
    set_units(inventory, packed.tea, unit("carton", "24"), unit("bag", "6"))
    assert [one.unit for one in item_now(inventory, packed.tea.name).units] == ["bag", "carton"]
    gone = line(packed.tea, house.supplier, house.first, "1", unit="pallet")
    assert refusal_of(lambda: house.warehouse.post(gone)) == "QUANTITY_UNIT_UNKNOWN"
    set_units(inventory, packed.tea)
    assert list(item_now(inventory, packed.tea.name).units) == []


def test_what_was_stated_by_the_old_ratio_stays_as_it_was_stated(
    inventory: InventoryService, house: House, packed: Packed
) -> None:
    carton = line(packed.tea, house.supplier, house.first, "2", unit="carton")
    house.warehouse.post(carton)
    set_units(inventory, packed.tea, unit("carton", "20"))
    house.warehouse.post(carton)
    (balance,) = house.warehouse.balances(item=packed.tea.name)
    card = house.warehouse.card(balance.name)
    assert [(one.on_hand_difference, one.stated_difference) for one in card] == [("48", "2 carton"), ("40", "2 carton")]


def test_a_change_of_something_else_leaves_the_units_as_they_are(inventory: InventoryService, packed: Packed) -> None:
    wish = items.Item(name=packed.tea.name, display_name="茉莉花茶")
    inventory.items.UpdateItem(items.UpdateItemRequest(item=wish), metadata=inventory.everything)
    assert len(item_now(inventory, packed.tea.name).units) == 2


@pytest.mark.parametrize(
    ("units", "field"),
    [
        ([unit("", "24")], "item.units[0].unit"),
        ([unit("a carton of that many", "24")], "item.units[0].unit"),
        ([unit("carton", "24"), unit("box", "0")], "item.units[1].base_quantity"),
        ([unit("box", "-1")], "item.units[0].base_quantity"),
        ([unit("box", "1e30")], "item.units[0].base_quantity"),
        ([unit("box", "")], "item.units[0].base_quantity"),
        ([unit("box", "1", per="0")], "item.units[0].per"),
        ([unit("box", "1", per="0.30000000000000004")], "item.units[0].per"),
        ([unit("carton", "24"), unit("Carton", "20")], "item.units[1].unit"),
        ([unit("PIECE", "24")], "item.units[0].unit"),
        ([unit(f"box-{size}", str(size)) for size in range(1, 22)], "item.units"),
    ],
)
def test_a_unit_that_is_none_is_refused_and_nothing_of_the_item_changes(
    inventory: InventoryService, house: House, packed: Packed, units: Any, field: str
) -> None:
    for act in (lambda: house.item("INK", units=units), lambda: set_units(inventory, packed.tea, *units)):
        with pytest.raises(grpc.RpcError) as refused:
            act()
        found = refusal_from(refused.value)
        assert (found.reason, [one.field for one in found.violations]) == ("FIELD_INVALID", [field])
    assert ratios(item_now(inventory, packed.tea.name)) == [("carton", "24", "1"), ("pallet", "960", "1")]


def test_the_barcode_of_a_unit_is_of_that_unit_alone(inventory: InventoryService, house: House, packed: Packed) -> None:
    set_units(inventory, packed.tea, unit("carton", "24", barcode=CARTON_GTIN), unit("pallet", "960"))
    ink = house.item("INK", barcodes=[PIECE_GTIN])
    taken = unit("carton", "12", barcode=CARTON_GTIN)
    assert refusal_of(lambda: set_units(inventory, ink, taken)) == "ITEM_EXISTS"
    assert (
        refusal_of(lambda: set_units(inventory, packed.tea, unit("carton", "24", barcode=PIECE_GTIN))) == "ITEM_EXISTS"
    )
    assert refusal_of(lambda: house.item("PEN", units=[taken])) == "ITEM_EXISTS"
    twice = [unit("carton", "24", barcode=OTHER_GTIN), unit("bag", "6", barcode=OTHER_GTIN)]
    assert refusal_of(lambda: set_units(inventory, packed.tea, *twice)) == "ITEM_EXISTS"
    assert (
        refusal_of(lambda: set_units(inventory, ink, unit("carton", "12", barcode="16901234567890")))
        == "BARCODE_INVALID"
    )
    now = item_now(inventory, packed.tea.name)
    assert [one.barcode for one in now.units] == [CARTON_GTIN, ""]
    assert list(now.barcodes) == []
    set_units(inventory, packed.tea)
    set_units(inventory, ink, taken)
    assert [one.barcode for one in item_now(inventory, ink.name).units] == [CARTON_GTIN]


def test_an_item_is_found_by_the_barcode_of_its_carton(inventory: InventoryService, packed: Packed) -> None:
    set_units(inventory, packed.cloth, unit("roll", "100", per="3", barcode=OTHER_GTIN))
    request = items.ListItemsRequest(barcode=OTHER_GTIN)
    assert [one.name for one in inventory.items.ListItems(request, metadata=inventory.everything).items] == [
        packed.cloth.name
    ]
