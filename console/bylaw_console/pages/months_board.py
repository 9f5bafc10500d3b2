"""The month board: which unit stands where; a unit's month reviewed, handed over and closed (SHT-1, SHT-2, SHT-3)."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import closing_pb2, objections_pb2, sheets_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.month_board import board_of, lines_of
from bylaw_console.routes import get, post
from bylaw_console.units import Units, units_of
from bylaw_console.when import is_month, month_beside

READ, REVIEW, CLOSE = ("attendance.months.read",), ("attendance.months.review",), ("attendance.months.close",)
MOST = 1000


def last_month(desk: Desk) -> Response:
    """The board of the month that is to be closed next: the last one that is over."""
    return month_board(desk, desk.args.get("month", "") or month_beside(f"{desk.local_now():%Y-%m}", -1))


def month_board(desk: Desk, month: str) -> Response:
    """How a month stands in all units that one sees."""
    units = units_of(desk, desk.args.get("unit", ""), whole=desk.may(*CLOSE))
    if not is_month(month) or units.chosen is None:
        return desk.render("not_there.html", 404)
    page = desk.ask(
        closing_pb2.ListUnitMonthsRequest(
            parent=units.chosen.name, month=month, page_size=desk.rows, page_token=desk.args.get("page", "")
        )
    )
    return desk.render(
        "months.html",
        month=month,
        earlier=month_beside(month, -1),
        later=month_beside(month, 1),
        units=units,
        lines=lines_of(page.unit_months, f"{desk.local_now():%Y-%m-%d}"),
        who=desk.who(*(name for one in page.unit_months for name in (one.handed_over_by, one.closed_by))),
        token=page.next_page_token,
    )


def unit_month(desk: Desk, month: str, unit: str) -> Response:
    """A unit's month: its exceptions, its objections, and the next step."""
    return _show(desk, month, unit)


def review(desk: Desk, month: str, unit: str) -> Response:
    """Record that the chosen sheets were looked at as they were shown."""
    chosen = desk.form.getlist("sheet")
    reviews = [
        closing_pb2.SheetReview(person=person, inputs_digest=digest, remark=desk.field("remark"))
        for person, _, digest in (one.partition(" ") for one in chosen)
    ]

    def deed(name: str) -> Any:
        return closing_pb2.ReviewSheetsRequest(name=name, reviews=reviews, request_id=desk.request_id)

    return _do(desk, month, unit, deed, said="unit_month.reviewed", count=len(reviews))


def hand_over(desk: Desk, month: str, unit: str) -> Response:
    """Hand a unit's month over to human resources."""

    def deed(name: str) -> Any:
        remark, key = desk.field("remark"), desk.request_id
        return closing_pb2.HandOverUnitMonthRequest(name=name, remark=remark, request_id=key)

    return _do(desk, month, unit, deed, said="unit_month.handed")


def ask_close(desk: Desk, month: str, unit: str) -> Response:
    """What closing a month would mean, before it is done: it cannot be undone."""
    return _show(desk, month, unit, template="unit_month_close.html")


def close(desk: Desk, month: str, unit: str) -> Response:
    """Close a unit's month."""

    def deed(name: str) -> Any:
        return closing_pb2.CloseUnitMonthRequest(name=name, request_id=desk.request_id)

    return _do(desk, month, unit, deed, said="unit_month.closed", template="unit_month_close.html")


def _do(desk: Desk, month: str, unit: str, deed: Callable[[str], Any], *, said: str, **more: Any) -> Response:
    template = more.pop("template", "unit_month.html")
    units = units_of(desk, unit)
    try:
        desk.ask(deed(f"{units.named(unit)}/months/{month}"))
    except Refusal as refusal:
        return _show(desk, month, unit, template=template, refusal=refusal)
    return desk.go(f"/months/{month}/{unit}", said=said, month=desk.month(month), **more)


def _show(
    desk: Desk, month: str, unit: str, *, template: str = "unit_month.html", refusal: Refusal | None = None
) -> Response:
    units = units_of(desk, unit)
    if not is_month(month) or units.chosen is None:
        return desk.render("not_there.html", 404)
    values = _unit_month(desk, units, month)
    if refusal is not None:
        return desk.render_again(template, refusal, **values)
    return desk.render(template, **values)


def _unit_month(desk: Desk, units: Units, month: str) -> dict[str, Any]:
    name = units.chosen.name
    found = desk.ask(closing_pb2.GetUnitMonthRequest(name=f"{name}/months/{month}"))
    sheets = desk.ask(
        sheets_pb2.ListSheetsRequest(parent=name, month=month, page_size=MOST, view=sheets_pb2.SHEET_VIEW_TOTALS)
    ).sheets
    objections = desk.ask(objections_pb2.ListObjectionsRequest(parent=name, month=month, page_size=MOST)).objections
    adjustments = desk.ask_or(
        closing_pb2.ListAdjustmentsResponse(),
        closing_pb2.ListAdjustmentsRequest(parent=name, month=month, page_size=MOST),
    ).adjustments
    people = [found.handed_over_by, found.closed_by, *(one.reviewed_by for one in found.sheets)]
    return {
        "unit": units.chosen,
        "month": month,
        "found": found,
        "board": board_of(found, {one.name: one.totals for one in sheets}, desk.me.person),
        "objections": objections,
        "adjustments": adjustments,
        "who": desk.who(*people),
        "earlier": month_beside(month, -1),
        "later": month_beside(month, 1),
    }


ROUTES = (
    get("/months", last_month, needs=READ),
    get("/months/<month>", month_board, needs=READ),
    get("/months/<month>/<unit>", unit_month, needs=READ),
    post("/months/<month>/<unit>/review", review, needs=REVIEW),
    post("/months/<month>/<unit>/hand-over", hand_over, needs=REVIEW),
    get("/months/<month>/<unit>/close", ask_close, needs=CLOSE),
    post("/months/<month>/<unit>/close", close, needs=CLOSE),
)
