"""Each day is closed once ledger, cards and goods agree; from then on it takes nothing (WHS-4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import feed_pb2 as feed
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService, line
from tests.builders.people import reason
from tests.builders.receiving import Dock, announced
from tests.builders.stock_books import StockBooks
from tests.integration.inventory.books import a_day, assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-4")
OPEN, CLOSED = books.BOOK_DAY_STATE_OPEN, books.BOOK_DAY_STATE_CLOSED
COUNT, NOTHING = books.BOOK_DISAGREEMENT_KIND_COUNT, books.BOOK_DISAGREEMENT_KIND_NOTHING_COUNTED


def why(act: Callable[[], Any]) -> tuple[str, str]:
    """Reason and clause with which something is refused."""
    with pytest.raises(grpc.RpcError) as refused:
        act()
    told = refusal_from(refused.value)
    return told.reason, told.clause


def test_a_day_on_which_everything_agrees_is_closed_and_stays_as_it_was(house: House, kept: StockBooks) -> None:
    tea, day = a_day(house, kept)
    made = kept.close(day)
    assert (made.state, made.movement_count, made.entry_count, made.spot_count_count) == (CLOSED, 1, 2, 1)
    assert (list(made.disagreements), made.first_date, len(made.digest)) == ([], day.isoformat(), 64)
    house.receive(tea, "5")
    assert kept.day(day) == made
    assert kept.closed_days() == [made]


def test_a_closed_day_takes_no_entry_of_any_kind(house: House, kept: StockBooks) -> None:
    tea, day = a_day(house, kept)
    wrong = house.warehouse.post(line(tea, house.first, house.second, "1"), book_date=day.isoformat())
    kept.close(day)
    incoming = line(tea, house.supplier, house.first, "1")
    closed = ("DAY_CLOSED", "WHS-4")
    assert why(lambda: house.warehouse.post(incoming, book_date=day.isoformat())) == closed
    assert why(lambda: house.warehouse.reverse(wrong.name, book_date=day.isoformat())) == closed
    assert (
        why(lambda: kept.count(tea, house.first, "9", at=house.warehouse.inventory.clock.now - timedelta(days=1)))
        == closed
    )
    assert why(lambda: kept.preview(incoming, book_date=day.isoformat())) == closed
    assert why(lambda: kept.close(day)) == closed
    back = house.warehouse.reverse(wrong.name)
    assert back.book_date == kept.today.isoformat()


def test_a_day_that_is_not_over_where_the_warehouse_stands_is_not_closed(kept: StockBooks) -> None:
    assert why(lambda: kept.close(kept.today)) == ("DAY_NOT_OVER", "WHS-4")
    assert why(lambda: kept.close(kept.today + timedelta(days=1))) == ("DAY_NOT_OVER", "WHS-4")


def test_days_close_in_their_order_and_those_on_which_nothing_was_done_close_along(
    house: House, kept: StockBooks
) -> None:
    tea, first = a_day(house, kept)
    kept.next_day()
    third = kept.today
    house.warehouse.post(line(tea, house.first, house.customer, "4"))
    kept.count(tea, house.first, "6")
    kept.next_day()
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(third)
    assert refusal_from(refused.value).variables["before"] == first.isoformat()
    assert reason(refused.value) == "DAY_BEFORE_OPEN"
    kept.close(first)
    made = kept.close(third)
    assert made.first_date == (first + timedelta(days=1)).isoformat()
    between = kept.day(first + timedelta(days=1))
    assert (between.state, between.name) == (CLOSED, made.name)
    late = line(tea, house.supplier, house.first, "1")
    assert why(lambda: house.warehouse.post(late, book_date=third.isoformat()))[0] == "DAY_CLOSED"


def test_goods_that_moved_and_were_not_counted_stop_the_close_unless_it_is_explained(
    house: House, kept: StockBooks
) -> None:
    house.receive(house.item("TEA"), "10")
    day = kept.next_day()
    assert [one.kind for one in kept.day(day).disagreements] == [NOTHING]
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(day)
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("DAY_DISAGREES", "WHS-4")
    assert [one.reason for one in told.violations] == ["NOTHING_COUNTED"]
    assert kept.day(day).state == OPEN
    made = kept.close(day, "盘点机送修 the scanner is being mended")
    assert (made.explanation, [one.kind for one in made.disagreements]) == (
        "盘点机送修 the scanner is being mended",
        [NOTHING],
    )


def test_a_count_is_compared_with_what_the_ledger_held_at_its_instant_though_goods_go_on_moving(
    house: House, kept: StockBooks
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    house.warehouse.inventory.clock.pass_time(hours=1)
    counted_at = house.warehouse.inventory.clock.now
    house.warehouse.inventory.clock.pass_time(minutes=5)
    house.warehouse.post(line(tea, house.first, house.customer, "4"))
    made = kept.count(tea, house.first, "10", at=counted_at)
    assert (made.on_ledger.value, made.difference, made.counted.unit) == ("10", "0", "piece")
    day = kept.next_day()
    assert list(kept.close(day).disagreements) == []


def test_what_was_counted_otherwise_stops_the_close_and_is_named_with_both_figures(
    house: House, kept: StockBooks
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = kept.count(tea, house.first, "8")
    assert (made.on_ledger.value, made.difference) == ("10", "-2")
    day = kept.next_day()
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(day)
    (violation,) = refusal_from(refused.value).violations
    assert (violation.field, violation.reason) == (made.name, "COUNT_DISAGREES")
    assert violation.en == f"{tea.code} at A-01: counted 8, and the ledger held 10 then"
    assert kept.close(day, "two were lent to the shop window").explanation


def test_of_several_counts_of_the_same_goods_on_a_day_the_last_one_counts(house: House, kept: StockBooks) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    kept.count(tea, house.first, "9")
    house.warehouse.inventory.clock.pass_time(minutes=5)
    second = kept.count(tea, house.first, "10")
    kept.count(tea, house.second, "0")
    assert [one.name for one in kept.counts(kept.today.isoformat())][1] == second.name
    assert kept.counts("2001-01-01") == []
    assert kept.close(kept.next_day()).spot_count_count == 3


def test_goods_that_came_and_are_neither_taken_in_nor_refused_stop_the_close(house: House, kept: StockBooks) -> None:
    dock, tea = Dock(kept.inventory, house.warehouse), house.item("TEA")
    note = dock.note(announced(tea, "9"), number=f"LS-{house.number}")
    began = dock.start(note.name)
    day = kept.next_day()
    (found,) = kept.day(day).disagreements
    assert (found.kind, found.subject) == (books.BOOK_DISAGREEMENT_KIND_NOT_POSTED, began.name)
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(day)
    (violation,) = refusal_from(refused.value).violations
    assert (violation.field, violation.reason) == (began.name, "NOT_POSTED")
    second = dock.start(dock.note(announced(tea, "1")).name)  # came today, and is no matter of yesterday's
    assert second.name not in {one.subject for one in kept.day(day).disagreements}
    assert kept.close(day, "the driver waits until the morning").explanation


def test_a_count_that_cannot_be_is_refused_and_leaves_nothing(house: House, kept: StockBooks) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    now = house.warehouse.inventory.clock.now
    assert why(lambda: kept.count(tea, house.customer, "1"))[0] == "PLACE_NOT_FOUND"
    assert why(lambda: kept.count(items.Item(name=f"items/{house.unit.rpartition('/')[2]}"), house.first, "1"))[0] == (
        "ITEM_NOT_FOUND"
    )
    assert why(lambda: kept.count(milk, house.first, "1"))[0] == "LOT_MISSING"
    assert why(lambda: kept.count(tea, house.first, "1", lot="L"))[0] == "LOT_UNEXPECTED"
    for value in ("-1", "1e30", "0.5", ""):
        assert why(lambda value=value: kept.count(tea, house.first, value))[0] == "QUANTITY_INVALID"  # type: ignore[misc]
    assert why(lambda: kept.count(tea, house.first, "1", unit="crate"))[0] == "QUANTITY_UNIT_UNKNOWN"
    assert why(lambda: kept.count(milk, house.first, "x"))[0] == "LINES_REFUSED"
    assert why(lambda: kept.count(tea, house.first, "1", at=now + timedelta(hours=1)))[0] == "FIELD_INVALID"
    assert why(lambda: kept.count(tea, house.first, "1", at=now - timedelta(days=9)))[0] == "DAY_NOT_OPEN"
    assert kept.counts() == []


def test_a_lot_is_counted_by_itself_and_one_never_heard_of_is_a_difference(house: House, kept: StockBooks) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.warehouse.post(line(milk, house.supplier, house.first, "5", lot="L1"))
    assert kept.count(milk, house.first, "5", lot="L1").difference == "0"
    assert kept.count(milk, house.first, "1", lot="L2").difference == "1"


def test_a_warehouse_out_of_reach_has_no_books(inventory: InventoryService, house: House, kept: StockBooks) -> None:
    stranger = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    for act in (
        lambda: kept.close(kept.today, metadata=stranger),
        lambda: kept.day(kept.today, metadata=stranger),
        lambda: kept.month(f"{kept.today:%Y-%m}", metadata=stranger),
    ):
        assert why(act)[0] == "WAREHOUSE_NOT_FOUND"


@pytest.mark.parametrize("name", ["warehouses/x/bookDays/2026-01-01", "bookDays/2026-01-01", "{}/bookDays/2026-02-30"])
def test_a_day_that_has_no_such_name_is_refused(house: House, kept: StockBooks, name: str) -> None:
    request = books.GetBookDayRequest(name=name.format(house.warehouse.name))
    assert why(lambda: kept.stub.GetBookDay(request, metadata=kept.inventory.everything))[0] == "FIELD_INVALID"


def test_an_explanation_too_long_is_refused(house: House, kept: StockBooks) -> None:
    _, day = a_day(house, kept)
    assert why(lambda: kept.close(day, "x" * 501))[0] == "FIELD_INVALID"


def test_that_a_day_was_closed_is_told_in_the_feed(house: House, kept: StockBooks) -> None:
    _, day = a_day(house, kept)
    kept.close(day)
    request = feed.ListEventsRequest(page_size=1000)
    told = kept.inventory.feed.ListEvents(request, metadata=kept.inventory.everything).events
    closed = [one.book_day_closed.name for one in told if one.WhichOneof("change") == "book_day_closed"]
    assert closed[-1] == kept.day_name(day)


def test_closing_and_posting_at_once_never_leave_an_entry_in_a_closed_day(house: House, kept: StockBooks) -> None:
    tea, day = a_day(house, kept)

    def late(_: int) -> str:
        try:
            house.warehouse.post(line(tea, house.supplier, house.first, "1"), book_date=day.isoformat())
        except grpc.RpcError as error:
            return reason(error)
        return "posted"

    def closing(_: int) -> books.BookDay | str:
        try:
            return kept.close(day, "whatever comes late")
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(10) as pool:
        begun = [pool.submit(late, number) for number in range(8)]
        closes = [pool.submit(closing, number) for number in range(3)]
        later = [pool.submit(late, number) for number in range(8)]
        said = [one.result() for one in (*begun, *later)]
        ended = [one.result() for one in closes]
    (made,) = [one for one in ended if isinstance(one, books.BookDay)]
    assert [one for one in ended if isinstance(one, str)] == ["DAY_CLOSED"] * 2
    assert set(said) <= {"posted", "DAY_CLOSED"}
    assert made.movement_count == 1 + said.count("posted")
    shown = kept.day(day)
    assert (shown.movement_count, shown.altered) == (made.movement_count, False)
    assert_sound(house.warehouse.inventory)
