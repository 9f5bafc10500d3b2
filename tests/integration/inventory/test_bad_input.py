"""What cannot be, of each kind and wherever it is said, is one refusal that names the line; nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import codes_pb2, codes_pb2_grpc, posting_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from
from psycopg.sql import SQL, Identifier

from tests.builders.inventory import NOTE, ORDER, InventoryService, line
from tests.builders.issuing import Parcels, SpecialGoods
from tests.builders.receiving import Dock, announced, counted
from tests.builders.stock_books import StockBooks, movement
from tests.builders.stock_levels import Levels
from tests.databases import plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

NONE = "00000000-0000-7000-8000-000000000000"
BAD_QUANTITIES = ("0", "-1", "1e30", "0.30000000000000004", "NaN", "", "٣", "1" * 22)
KEPT_OF_REFUSALS = {"request_keys", "jobs", "audit", "audit_seals", "outbox", "feed", "feed_state", "timers"}
"""What may change beside a refusal: its audit, and timers that run meanwhile."""


@dataclass
class Asked:
    """Everything that may be asked of a house with one kind of goods."""

    inventory: InventoryService
    house: House
    kept: StockBooks

    def __post_init__(self) -> None:
        self.tea = self.house.item("TEA")
        self.house.receive(self.tea, "10")
        self.house.receive(self.tea, "10", self.house.inspection)
        self.dock = Dock(self.inventory, self.house.warehouse)
        self.note = self.dock.note(announced(self.tea, "5"))
        self.delivery = self.dock.start(self.note.name).name
        self.levels = Levels(self.inventory, self.house.warehouse.name)

    def refused(self, act: Callable[[], Any]) -> tuple[str, set[str]]:
        """With what something is refused, and where; nothing of it is stored."""
        before = self.rows()
        with pytest.raises(grpc.RpcError) as error:
            act()
        told = refusal_from(error.value)
        assert error.value.code() is not grpc.StatusCode.INTERNAL
        assert all((told.message_zh, told.message_en))
        assert all((one.zh, one.en, one.reason) for one in told.violations)
        assert self.rows() == before
        return told.reason, {one.field for one in told.violations}

    def rows(self) -> dict[str, int]:
        """How many rows each table has, without those that a refusal may leave."""
        with psycopg.connect(plain(self.inventory.url), options="-csearch_path=inventory") as connection:
            found = connection.execute("select tablename from pg_tables where schemaname = 'inventory'").fetchall()
            names = [name for (name,) in found if name not in KEPT_OF_REFUSALS and not name.startswith("audit")]
            counts = SQL("select {}").format(
                SQL(", ").join(SQL("(select count(*) from {})").format(Identifier(name)) for name in names)
            )
            row = connection.execute(counts).fetchone()
        assert row
        return dict(zip(names, row, strict=True))


@pytest.fixture
def asked(inventory: InventoryService, house: House, kept: StockBooks) -> Asked:
    """What may be asked."""
    return Asked(inventory, house, kept)


@pytest.mark.clause("WHS-4")
@pytest.mark.parametrize("value", BAD_QUANTITIES)
def test_a_quantity_that_is_none_is_refused_wherever_it_is_said(asked: Asked, value: str) -> None:
    house, tea, dock = asked.house, asked.tea, asked.dock
    good, bad = (line(tea, house.first, house.second, said) for said in ("1", value))
    assert asked.refused(lambda: house.warehouse.post(good, bad)) == (
        "QUANTITY_INVALID",
        {"stock_movement.lines[1].quantity"},
    )
    assert asked.refused(lambda: asked.kept.preview(good, bad))[1] == {"stock_movement.lines[1].quantity"}
    assert asked.refused(lambda: asked.kept.post_many(movement(good), movement(good, bad)))[1] == {
        "stock_movements[1].lines[1].quantity"
    }
    other = house.item("CUP")
    assert asked.refused(lambda: house.warehouse.reserve((tea, "1"), (other, value)))[1] == {
        "stock_reservation.lines[1].quantity"
    }
    assert asked.refused(lambda: dock.note(announced(other, "1"), announced(tea, value)))[1] == {
        "delivery_note.lines[1].quantity"
    }
    if value:
        assert asked.refused(lambda: dock.record(asked.delivery, counted(tea, "1"), counted(other, value)))[1] == {
            "lines[1].fit"
        }
        assert asked.refused(lambda: dock.scan(asked.delivery, tea, value))[1] == {"quantity"}
    assert asked.refused(lambda: dock.put(tea, house.inspection, value, to_place=house.first))[1] == {
        "lines[0].quantity"
    }
    if value != "0":
        assert asked.refused(lambda: asked.kept.count(tea, house.first, value))[1] == {"spot_count.counted"}
        assert asked.refused(lambda: asked.levels.by_hand(tea, value, "1"))[1] == {"reorder_point"}
    assert asked.refused(lambda: asked.levels.by_hand(tea, "1", value))[1] == {"reorder_quantity"}
    assert_sound(asked.inventory)


@pytest.mark.clause("WHS-4", "WHS-8")
def test_goods_and_places_that_there_are_not_are_named(asked: Asked) -> None:
    house, tea = asked.house, asked.tea
    nowhere, nothing = f"places/{NONE}", items.Item(name=f"items/{NONE}")
    elsewhere = asked.inventory.warehouse(house.unit, house.site, f"OTHER-{house.number}").place("B-01")
    for place in (nowhere, elsewhere):
        assert asked.refused(lambda place=place: house.warehouse.post(line(tea, house.first, place, "1"))) == (  # type: ignore[misc]
            "PLACE_NOT_FOUND",
            {"stock_movement.lines[0].to_place"},
        )
        assert asked.refused(lambda place=place: asked.kept.count(tea, place, "1"))[0] == "PLACE_NOT_FOUND"  # type: ignore[misc]
    for act, field in (
        (lambda: house.warehouse.post(line(nothing, house.first, house.second, "1")), "stock_movement.lines[0].item"),
        (lambda: house.warehouse.reserve((nothing, "1")), "stock_reservation.lines[0].item"),
        (lambda: asked.dock.note(announced(nothing, "1")), "delivery_note.lines[0].item"),
        (lambda: asked.dock.record(asked.delivery, counted(nothing, "1")), "lines[0].item"),
    ):
        assert asked.refused(act) == ("ITEM_NOT_FOUND", {field})


@pytest.mark.clause("WHS-4")
def test_a_closed_day_takes_nothing_however_it_comes(asked: Asked) -> None:
    house, tea, kept = asked.house, asked.tea, asked.kept
    made = house.warehouse.post(line(tea, house.first, house.second, "1"))
    asked.dock.record(asked.delivery, counted(tea, "5"))
    asked.dock.finish(asked.delivery)
    closed = kept.next_day()
    kept.close(closed, "as it was")
    day, moved = closed.isoformat(), line(tea, house.first, house.second, "1")
    for act in (
        lambda: house.warehouse.post(moved, book_date=day),
        lambda: house.warehouse.reverse(made.name, book_date=day),
        lambda: asked.dock.decide(asked.delivery, 1, book_date=day),
        lambda: kept.preview(moved, book_date=day),
    ):
        assert asked.refused(act)[0] == "DAY_CLOSED"
    assert asked.refused(lambda: kept.post_many(movement(moved, book_date=day))) == (
        "DAY_CLOSED",
        {"stock_movements[0]"},
    )
    old = (closed - timedelta(days=1)).isoformat()
    assert asked.refused(lambda: house.warehouse.post(moved, book_date=old))[0] == "DAY_NOT_OPEN"
    assert asked.refused(lambda: house.warehouse.post(moved, book_date="2026-02-30"))[0] == "FIELD_INVALID"


@pytest.mark.clause("WHS-1", "WHS-3", "WHS-9", "WHS-12")
def test_what_was_there_before_or_lacks_its_papers_is_refused_and_nothing_of_it_stays(asked: Asked) -> None:
    house, tea = asked.house, asked.tea
    again = {"supplier": asked.note.supplier.upper(), "number": asked.note.number.lower()}
    assert asked.refused(lambda: asked.dock.note(announced(tea, "1"), **again))[0] == "DELIVERY_NOTE_EXISTS"
    issue = house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name
    parcels = Parcels(asked.inventory, house.warehouse)
    parcels.hand_over(("SF-1", issue, ""))
    assert asked.refused(lambda: parcels.hand_over(("SF-2", issue, ""), ("sf-1", issue, ""))) == (
        "PARCEL_HANDED_OVER",
        {"lines[1].number"},
    )
    keeper = asked.inventory.people.person(f"P-{house.number}", house.unit, house.site).name
    asked.inventory.follow_people()
    SpecialGoods(asked.inventory).mark(keeper, item=tea.name)
    assert asked.refused(lambda: house.warehouse.post(line(tea, house.first, house.second, "1"))) == (
        "SPECIAL_GOODS_KEEPER",
        {"stock_movement.lines[0].item"},
    )
    none = posting_pb2.BatchPostStockMovementsRequest(parent=house.warehouse.name)
    who = asked.inventory.everything
    assert asked.refused(lambda: asked.kept.posting.BatchPostStockMovements(none, metadata=who))[0] == "FIELD_INVALID"


@pytest.mark.clause("WHS-3")
def test_an_expired_lot_and_one_with_another_expiry_are_named(asked: Asked) -> None:
    house = asked.house
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.warehouse.post(line(milk, house.supplier, house.first, "5", lot="L1", expiry_date="2001-01-01"))
    good = line(asked.tea, house.first, house.customer, "1")
    expired = line(milk, house.first, house.customer, "1", lot="L1")
    differs = line(milk, house.supplier, house.first, "1", lot="L1", expiry_date="2030-01-01")
    assert asked.refused(lambda: house.warehouse.post(good, expired)) == (
        "LOT_EXPIRED",
        {"stock_movement.lines[1].lot"},
    )
    assert asked.refused(lambda: house.warehouse.post(differs, papers=[NOTE])) == (
        "LOT_DIFFERS",
        {"stock_movement.lines[0].expiry_date"},
    )


@pytest.mark.clause("GDS-1")
@pytest.mark.parametrize("code", ["6901234500104", "0106901234500104", "00106141412345678901", "96385075"])
def test_a_barcode_with_a_wrong_check_digit_says_which_it_should_be(asked: Asked, code: str) -> None:
    request = codes_pb2.ScanCodeRequest(parent=asked.house.warehouse.name, code=code)
    stub = codes_pb2_grpc.CodesStub(asked.inventory.channel)
    assert asked.refused(lambda: stub.ScanCode(request, metadata=asked.inventory.everything))[0] == "CODE_CHECK_DIGIT"
