"""Nine months of a real wholesaler: what every month opens with, takes in, gives out and closes with, to the piece."""

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_months_pb2 as months
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import warehouses_pb2 as warehouses

from benchmarks.stock_world import retail
from benchmarks.stock_world.retail import RetailLine
from tests.builders.inventory import NOTE, InventoryService, inventory_service, line
from tests.builders.people import SetClock
from tests.builders.stock_books import StockBooks, flows, movement
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound

BEHIND_ALL = datetime(2026, 9, 1, 4, tzinfo=UTC)
MONTHS = ["2025-12", *(f"2026-{month:02}" for month in range(1, 9))]
EVERY = {"short": 150, "long": 1}[os.environ.get("BYLAW_PROVE", "short")]
"""Every so manyth item, and those that went most and in the largest lots."""
TOO = {"85123A", "23166"}
MOST_MOVEMENTS, MOST_LINES = 1_000, 5_000


@pytest.fixture(scope="module")
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service whose books go back to before the first invoice."""
    with inventory_service(postgres, SetClock(BEHIND_ALL), book_days_back=366) as service:
        yield service


class Shop:
    """A warehouse from whose bin goods leave, and into whose inspection they come back."""

    def __init__(self, inventory: InventoryService, codes: set[str]) -> None:
        unit = inventory.people.unit("RETAIL").name
        self.warehouse = inventory.warehouse(unit, inventory.people.site().name)
        self.books = StockBooks(self.warehouse)
        self.bin = self.warehouse.place("A-01")
        self.looked_at = self.warehouse.place("LOOK", warehouses.PLACE_KIND_INSPECTION)
        self.beyond = self.warehouse.places()
        self.goods = {code: inventory.item(code) for code in sorted(codes)}

    def open(self, opening: dict[str, int]) -> None:
        """Takes the opening stock in, the day before everything begins."""
        wanted = [
            line(self.goods[code], self.beyond["SUPPLIER"], self.bin, str(count)) for code, count in opening.items()
        ]
        wanted = [one for one in wanted if one.quantity.value != "0"]
        day = retail.OPENED.isoformat()
        self.books.post_many(
            *(movement(*wanted[at : at + 500], book_date=day, papers=(NOTE,)) for at in range(0, len(wanted), 500))
        )

    def post(self, invoices: Iterator[stock.StockMovement]) -> int:
        """Posts movements in their order, as many at once as the call takes; answers how many there were."""
        posted, some, count = 0, list[stock.StockMovement](), 0
        for one in invoices:
            if len(some) == MOST_MOVEMENTS or count + len(one.lines) > MOST_LINES:
                posted += len(self.books.post_many(*some))
                some, count = [], 0
            some.append(one)
            count += len(one.lines)
        return posted + len(self.books.post_many(*some))

    def movement(self, own: list[RetailLine]) -> stock.StockMovement:
        """An invoice as an issue, a credit as a return."""
        back = own[0].quantity < 0
        ends = (self.beyond["CUSTOMER"], self.looked_at) if back else (self.bin, self.beyond["CUSTOMER"])
        kind = stock.PAPER_KIND_RETURN_SLIP if back else stock.PAPER_KIND_SALES_ORDER
        wanted = [line(self.goods[one.code], *ends, str(abs(one.quantity))) for one in own]
        paper = stock.Paper(kind=kind, number=own[0].invoice)
        return movement(*wanted, papers=(paper,), book_date=own[0].day.isoformat())


def counted_from_the_raw_file(codes: set[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """What came back and what left, by code and month, read by plain means."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    names, *rows = csv.reader(io.StringIO(retail.raw()))
    code, quantity, at = (names.index(name) for name in ("StockCode", "Quantity", "InvoiceDate"))
    for row in rows:
        if row[code].upper() in codes:
            month = f"{int(row[at][:4]) + 15}{row[at][4:7]}"
            found[row[code].upper(), month][int(row[quantity]) > 0] += abs(int(row[quantity]))
    return {key: (back, left) for key, (back, left) in found.items()}


@pytest.mark.timeout(1800)
@pytest.mark.clause("WHS-4")
@pytest.mark.clause("WHS-5")
def test_every_month_of_a_real_shop_is_right_to_the_piece(inventory: InventoryService) -> None:
    every = retail.codes()
    codes = {*every[::EVERY], *(TOO & set(every))}
    wanted = list(retail.lines(codes))
    opening = retail.sold(wanted)
    shop = Shop(inventory, codes)
    shop.open(opening)
    expected = list(retail.moves(wanted))
    assert shop.post(shop.movement(list(own)) for own in expected) == len(expected)
    raw, on_hand = counted_from_the_raw_file(codes), dict(opening)
    for month in MONTHS:
        found = {one.item_code: one for one in shop.books.lines(month, by_item=True)}
        for code, goods in (
            (code, shop.goods[code]) for code in sorted(codes) if opening[code] or raw.get((code, month))
        ):
            came, went = raw.get((code, month), (0, 0))
            assert_line(found.get(code), goods, on_hand[code], came=came, went=went)
            on_hand[code] += came - went
    assert {code: amount for code, amount in shop_on_hand(shop).items() if amount} == {
        code: amount for code, amount in on_hand.items() if amount
    }
    assert_sound(inventory)


def assert_line(found: months.StockMonthLine | None, goods: items.Item, opening: int, *, came: int, went: int) -> None:
    """A line of the report says so; an item that nothing was booked of yet has none."""
    if found is None:
        assert (opening, came, went) == (0, 0, 0), goods.code
        return
    kinds_in = {stock.STOCK_MOVEMENT_KIND_CUSTOMER_RETURN: str(came)} if came else {}
    kinds_out = {stock.STOCK_MOVEMENT_KIND_ISSUE: str(went)} if went else {}
    assert flows(found) == (kinds_in, kinds_out), goods.code
    said = (found.opening.value, found.closing.value)
    assert said == (str(opening), str(opening + came - went)), goods.code


def shop_on_hand(shop: Shop) -> dict[str, int]:
    """What the balances say, by code: all of the bin has gone, what came back waits to be looked at."""
    codes = {item.name: code for code, item in shop.goods.items()}
    found: dict[str, int] = defaultdict(int)
    for one in shop.warehouse.balances():
        assert one.place == shop.looked_at
        found[codes[one.item]] += int(one.on_hand.value)
    return found
