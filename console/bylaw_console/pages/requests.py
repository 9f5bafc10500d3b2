"""My requests: what I asked for, where it stands and who decides, what I have of leave, and the way back (LVE-1)."""

from typing import Any

from bylaw.attendance.v1 import leave_pb2
from bylaw.people.v1 import decisions_pb2
from flask import Response

from bylaw_console.balances import amount_of, balances_of, kinds_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.wishes import SOURCES, Wish, approvers_of, mark_of, span_of

READ = ("attendance.leave.read",)
OF_EACH = 20
"""How many of each kind the list of all kinds shows."""


def requests(desk: Desk) -> Response:
    """All kinds, the newest first; one kind by pages."""
    wished = desk.args.get("kind", "")
    own = [source for source in SOURCES if desk.may(source.needs)]
    chosen = [source for source in own if source.kind == wished]
    found: list[Wish] = []
    following = ""
    for source in chosen or own:
        rows, following = source.wishes(desk, desk.rows if chosen else OF_EACH, desk.args.get("page", ""))
        found += rows
    found.sort(key=lambda wish: wish.asked.ToNanoseconds(), reverse=True)
    return desk.render(
        "requests.html",
        wishes=found,
        sources=own,
        askable=[source for source in own if desk.may(source.may_ask)],
        wished=wished if chosen else "",
        following=following if chosen else "",
        who=desk.who(*{name for wish in found for name in (wish.by, wish.other) if name}),
        balances=balances_of(desk, desk.me.person, kinds_of(desk)),
    )


def withdraw(desk: Desk) -> Response:
    """Take a request back; it stays on record as taken back."""
    source = next((source for source in SOURCES if source.kind == desk.field("kind")), SOURCES[0])
    desk.ask(source.withdraw(name=desk.field("name"), etag=desk.field("etag"), request_id=desk.request_id))
    return desk.go("/requests", said="requests.withdrawn")


def leave_request(desk: Desk, name: str) -> Response:
    """One request for leave: what it takes of each day, who decides, and how it can be shortened."""
    return _show(desk, desk.ask(leave_pb2.GetLeaveRequestRequest(name=f"leaveRequests/{name}")))


def shorten(desk: Desk, name: str) -> Response:
    """End an agreed request earlier."""
    wish = leave_pb2.ShortenLeaveRequestRequest(
        name=f"leaveRequests/{name}",
        end_date=desk.field("end_date"),
        end_half=leave_pb2.DAY_HALF_FIRST if desk.field("end_half") else leave_pb2.DAY_HALF_UNSPECIFIED,
        text=desk.field("text"),
        etag=desk.field("etag"),
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        found = desk.ask(leave_pb2.GetLeaveRequestRequest(name=wish.name))
        return _show(desk, found, refusal)
    return desk.go(path_of("requests", "leave", name), said="requests.shortened")


def _show(desk: Desk, found: leave_pb2.LeaveRequest, refusal: Refusal | None = None) -> Response:
    decision = None
    if found.decision and desk.may("people.decisions.read"):
        wish = decisions_pb2.GetDecisionRequest(name=found.decision)
        decision = desk.ask_or(None, wish, "DECISION_NOT_FOUND")
    asked = [one.person for step in decision.steps for seat in step.seats for one in seat.asked] if decision else []
    values: dict[str, Any] = {
        "leave": found,
        "is_mine": found.person == desk.me.person,
        "span": span_of(found, desk),
        "mark": mark_of(found),
        "approvers": approvers_of(found, desk),
        "days": [(day, amount_of(day.days, leave_pb2.LEAVE_UNIT_DAY, desk)) for day in found.days],
        "total": amount_of(found.total_days, leave_pb2.LEAVE_UNIT_DAY, desk),
        "waits": found.state == leave_pb2.LEAVE_REQUEST_STATE_WAITING,
        "agreed": found.state == leave_pb2.LEAVE_REQUEST_STATE_AGREED,
        "decision": decision,
        "who": desk.who(*{name for name in (found.person, found.changed_by, *asked) if name}),
    }
    return desk.show("leave_request.html", refusal, **values)


ROUTES = (
    get("/requests", requests, needs=READ),
    post("/requests/withdraw", withdraw, needs=READ),
    get("/requests/leave/<name>", leave_request, needs=READ),
    post("/requests/leave/<name>", shorten, needs=("attendance.leave.create",)),
)
