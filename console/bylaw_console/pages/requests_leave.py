"""Asking for leave: what it would take, who decides and what speaks against it is shown before it is sent (LVE-1)."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import leave_pb2
from flask import Response

from bylaw_console.balances import amount_of, balances_of, kinds_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

ASK = ("attendance.leave.create",)
TYPED = ("kind", "start_date", "end_date", "start_half", "end_half", "start_time", "end_time", "reason", "evidence")
HALVES = {"second": "DAY_HALF_SECOND", "first": "DAY_HALF_FIRST"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a request would come to, ready to be shown."""

    total: str
    minutes: str
    days: list[tuple[Any, str]]
    left: str
    steps: list[Any]
    objections: list[Any]
    on_own: bool
    clause: str


def ask_leave(desk: Desk) -> Response:
    """The form, with the day it was opened from."""
    day = desk.args.get("day", "")
    typed = dict.fromkeys(TYPED, "") | {"start_date": day, "end_date": day, "kind": desk.args.get("of", "")}
    return _form(desk, typed)


def send_leave(desk: Desk) -> Response:
    """Show what it would come to; what was seen so, and not changed since, is asked for."""
    typed = {name: desk.field(name) for name in TYPED}
    try:
        if desk.field("step") == "send" and desk.field("seen") == _seen(typed):
            wish = leave_pb2.LeaveRequest(**_told(typed))
            done = desk.ask(leave_pb2.CreateLeaveRequestRequest(leave_request=wish, request_id=desk.request_id))
            return desk.go(path_of("requests", "leave", done.name), said="leave.sent")
        found = desk.ask(leave_pb2.PreviewLeaveRequestRequest(**_told(typed)))
    except Refusal as refusal:
        return _form(desk, typed, refusal=refusal)
    return _form(desk, typed, found=found)


def _told(typed: dict[str, str]) -> dict[str, Any]:
    told = typed | {name: HALVES.get(typed[name], "") for name in ("start_half", "end_half")}
    return {name: value for name, value in told.items() if value}


def _seen(typed: dict[str, str]) -> str:
    return "|".join(typed[name].replace("|", "/") for name in TYPED)


def _form(desk: Desk, typed: dict[str, str], *, refusal: Refusal | None = None, found: Any = None) -> Response:
    kinds = kinds_of(desk)
    asked = [decider.person for step in found.steps for decider in step.deciders] if found else []
    values: dict[str, Any] = {
        "typed": typed,
        "kinds": kinds,
        "balances": balances_of(desk, desk.me.person, kinds),
        "preview": _preview(found, desk) if found else None,
        "seen": _seen(typed),
        "who": desk.who(*asked),
    }
    return desk.show("leave_ask.html", refusal, **values)


def _preview(found: Any, desk: Desk) -> Preview:
    one = found.leave_request
    return Preview(
        total=amount_of(one.total_days, leave_pb2.LEAVE_UNIT_DAY, desk),
        minutes=desk.minutes(one.total_minutes),
        days=[(day, amount_of(day.days, leave_pb2.LEAVE_UNIT_DAY, desk)) for day in one.days],
        left=amount_of(found.left, found.unit, desk),
        steps=list(found.steps),
        objections=list(found.objections),
        on_own=found.on_own_responsibility,
        clause=one.clause,
    )


ROUTES = (
    get("/requests/leave", ask_leave, needs=ASK),
    post("/requests/leave", send_leave, needs=ASK),
)
