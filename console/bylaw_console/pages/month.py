"""A month as a calendar: every mark opens why it is there, by which clause, and what can be done (SHT-1, ATT-1..4)."""

from bylaw.attendance.v1 import explanations_pb2, sheets_pb2
from flask import Response

from bylaw_console.desk import Desk, path_of
from bylaw_console.months import weeks_of
from bylaw_console.routes import get
from bylaw_console.when import is_month, month_beside

READ = ("attendance.sheets.read",)


def mine(desk: Desk) -> Response:
    """My month, the present one."""
    return _show(desk, desk.me.person, f"{desk.local_now():%Y-%m}")


def my_month(desk: Desk, month: str) -> Response:
    """My month, any."""
    return _show(desk, desk.me.person, month)


def somebodys(desk: Desk, person: str, month: str) -> Response:
    """Somebody's month, for whoever may see it."""
    return _show(desk, f"people/{person}", month)


def _show(desk: Desk, person: str, month: str) -> Response:
    if not is_month(month):
        return desk.render("not_there.html", 404)
    sheet = desk.ask(sheets_pb2.GetSheetRequest(name=f"{person}/sheets/{month}"))
    is_mine = person == desk.me.person
    base = path_of("month") if is_mine else path_of("people", person, "month")
    wished = desk.args.get("day", "")
    return desk.render(
        "month.html",
        sheet=sheet,
        weeks=weeks_of(sheet, desk),
        is_mine=is_mine,
        base=base,
        earlier=month_beside(month, -1),
        later=month_beside(month, 1),
        wished=wished,
        why=_why(desk, person, wished) if wished.startswith(month) else None,
    )


def _why(desk: Desk, person: str, day: str) -> explanations_pb2.DayExplanation:
    found: explanations_pb2.DayExplanation = desk.ask(explanations_pb2.ExplainDayRequest(name=f"{person}/days/{day}"))
    return found


ROUTES = (
    get("/month", mine, needs=READ),
    get("/month/<month>", my_month, needs=READ),
    get("/people/<person>/month/<month>", somebodys, needs=READ),
)
