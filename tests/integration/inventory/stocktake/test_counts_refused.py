"""Counts that a stocktake does not take: the count and its part are named, and none of the others stays (WHS-6)."""

from datetime import timedelta

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.decisions import refusal
from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import Counting, count, faults
from tests.builders.units import unit
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")


def test_a_count_for_a_place_that_is_not_in_the_stocktake_is_refused_by_name(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    made = counting.begun(places=[house.first], items=[tea.name])
    sound = count(tea, house.first, "1")
    assert faults(lambda: counting.record(made, sound, count(tea, house.second, "1"))) == {
        "counts[1].place": "STOCKTAKE_PLACE_OUTSIDE"
    }
    assert refusal(lambda: counting.record(made, count(tea, house.second, "1"))) == "STOCKTAKE_PLACE_OUTSIDE"
    assert refusal(lambda: counting.record(made, count(ink, house.first, "1"))) == "STOCKTAKE_ITEM_OUTSIDE"
    assert counting.counts(made) == []


def test_no_count_is_of_a_place_beyond_the_door(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    made = counting.begun()
    assert refusal(lambda: counting.record(made, count(tea, house.customer, "1"))) == "STOCKTAKE_PLACE_OUTSIDE"


@pytest.mark.parametrize("value", ["-1", "", "1e30", "1.5", "٣", "0.30000000000000004"])
def test_a_quantity_that_cannot_be_counted_is_refusal(house: House, counting: Counting, value: str) -> None:
    tea = house.item("TEA")
    made = counting.begun()
    assert refusal(lambda: counting.record(made, count(tea, house.first, value))) == "QUANTITY_INVALID"
    damaged = count(tea, house.first, "1")
    damaged.damaged.value = value
    assert faults(lambda: counting.record(made, damaged)) == {"counts[0].damaged": "QUANTITY_INVALID"}


def test_every_fault_of_every_count_is_named(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    milk, phone = (
        house.item(code, tracking=kind)
        for code, kind in (("MILK", items.ITEM_TRACKING_LOT), ("PHONE", items.ITEM_TRACKING_SERIAL))
    )
    made = counting.begun()
    missing = count(tea, house.first, "1")
    missing.item = "items/01a21e02-85e3-71bc-81b4-5c5343ad9634"
    wrong_unit = count(tea, house.first, "1")
    wrong_unit.quantity.unit = "crate"
    assert faults(
        lambda: counting.record(
            made,
            missing,
            wrong_unit,
            count(tea, house.first, "1", lot="L"),
            count(milk, house.first, "1"),
            count(phone, house.first, "1", "1", lot="S1"),
        )
    ) == {
        "counts[0].item": "ITEM_NOT_FOUND",
        "counts[1].quantity": "QUANTITY_UNIT_UNKNOWN",
        "counts[2].lot": "LOT_UNEXPECTED",
        "counts[3].lot": "LOT_MISSING",
        "counts[4].lot": "SERIAL_NOT_ONE",
    }
    assert refusal(lambda: counting.record(made)) == "FIELD_INVALID"


def test_a_lot_keeps_its_expiry_in_a_count_too(house: House, counting: Counting) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.warehouse.post(line(milk, house.supplier, house.first, "5", lot="L1", expiry_date="2150-01-01"))
    made = counting.begun()
    other = count(milk, house.first, "5", lot="L1", expiry_date="2150-01-02")
    assert faults(lambda: counting.record(made, other)) == {"counts[0].expiry_date": "LOT_DIFFERS"}


def test_nothing_is_counted_in_the_future_nor_before_counting_began(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    made = counting.begun()
    for apart in (timedelta(seconds=1), timedelta(seconds=-1)):
        instant = Timestamp()
        instant.FromDatetime(inventory.clock.now + apart)
        told = count(tea, house.first, "1", at=instant)
        assert faults(lambda told=told: counting.record(made, told)) == {"counts[0].count_time": "COUNT_TIME_INVALID"}  # type: ignore[misc]
    absurd = count(tea, house.first, "1", at=Timestamp(seconds=-(2**60)))
    assert refusal(lambda: counting.record(made, absurd)) == "FIELD_INVALID"


@pytest.mark.clause("GDS-1")
def test_what_is_counted_by_the_carton_is_counted_in_pieces(house: House, counting: Counting) -> None:
    tea = house.item("TEA", units=[unit("carton", "24")])
    made = counting.begun()
    said = count(tea, house.first, "2", damaged="0.5")
    said.quantity.unit = said.damaged.unit = "carton"
    nothing = count(tea, house.second, "0")
    nothing.quantity.unit = "carton"
    counting.record(made, said, nothing)
    found = [(one.quantity.value, one.quantity.unit, one.damaged.value) for one in counting.counts(made)]
    assert found == [("48", "piece", "12"), ("0", "piece", "")]
    said.damaged.value = "0.3"
    assert faults(lambda: counting.record(made, said)) == {"counts[0].damaged": "QUANTITY_NOT_CONVERTIBLE"}
