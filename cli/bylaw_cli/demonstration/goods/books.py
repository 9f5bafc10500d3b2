"""Half a year of the demonstration's books: goods taken in, sold, counted, days closed, months reported (WHS-3..5)."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from bylaw.inventory.v1 import (
    books_pb2,
    books_pb2_grpc,
    posting_pb2,
    posting_pb2_grpc,
    stock_months_pb2,
    stock_months_pb2_grpc,
    stock_pb2,
)
from bylaw.types.v1.amount_pb2 import Quantity

from bylaw_cli.demonstration.deciding import KEEPER
from bylaw_cli.demonstration.goods.shelves import DAYS, MOST, Moved, Shelves, paper, rows

SALES_DAYS = (27, 24, 21, 17, 14, 10, 7, 3, 1)
"""How many days ago parcels went out."""
POSTED, COUNTED, CLOSED, REPORTED = time(15, 20), time(16, 40), time(9, 5), time(17, 10)
LOTS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "MJ-HONEY": (("H-2501", "18", 45), ("H-2507", "42", 300)),
    "MJ-CANDLE": (("C-118", "80", 700),),
    "MJ-KETTLE": (("K0041", "1", 0), ("K0042", "1", 0), ("K0043", "1", 0), ("K0044", "1", 0)),
}
"""Of what is told apart by lot or serial number: which, how much, and in how many days it expires; 0: never."""
ORDERS: tuple[tuple[tuple[str, int, str], ...], ...] = (
    (("MJ-CUP", 4, ""), ("MJ-COASTER", 18, "")),
    (("MJ-PLATE", 3, ""), ("MJ-NAPKIN", 6, "")),
    (("MJ-SET", 1, ""), ("MJ-HONEY", 1, "H-2501"), ("MJ-CANDLE", 2, "C-118")),
)
"""What goes out on a day, order by order: item, how much at least, lot."""
VARIES_FROM = 4
BEFORE: Mapping[int, tuple[tuple[tuple[str, str, str], ...], ...]] = {
    110: ((("MJ-LANTERN", "4", ""),),),
    40: ((("MJ-CLOTH", "6", ""), ("MJ-CLAY", "12.25", "")), (("MJ-KETTLE", "1", "K0041"),)),
}
"""Orders of days longer ago; the lanterns are slow since, and of the vases nobody has bought any (WHS-7)."""
OPENING_NOTE, OPENING = "QC-001", "期初库存 / opening stock"
COUNTS = ("MJ-CUP", "MJ-COASTER", "MJ-PLATE", "MJ-NAPKIN", "MJ-SET")
"""What is counted by the way, one after another."""
CHIPPED_DAY = 10
CHIPPED, WHY_CHIPPED = (
    "MJ-PLATE",
    "一只餐盘磕碰，待盘点时报损。/ One plate is chipped, to be written off with the stocktake.",
)


def keep(shelves: Shelves) -> None:
    """Takes the goods in, sells, counts and closes day by day, and hands last month's report over."""
    left = {row["code"]: Decimal(row["opening"]) for row in rows()}
    closed, counted = _known(shelves)
    last_month = shelves.today.replace(day=1) - timedelta(days=1)
    for ago in (DAYS, *BEFORE, *SALES_DAYS):
        day = shelves.today - timedelta(days=ago)
        sold = list(_sold(ago))
        for line in sold:
            left[line.item] -= Decimal(line.quantity)
        if day > closed:
            _post(shelves, day, ago)
            if day not in counted:
                _count(shelves, day, ago, left)
            _close(shelves, day, "" if ago != CHIPPED_DAY else WHY_CHIPPED)
    _hand_over(shelves, last_month)


def _known(shelves: Shelves) -> tuple[date, set[date]]:
    """Up to which day the books are closed, and on which days something was counted."""
    asking, stub = shelves.asking, shelves.asking.stub(books_pb2_grpc.BooksStub)
    days = asking.ask(stub.ListBookDays, books_pb2.ListBookDaysRequest(parent=shelves.name), by=KEEPER).book_days
    closed = date.fromisoformat(days[0].name.rpartition("/")[2]) if days else date.min
    counts = asking.ask(
        stub.ListSpotCounts, books_pb2.ListSpotCountsRequest(parent=shelves.name, page_size=MOST), by=KEEPER
    ).spot_counts
    return closed, {date.fromisoformat(count.book_date) for count in counts}


def _opening(shelves: Shelves) -> Iterator[Moved]:
    for row in rows():
        code, place = row["code"], row["place"]
        if code not in LOTS:
            yield Moved(code, "SUPPLIER", place, row["opening"])
        for lot, quantity, days in LOTS.get(code, ()):
            expiry = (shelves.today + timedelta(days=days)).isoformat() if days else ""
            yield Moved(code, "SUPPLIER", place, quantity, lot, expiry)


def _sold(ago: int) -> Iterator[Moved]:
    """What went out on a day, of all orders."""
    for order in _orders(ago):
        yield from order


def _orders(ago: int) -> Iterator[list[Moved]]:
    """Nothing on the first day."""
    places = {row["code"]: row["place"] for row in rows()}
    for earlier in BEFORE.get(ago, ()):
        yield [Moved(code, places[code], "CARRIER", value, lot) for code, value, lot in earlier]
    for order in ORDERS if ago in SALES_DAYS else ():
        yield [
            Moved(code, places[code], "CARRIER", str(least + ago % 3 if least >= VARIES_FROM else least), lot)
            for code, least, lot in order
        ]


def _post(shelves: Shelves, day: date, ago: int) -> None:
    """On the first day all that was there, as one receipt (WHS-1); else the day's orders at once (WHS-3)."""
    made = [(f"SO-{day:%m%d}-{number}", "SALES_ORDER", order, "") for number, order in enumerate(_orders(ago), start=1)]
    if ago == DAYS:
        made = [(OPENING_NOTE, "DELIVERY_NOTE", list(_opening(shelves)), OPENING)]
    wanted = [
        shelves.movement(paper(kind, number), lines, reason=reason)
        for number, kind, lines, reason in made
        if number not in shelves.posted
    ]
    if wanted:
        _batch(shelves, day, wanted)


def _batch(shelves: Shelves, day: date, movements: list[stock_pb2.StockMovement]) -> None:
    stub = shelves.asking.stub_at(posting_pb2_grpc.PostingStub, shelves.at(day, POSTED))
    request = posting_pb2.BatchPostStockMovementsRequest(parent=shelves.name, stock_movements=movements)
    shelves.asking.ask(stub.BatchPostStockMovements, request, by=KEEPER)


def _count(shelves: Shelves, day: date, ago: int, left: Mapping[str, Decimal]) -> None:
    """Some goods are counted by the way (WHS-4)."""
    code = CHIPPED if ago == CHIPPED_DAY else COUNTS[ago % len(COUNTS)]
    place = next(row["place"] for row in rows() if row["code"] == code)
    seen = left[code] - (1 if ago == CHIPPED_DAY else 0)
    count = books_pb2.SpotCount(
        item=shelves.items[code], place=shelves.places[place], counted=Quantity(value=f"{seen}")
    )
    stub = shelves.asking.stub_at(books_pb2_grpc.BooksStub, shelves.at(day, COUNTED))
    request = books_pb2.CreateSpotCountRequest(parent=shelves.name, spot_count=count)
    shelves.asking.ask(stub.CreateSpotCount, request, by=KEEPER)


def _close(shelves: Shelves, day: date, explanation: str) -> None:
    """The next morning, with the days before it on which nothing moved (WHS-4)."""
    stub = shelves.asking.stub_at(books_pb2_grpc.BooksStub, shelves.at(day + timedelta(days=1), CLOSED))
    request = books_pb2.CloseBookDayRequest(name=f"{shelves.name}/bookDays/{day}", explanation=explanation)
    shelves.asking.ask(stub.CloseBookDay, request, by=KEEPER)


def _hand_over(shelves: Shelves, last_day: date) -> None:
    """Last month's report went to the director and the shop manager on its last day (WHS-5)."""
    name = f"{shelves.name}/stockMonths/{last_day:%Y-%m}"
    stub = shelves.asking.stub_at(stock_months_pb2_grpc.StockMonthsStub, shelves.at(last_day, REPORTED))
    found = shelves.asking.ask(stub.GetStockMonth, stock_months_pb2.GetStockMonthRequest(name=name), by=KEEPER)
    if not found.hand_overs:
        request = stock_months_pb2.HandOverStockMonthRequest(name=name)
        shelves.asking.ask(stub.HandOverStockMonth, request, by=KEEPER)
