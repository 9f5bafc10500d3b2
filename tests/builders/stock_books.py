"""The days and months of a warehouse's books, and what tests do with them in a line each."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import books_pb2_grpc, posting_pb2_grpc, stock_months_pb2_grpc
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import posting_pb2 as posting
from bylaw.inventory.v1 import stock_months_pb2 as months
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.types.v1.amount_pb2 import Quantity
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.inventory import NOTE, ORDER, SLIP, InventoryService, KnownWarehouse

ZONE = ZoneInfo("Asia/Shanghai")
"""Of the site where tests' warehouses stand."""


@dataclass
class StockBooks:
    """The books of a warehouse; `metadata` is of whoever keeps them, else of somebody who may do everything."""

    warehouse: KnownWarehouse
    inventory: InventoryService = field(init=False)

    def __post_init__(self) -> None:
        self.inventory = self.warehouse.inventory
        channel = self.inventory.channel
        self.stub = books_pb2_grpc.BooksStub(channel)
        self.posting = posting_pb2_grpc.PostingStub(channel)
        self.months = stock_months_pb2_grpc.StockMonthsStub(channel)

    @property
    def today(self) -> date:
        """The day at the warehouse."""
        return self.inventory.clock.now.astimezone(ZONE).date()

    def wait_until(self, day: date, hour: int = 9) -> None:
        """Lets time pass until an hour of a day there."""
        wanted = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)
        assert wanted >= self.inventory.clock.now
        self.inventory.clock.now = wanted

    def next_day(self) -> date:
        """Lets the day end; answers which one did."""
        ended = self.today
        self.wait_until(ended + timedelta(days=1))
        return ended

    def close(self, day: date, explanation: str = "", **more: Any) -> books.BookDay:
        """Closes a day."""
        request = books.CloseBookDayRequest(name=self.day_name(day), explanation=explanation)
        return self.stub.CloseBookDay(request, **self._said(more))

    def day(self, day: date, **more: Any) -> books.BookDay:
        """A day as it stands."""
        return self.stub.GetBookDay(books.GetBookDayRequest(name=self.day_name(day)), **self._said(more))

    def closed_days(self) -> list[books.BookDay]:
        """The closed days, newest first."""
        request = books.ListBookDaysRequest(parent=self.warehouse.name, page_size=1000)
        return list(self.stub.ListBookDays(request, **self._said({})).book_days)

    def count(
        self, item: items.Item, place: str, value: str, *, at: datetime | None = None, unit: str = "", lot: str = ""
    ) -> books.SpotCount:
        """Puts on record what was counted."""
        made = books.SpotCount(item=item.name, place=place, lot=lot, counted=Quantity(value=value, unit=unit))
        if at:
            made.count_time.CopyFrom(timestamp(at))
        request = books.CreateSpotCountRequest(parent=self.warehouse.name, spot_count=made)
        return self.stub.CreateSpotCount(request, **self._said({}))

    def counts(self, day: str = "") -> list[books.SpotCount]:
        """The counts, newest first."""
        request = books.ListSpotCountsRequest(parent=self.warehouse.name, page_size=1000, book_date=day)
        return list(self.stub.ListSpotCounts(request, **self._said({})).spot_counts)

    def preview(self, *lines: stock.StockMovementLine, **more: Any) -> posting.PreviewStockMovementResponse:
        """What a movement would change."""
        wish = stock.StockMovement(warehouse=self.warehouse.name, lines=lines, papers=(NOTE, ORDER, SLIP), **more)
        return self.posting.PreviewStockMovement(
            posting.PreviewStockMovementRequest(stock_movement=wish), **self._said({})
        )

    def post_many(self, *movements: stock.StockMovement) -> list[str]:
        """Posts movements at once; answers their names."""
        request = posting.BatchPostStockMovementsRequest(parent=self.warehouse.name, stock_movements=movements)
        return list(self.posting.BatchPostStockMovements(request, **self._said({})).stock_movements)

    def month(self, month: str, **more: Any) -> months.StockMonth:
        """How a month stands."""
        return self.months.GetStockMonth(months.GetStockMonthRequest(name=self.month_name(month)), **self._said(more))

    def lines(self, month: str, *, by_item: bool = False, page_size: int = 1000) -> list[months.StockMonthLine]:
        """The report, page by page."""
        request = months.ListStockMonthLinesRequest(parent=self.month_name(month), by_item=by_item, page_size=page_size)
        found: list[months.StockMonthLine] = []
        while True:
            answer = self.months.ListStockMonthLines(request, **self._said({}))
            found += answer.lines
            if not answer.next_page_token:
                return found
            request.page_token = answer.next_page_token

    def export(self, month: str, form: months.StockMonthFormat.ValueType) -> tuple[bytes, str]:
        """The report as a file, and its type."""
        request = months.ExportStockMonthRequest(name=self.month_name(month), format=form)
        answer = self.months.ExportStockMonth(request, **self._said({}))
        return answer.data, answer.content_type

    def hand_over(self, month: str, remark: str = "") -> months.StockMonth:
        """Hands a report over."""
        request = months.HandOverStockMonthRequest(name=self.month_name(month), remark=remark)
        return self.months.HandOverStockMonth(request, **self._said({}))

    def day_name(self, day: date) -> str:
        """`warehouses/.../bookDays/...`."""
        return f"{self.warehouse.name}/bookDays/{day.isoformat()}"

    def month_name(self, month: str) -> str:
        """`warehouses/.../stockMonths/...`."""
        return f"{self.warehouse.name}/stockMonths/{month}"

    def _said(self, more: dict[str, Any]) -> dict[str, Any]:
        return {"metadata": self.inventory.everything, **more}


def movement(
    *lines: stock.StockMovementLine, papers: tuple[stock.Paper, ...] = (NOTE, ORDER, SLIP), **more: Any
) -> stock.StockMovement:
    """One of many movements."""
    return stock.StockMovement(lines=lines, papers=papers, **more)


def timestamp(instant: datetime) -> Timestamp:
    """An instant."""
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def flows(line: months.StockMonthLine) -> tuple[dict[int, str], dict[int, str]]:
    """What came and what went, by kind."""
    came = {flow.kind: flow.quantity for flow in line.came}
    return came, {flow.kind: flow.quantity for flow in line.went}
