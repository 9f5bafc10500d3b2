"""Asking for overtime ahead, with the hours of the month beside it (HRS-7)."""

from typing import Any

from bylaw.attendance.v1 import overtime_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.months import NO_SHEET
from bylaw_console.routes import get, post

OVERTIME = ("attendance.overtime.create",)


def ask_overtime(desk: Desk) -> Response:
    """The form, with the hours of this month beside it."""
    return desk.render("overtime_ask.html", day=desk.args.get("day", ""), hours=_hours(desk))


def send_overtime(desk: Desk) -> Response:
    """Ask for overtime ahead."""
    compensation = desk.field("compensation")
    wish = overtime_pb2.OvertimeRequest(
        work_date=desk.field("work_date"),
        hours=f"{desk.field('from')}-{desk.field('until')}",
        compensation=overtime_pb2.OVERTIME_COMPENSATION_TIME_OFF
        if compensation == "time_off"
        else overtime_pb2.OVERTIME_COMPENSATION_PAY,
        reason=desk.field("reason"),
    )
    try:
        desk.ask(overtime_pb2.CreateOvertimeRequestRequest(overtime_request=wish, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("overtime_ask.html", refusal, day="", hours=_hours(desk))
    return desk.go("/requests?kind=overtime", said="overtime.sent")


def _hours(desk: Desk) -> Any:
    if not desk.may("attendance.sheets.read"):
        return None
    name = f"{desk.me.person}/workHours/{desk.local_now():%Y-%m}"
    return desk.ask_or(None, overtime_pb2.GetWorkHoursRequest(name=name), *NO_SHEET)


ROUTES = (
    get("/requests/overtime", ask_overtime, needs=OVERTIME),
    post("/requests/overtime", send_overtime, needs=OVERTIME),
)
