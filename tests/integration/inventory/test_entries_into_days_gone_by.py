"""An entry into a day gone by is shown before, and takes nothing that was not there; many are posted as one (WHS-4)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import posting_pb2 as posting
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import NOTE, InventoryService, inventory_service, line
from tests.builders.people import reason
from tests.builders.stock_books import StockBooks, movement
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-4")


@pytest.fixture(scope="module")
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service whose books go back ten days."""
    with inventory_service(postgres, book_days_back=10) as service:
        yield service


def faults(act: Callable[[], Any]) -> tuple[str, dict[str, str]]:
    """The reason with which something is refused, and the places at fault."""
    with pytest.raises(grpc.RpcError) as refused:
        act()
    told = refusal_from(refused.value)
    return told.reason, {one.field: one.reason for one in told.violations}


def ends(change: posting.BalanceChange) -> list[tuple[str, str]]:
    """A balance at the ends of days, before and after."""
    return [(one.before, one.after) for one in change.days]


def test_an_entry_of_today_changes_today_alone_and_warns_of_nothing(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    shown = kept.preview(line(tea, house.first, house.second, "4"))
    assert list(shown.warnings) == []
    assert {one.place: (one.difference.value, ends(one)) for one in shown.changes} == {
        house.first: ("-4", [("10", "6")]),
        house.second: ("4", [("0", "4")]),
    }
    assert (shown.stock_movement.name, shown.stock_movement.kind) == ("", stock.STOCK_MOVEMENT_KIND_TRANSFER)


def test_a_preview_posts_nothing_and_refuses_what_the_posting_would(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    kept.preview(line(tea, house.first, house.customer, "4"))
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    assert faults(lambda: kept.preview(line(tea, house.first, house.customer, "11"))) == (
        "STOCK_SHORT",
        {"stock_movement.lines[0].quantity": "STOCK_SHORT"},
    )
    assert_sound(house.warehouse.inventory)


def test_an_entry_into_a_day_gone_by_warns_and_shows_every_day_since(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    first = kept.next_day()
    house.warehouse.post(line(tea, house.first, house.customer, "3"))
    kept.next_day()
    late = line(tea, house.first, house.customer, "5")
    shown = kept.preview(late, book_date=first.isoformat())
    (change,) = shown.changes
    assert [one.book_date for one in change.days] == [(first + timedelta(days=days)).isoformat() for days in range(3)]
    assert ends(change) == [("10", "5"), ("7", "2"), ("7", "2")]
    assert [str(first) in one.en for one in shown.warnings] == [True]
    house.warehouse.post(late, book_date=first.isoformat())
    (then,) = house.warehouse.balances(as_of_date=first.isoformat())
    assert then.on_hand.value == "5"


def test_what_was_not_there_yet_is_not_taken_from_a_day_gone_by(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "3")
    first = kept.next_day()
    house.receive(tea, "10")
    early = line(tea, house.first, house.customer, "5")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(early, book_date=first.isoformat())
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("DAY_BELOW_ZERO", "WHS-4")
    (violation,) = told.violations
    assert (violation.field, violation.en) == (
        "stock_movement.lines[0].quantity",
        f"it would leave -2 at the end of {first}",
    )
    assert faults(lambda: kept.preview(early, book_date=first.isoformat()))[0] == "DAY_BELOW_ZERO"
    assert house.warehouse.post(early).book_date == kept.today.isoformat()


def test_what_had_gone_again_by_a_later_day_is_not_reversed_into_a_day_gone_by(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    wrong = house.warehouse.post(line(tea, house.supplier, house.first, "5"))
    first = kept.next_day()
    house.warehouse.post(line(tea, house.first, house.customer, "5"))
    kept.next_day()
    house.receive(tea, "5")
    assert faults(lambda: house.warehouse.reverse(wrong.name, book_date=first.isoformat()))[0] == "DAY_BELOW_ZERO"
    house.warehouse.reverse(wrong.name)
    assert_sound(house.warehouse.inventory)


def test_an_item_that_may_go_below_zero_may_do_so_on_a_day_gone_by(house: House, kept: StockBooks) -> None:
    ahead = house.item("AHEAD", may_go_below_zero=True)
    first = kept.next_day()
    house.receive(ahead, "5")
    late = line(ahead, house.first, house.customer, "5")
    assert house.warehouse.post(late, book_date=first.isoformat()).book_date == first.isoformat()


def test_a_preview_warns_that_a_report_handed_over_tells_of_the_day(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    kept.hand_over(f"{kept.today:%Y-%m}")
    shown = kept.preview(line(tea, house.first, house.customer, "1"))
    assert [one.en.startswith("the report of") for one in shown.warnings] == [True]


def test_many_are_posted_in_their_order_and_each_sees_those_before_it(house: House, kept: StockBooks) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    first = kept.next_day().isoformat()
    names = kept.post_many(
        movement(line(tea, house.supplier, house.first, "10"), line(cup, house.supplier, house.first, "4")),
        movement(line(tea, house.first, house.second, "6")),
        movement(line(tea, house.second, house.customer, "6"), line(cup, house.first, house.customer, "1")),
        movement(line(tea, house.customer, house.inspection, "2"), book_date=kept.today.isoformat()),
        movement(line(tea, house.supplier, house.first, "1"), book_date=first),
    )
    assert house.warehouse.on_hand(tea) == {"A-01": ("5", "0"), "LOOK": ("2", "0")}
    assert house.warehouse.on_hand(cup) == {"A-01": ("3", "0")}
    listed = kept.inventory.stock.ListStockMovements(
        stock.ListStockMovementsRequest(parent=house.warehouse.name), metadata=kept.inventory.everything
    )
    assert [one.name for one in listed.stock_movements] == names[::-1]
    assert listed.stock_movements[0].book_date == first
    assert listed.stock_movements[-1].papers[0] == NOTE
    house.warehouse.post(line(tea, house.first, house.customer, "5"))
    assert_sound(house.warehouse.inventory)


def test_of_many_all_are_posted_or_none_and_every_one_at_fault_is_named(house: House, kept: StockBooks) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.receive(tea, "3")
    sound = movement(line(tea, house.supplier, house.first, "10"))
    told = faults(
        lambda: kept.post_many(
            sound,
            movement(line(tea, house.first, house.customer, "1"), papers=()),
            movement(line(tea, house.first, house.customer, "0")),
            movement(line(milk, house.supplier, house.first, "1")),
            movement(line(tea, house.first, house.lost, "1")),
            movement(line(tea, house.supplier, house.first, "1"), book_date="2001-01-01"),
        )
    )
    assert told == (
        "LINES_REFUSED",
        {
            "stock_movements[1]": "PAPERS_MISSING",
            "stock_movements[2].lines[0].quantity": "QUANTITY_INVALID",
            "stock_movements[3].lines[0].lot": "LOT_MISSING",
            "stock_movements[4]": "MOVEMENT_NEEDS_COUNT",
            "stock_movements[5]": "DAY_NOT_OPEN",
        },
    )
    short = movement(line(tea, house.first, house.customer, "8"))
    assert faults(lambda: kept.post_many(sound, short, short)) == (
        "STOCK_SHORT",
        {"stock_movements[2].lines[0].quantity": "STOCK_SHORT"},
    )
    assert house.warehouse.on_hand(tea) == {"A-01": ("3", "0")}
    assert_sound(house.warehouse.inventory)


def test_many_take_nothing_that_was_not_there_yet(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    first = kept.next_day().isoformat()
    told = faults(
        lambda: kept.post_many(
            movement(line(tea, house.supplier, house.first, "10")),
            movement(line(tea, house.first, house.customer, "4"), book_date=first),
        )
    )
    assert told == ("DAY_BELOW_ZERO", {"stock_movements[1].lines[0].quantity": "DAY_BELOW_ZERO"})
    kept.post_many(
        movement(line(tea, house.supplier, house.first, "10"), book_date=first),
        movement(line(tea, house.first, house.customer, "4"), book_date=first),
    )


def test_many_do_not_touch_a_closed_day(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "3")
    first = kept.next_day()
    kept.close(first, "nothing was counted")
    sound = movement(line(tea, house.supplier, house.first, "10"))
    late = movement(line(tea, house.supplier, house.first, "10"), book_date=first.isoformat())
    assert faults(lambda: kept.post_many(sound, late)) == ("DAY_CLOSED", {"stock_movements[1]": "DAY_CLOSED"})


def test_many_of_a_form_that_cannot_be_are_refused_at_their_place(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    incoming = line(tea, house.supplier, house.first, "1")
    elsewhere = kept.inventory.warehouse(house.unit, house.site, f"OTHER-{house.number}").name
    held = f"stockReservations/{house.unit.rpartition('/')[2]}"
    for wrong, place in (
        (movement(incoming, warehouse=elsewhere), "stock_movements[1].warehouse"),
        (movement(incoming, reservation=held), "stock_movements[1].reservation"),
        (movement(), "stock_movements[1].lines"),
        (movement(incoming, book_date="x"), "stock_movements[1].book_date"),
    ):
        assert faults(lambda wrong=wrong: kept.post_many(movement(incoming), wrong)) == (  # type: ignore[misc]
            "FIELD_INVALID",
            {place: "FIELD_INVALID"},
        )
    assert faults(kept.post_many)[0] == "FIELD_INVALID"
    assert faults(lambda: kept.post_many(*[movement(incoming)] * 1001))[0] == "FIELD_INVALID"
    assert house.warehouse.balances() == []


def test_many_by_several_at_once_end_where_the_sum_says(house: House, kept: StockBooks) -> None:
    goods = [house.item(f"G{number}") for number in range(3)]
    lines = [line(item, house.supplier, place, "1") for item in goods for place in (house.first, house.second)]
    acts = [lambda turn=turn: kept.post_many(*(movement(one) for one in lines[:: 1 - 2 * turn])) for turn in (0, 1) * 4]

    def tried(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(tried, acts))
    assert [one for one in said if isinstance(one, str)] == []
    for item in goods:
        assert house.warehouse.on_hand(item) == {"A-01": ("8", "0"), "A-02": ("8", "0")}
    assert_sound(house.warehouse.inventory)
