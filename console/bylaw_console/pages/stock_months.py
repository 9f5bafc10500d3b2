"""The month report: opening, in, out and closing of each item, as a page and a workbook, and its hand-over (WHS-5)."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import stock_months_pb2, stock_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, as_file, in_warehouse
from bylaw_console.when import is_month, month_beside

READ = ("inventory.months.read",)
FORMATS = {"xlsx": stock_months_pb2.STOCK_MONTH_FORMAT_XLSX, "csv": stock_months_pb2.STOCK_MONTH_FORMAT_CSV}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A line of the report with what came and went in words."""

    line: Any
    came: str
    went: str


@in_warehouse
def month(desk: Desk, shelves: Shelves, month: str) -> Response:
    """A month, by item in the whole house, or by item and place."""
    return _show(desk, shelves, month)


def _show(desk: Desk, shelves: Shelves, month: str, refusal: Refusal | None = None) -> Response:
    if not is_month(month):
        return desk.render("not_there.html", 404)
    name = f"{shelves.name}/stockMonths/{month}"
    by_place = desk.args.get("by") == "place"
    wish = stock_months_pb2.ListStockMonthLinesRequest(
        parent=name, by_item=not by_place, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    report = desk.ask(stock_months_pb2.GetStockMonthRequest(name=name))
    found = desk.ask(wish)
    values = {
        "shelves": shelves,
        "month": month,
        "report": report,
        "rows": [MonthRow(one, _flows(desk, one.came), _flows(desk, one.went)) for one in found.lines],
        "token": found.next_page_token,
        "by_place": by_place,
        "earlier": month_beside(month, -1),
        "later": month_beside(month, 1) if month < shelves.today[:7] else "",
        "people": desk.who(*(one.handed_over_by for one in report.hand_overs)),
    }
    return desk.show("stock_month.html", refusal, **values)


def _flows(desk: Desk, flows: Any) -> str:
    words = ((desk.t(f"StockMovementKind.{stock_pb2.StockMovementKind.Name(one.kind)}"), one.quantity) for one in flows)
    return " · ".join(f"{word} {quantity}" for word, quantity in words)


@in_warehouse
def file(desk: Desk, shelves: Shelves, month: str, form: str) -> Response:
    """The report as a file."""
    if form not in FORMATS or not is_month(month):
        return desk.render("not_there.html", 404)
    wish = stock_months_pb2.ExportStockMonthRequest(name=f"{shelves.name}/stockMonths/{month}", format=FORMATS[form])
    found = desk.ask(wish)
    return as_file(found.data, found.content_type, f"stock-{shelves.warehouse.code}-{month}.{form}")


@in_warehouse
def hand_over(desk: Desk, shelves: Shelves, month: str) -> Response:
    """Hand it over to the operations director and the shop manager."""
    wish = stock_months_pb2.HandOverStockMonthRequest(
        name=f"{shelves.name}/stockMonths/{month}", remark=desk.field("remark"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, month, refusal)
    return desk.go(f"/stock-months/{month}", said="stock_months.handed_over_now")


ROUTES = (
    get("/stock-months/<month>", month, needs=READ),
    get("/stock-months/<month>/report.<form>", file, needs=READ),
    post("/stock-months/<month>/hand-over", hand_over, needs=("inventory.months.hand_over",)),
)
