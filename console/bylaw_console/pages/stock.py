"""Stock: how much of each item is there and how long it lasts, what lies at which place, and both as a file (WHS-8)."""

from typing import Any

from bylaw.inventory.v1 import stock_levels_pb2, stock_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.routes import get
from bylaw_console.shelves import PAGE, Shelves, as_file, cleaned, every, in_warehouse
from bylaw_console.stock_rows import SORTS, StockRow, as_csv, cut, fitting, rows_of

READ = ("inventory.levels.read",)
PLACES = ("inventory.stock.read",)
COLUMNS = ("code", "name", "category", "on_hand", "available", "unit", "daily", "cover", "reorder", "last_issue")


@in_warehouse
def items(desk: Desk, shelves: Shelves) -> Response:
    """Every item that the warehouse has, had or keeps a level for."""
    rows = _rows(desk, shelves)
    shown, token = cut(rows, desk.args.get("page", ""), desk.rows)
    return desk.render(
        "stock.html",
        shelves=shelves,
        rows=shown,
        count=len(rows),
        token=token,
        sort=_sort(desk),
        sorts=[(name, desk.t(f"stock.by_{name}")) for name in SORTS],
    )


def _rows(desk: Desk, shelves: Shelves) -> list[StockRow]:
    wish = stock_levels_pb2.ListStockLevelsRequest(parent=shelves.name, page_size=PAGE)
    levels = every(desk, wish, "stock_levels")
    return fitting(rows_of(shelves, levels), cleaned(desk.args.get("q", "")), _sort(desk))


def _sort(desk: Desk) -> str:
    wished = desk.args.get("sort", "")
    return wished if wished in SORTS else "code"


@in_warehouse
def file(desk: Desk, shelves: Shelves) -> Response:
    """The list as it is filtered and sorted, all of it."""
    head = [desk.t(f"stock.{name}") for name in COLUMNS]
    content = as_csv(head, ([getattr(row, name) for name in COLUMNS] for row in _rows(desk, shelves)))
    name = f"stock-{shelves.warehouse.code}-{shelves.today}.csv"
    return as_file(content, "text/csv; charset=utf-8", name)


@in_warehouse
def places(desk: Desk, shelves: Shelves) -> Response:
    """What lies at a place, or everywhere, by place and lot."""
    wished = cleaned(desk.args.get("place", ""))
    place = shelves.place_of(wished)
    balances: list[Any] = []
    token = ""
    if place or not wished:
        wish = stock_pb2.ListStockBalancesRequest(
            parent=shelves.name,
            place=place,
            as_of_date=desk.args.get("on", ""),
            page_size=desk.rows,
            page_token=desk.args.get("page", ""),
        )
        found = desk.ask(wish)
        balances, token = list(found.stock_balances), found.next_page_token
    shelves.learn(one.item for one in balances)
    return desk.render("stock_places.html", shelves=shelves, balances=balances, token=token, wished=wished)


ROUTES = (
    get("/stock", items, needs=READ),
    get("/stock.csv", file, needs=READ),
    get("/stock/places", places, needs=PLACES),
)
