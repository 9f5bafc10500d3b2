"""Objecting to one's own sheet in writing, with the days on which something was found (SHT-2)."""

from typing import Any

from bylaw.attendance.v1 import objections_pb2, sheets_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.months import NO_SHEET, Mark, marks_of
from bylaw_console.routes import get, post
from bylaw_console.when import is_month, month_beside

OBJECTION = ("attendance.objections.create",)


def ask_objection(desk: Desk) -> Response:
    """The form for a month that is over, with the days on which something was found."""
    return desk.render("objection_ask.html", **_objection(desk, desk.args.get("month", ""), {desk.args.get("day", "")}))


def send_objection(desk: Desk) -> Response:
    """Object to one's own sheet in writing."""
    month = desk.field("month")
    days = sorted({day for day in desk.form.getlist("days") if day})
    wish = objections_pb2.Objection(sheet=f"{desk.me.person}/sheets/{month}", days=days, text=desk.field("text"))
    try:
        desk.ask(objections_pb2.CreateObjectionRequest(objection=wish, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("objection_ask.html", refusal, **_objection(desk, month, set(days)))
    return desk.go("/requests?kind=objection", said="objection.sent")


def _objection(desk: Desk, month: str, chosen: set[str]) -> dict[str, Any]:
    shown = month if is_month(month) else month_beside(f"{desk.local_now():%Y-%m}", -1)
    return {
        "month": shown,
        "chosen": chosen,
        "days": _days(desk, shown, chosen) if desk.may("attendance.sheets.read") else [],
    }


def _days(desk: Desk, month: str, chosen: set[str]) -> list[tuple[str, list[Mark]]]:
    """The days of a month on which something was found, and those that were chosen, with what was found."""
    wish = sheets_pb2.GetSheetRequest(name=f"{desk.me.person}/sheets/{month}")
    sheet = desk.ask_or(sheets_pb2.Sheet(), wish, *NO_SHEET)
    found = [(day.work_date, marks_of(day, desk)) for day in sheet.days]
    return [(day, marks) for day, marks in found if marks or day in chosen]


ROUTES = (
    get("/requests/objection", ask_objection, needs=OBJECTION),
    post("/requests/objection", send_objection, needs=OBJECTION),
)
