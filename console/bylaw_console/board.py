"""What a manager should know: figures with where their records are, sales by day, hours over the cap, cover."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bylaw.attendance.v1 import overtime_pb2, sheets_pb2
from bylaw.inventory.v1 import stock_levels_pb2, warehouses_pb2
from bylaw.orders.v1 import figures_pb2, parcels_pb2, tickets_pb2
from bylaw.people.v1 import organisation_pb2

from bylaw_console.charts import Bar, bars_of
from bylaw_console.desk import Desk

DAYS = 30
MOST = 1000
SHOWN_LEVELS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters: its words, what it comes to, and where its records are."""

    word: str
    value: str
    path: str
    colour: str = "plain"

    @property
    def kind(self) -> str:
        """How it is coloured: what is not there needs no attention."""
        return "plain" if self.value == "0" else self.colour


@dataclass(slots=True)
class Board:
    """Everything on the page; what the caller may not see, or is not installed, is not there."""

    figures: list[Figure] = field(default_factory=list)
    sales: list[Bar] = field(default_factory=list)
    hours: list[Any] = field(default_factory=list)
    cover: list[Any] = field(default_factory=list)


def _company(desk: Desk) -> str:
    units = desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST)).units
    return next((one.name for one in units if not one.parent), "")


def _attendance(desk: Desk, board: Board) -> None:
    company, month = _company(desk), f"{desk.local_now():%Y-%m}"
    wish = sheets_pb2.ListSheetsRequest(parent=company, month=month, page_size=1, view=sheets_pb2.SHEET_VIEW_TOTALS)
    if not (company and desk.may("attendance.sheets.read") and desk.has(wish)):
        return
    answer = desk.ask_or(None, wish, "UNIT_NOT_FOUND")
    if answer is None:
        return
    sums, path = answer.totals, f"/months?month={month}"
    board.figures += [
        Figure("overview.late", str(sums.late_count), path, "late"),
        Figure("overview.missing", str(sums.missing_card_count), path, "missing"),
        Figure("overview.absent", str(sums.absent_halves), path, "missing"),
    ]


def _hours(desk: Desk, board: Board) -> None:
    wish = overtime_pb2.ListWorkHoursRequest(parent=_company(desk), month=f"{desk.local_now():%Y-%m}", page_size=200)
    if not (wish.parent and desk.may("attendance.sheets.read") and desk.has(wish)):
        return
    answer = desk.ask_or(overtime_pb2.ListWorkHoursResponse(), wish, "UNIT_NOT_FOUND", "NO_POLICY")
    over = [one for one in answer.work_hours if one.cap_exceeded]
    board.hours = over[:SHOWN_LEVELS]
    board.figures.append(Figure("overview.over_cap", str(len(over)), f"/months?month={wish.month}", "overtime"))


def _stock(desk: Desk, board: Board) -> None:
    wish = warehouses_pb2.ListWarehousesRequest(page_size=50)
    if not (desk.may("inventory.levels.read") and desk.has(wish)):
        return
    found = desk.ask_or(warehouses_pb2.ListWarehousesResponse(), wish).warehouses
    for warehouse in found[:1]:
        levels = stock_levels_pb2.ListStockLevelsRequest(parent=warehouse.name, page_size=200)
        answer = desk.ask_or(stock_levels_pb2.ListStockLevelsResponse(), levels)
        covered = [one for one in answer.stock_levels if one.days_of_cover]
        board.cover = sorted(covered, key=lambda one: float(one.days_of_cover))[:SHOWN_LEVELS]
        board.figures.append(Figure("overview.items", str(len(answer.stock_levels)), "/levels"))


def _sales(desk: Desk, board: Board) -> None:
    last = desk.local_now().date()
    wish = figures_pb2.ListSalesFiguresRequest(
        dimension=figures_pb2.SALES_DIMENSION_DAY,
        first_date=f"{last - timedelta(days=DAYS - 1)}",
        last_date=f"{last}",
        time_zone=desk.zone,
        page_size=MOST,
    )
    if not (desk.may("orders.figures.read") and desk.has(wish)):
        return
    found = desk.ask_or(figures_pb2.ListSalesFiguresResponse(), wish).sales_figures
    totals = {one.key: one.total / 100 for one in _of_one_currency(found)}
    days = [f"{last - timedelta(days=back)}" for back in reversed(range(DAYS))]
    board.sales = bars_of([(day, totals.get(day, 0.0), desk.day(day)) for day in days]) if totals else []
    orders = sum(one.order_count for one in found)
    board.figures.append(Figure("overview.orders", str(orders), "/figures"))


def _of_one_currency(found: Iterable[Any]) -> list[Any]:
    """Amounts of several currencies are never added: the one with the most orders is drawn."""
    rows = list(found)
    counts: dict[str, int] = {}
    for one in rows:
        counts[one.currency] = counts.get(one.currency, 0) + one.order_count
    most = max(counts, key=lambda currency: counts[currency], default="")
    return [one for one in rows if one.currency == most]


def _promises(desk: Desk, board: Board) -> None:
    for status, word, kind in (
        (parcels_pb2.PROMISE_STATUS_AT_RISK, "overview.at_risk", "late"),
        (parcels_pb2.PROMISE_STATUS_OVERDUE, "overview.overdue", "missing"),
    ):
        wish = parcels_pb2.ListOrderPromisesRequest(status=status, page_size=200)
        if desk.may("orders.parcels.read") and desk.has(wish):
            answer = desk.ask_or(parcels_pb2.ListOrderPromisesResponse(), wish)
            count = _counted(answer.order_promises, answer.next_page_token)
            board.figures.append(Figure(word, count, "/at-risk", kind))


def _answers(desk: Desk, board: Board) -> None:
    wish = tickets_pb2.ListTicketsRequest(overdue=True, page_size=200)
    if desk.may("orders.tickets.read") and desk.has(wish):
        answer = desk.ask_or(tickets_pb2.ListTicketsResponse(), wish)
        count = _counted(answer.tickets, answer.next_page_token)
        board.figures.append(Figure("overview.answers", count, "/tickets", "late"))


def _counted(found: Any, token: str) -> str:
    return f"{len(found)}+" if token else str(len(found))


def gathered(desk: Desk) -> Board:
    """All that who is signed in may see; what is not installed is not there."""
    board = Board()
    for part in (_attendance, _hours, _stock, _sales, _promises, _answers):
        part(desk, board)
    return board
