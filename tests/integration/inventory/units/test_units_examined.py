"""The doctor multiplies stated quantities out again: what is changed behind Bylaw's back is found (GDS-1, WHS-4)."""

import pytest
from bylaw_inventory.doctor.ledger import cards
from bylaw_inventory.doctor.units import stated_units

from tests.builders.inventory import InventoryService, line
from tests.builders.receiving import Dock, announced
from tests.builders.units import set_units, unit
from tests.databases import Databases
from tests.integration.inventory.books import missed
from tests.integration.inventory.conftest import House
from tests.integration.inventory.units.conftest import Packed

CARTON_GTIN = "86901234567898"
BEHIND = [
    "update item_units set base_quantity = 25 where name = 'carton'",
    "update item_units set per = 2 where name = 'carton'",
    "update item_units set retired_at = now(), item = items.id from items where items.unit = 'm' and name = 'carton'",
    "update movement_lines set said_quantity = said_quantity + 1 where said_unit is not null",
    "update movement_lines set quantity = quantity + 1 where said_unit is not null",
    "update movement_lines set said_unit = null, said_quantity = null where said_unit is not null",
    "update delivery_note_lines set said_quantity = said_quantity * 2 where said_unit is not null",
    "update delivery_counts set difference = difference + 1 where said_unit is not null",
    "update delivery_counts set said_quantity = -said_quantity where said_unit is not null",
    "update delivery_note_lines set quantity = quantity + 1 where said_unit is not null",
    "update entries set said = '3 carton' where said = '2 carton'",
    "update entries set said = null where said is not null",
    "update entries set said = '5 piece' where said is null and movement is not null",
]


@pytest.mark.clause("GDS-1", "WHS-4")
def test_whatever_is_changed_of_what_was_stated_is_found(
    postgres: Databases, inventory: InventoryService, house: House, dock: Dock, packed: Packed
) -> None:
    set_units(inventory, packed.tea, unit("carton", "24", barcode=CARTON_GTIN))
    house.warehouse.post(line(packed.tea, house.supplier, house.first, "2", unit="carton"))
    house.warehouse.post(
        line(packed.tea, house.first, house.customer, "1", unit="carton"),
        line(packed.tea, house.first, house.customer, "5"),
    )
    house.receive(packed.tea, "3")
    delivery = dock.start(dock.note(announced(packed.tea, "2", "carton")).name).name
    for turn in (False, True, False):
        dock.scan(delivery, barcode=CARTON_GTIN, take_off=turn)
    assert missed(postgres, inventory, stated_units, BEHIND) == []


@pytest.mark.clause("WHS-4")
def test_a_cards_chain_covers_what_was_said(
    postgres: Databases, inventory: InventoryService, house: House, packed: Packed
) -> None:
    house.warehouse.post(line(packed.tea, house.supplier, house.first, "2", unit="carton"))
    house.receive(packed.tea, "3")
    assert missed(postgres, inventory, cards, [one for one in BEHIND if one.startswith("update entries")]) == []
