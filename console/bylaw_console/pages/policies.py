"""Policies: what is installed and how it is, what was assigned, an assignment ended or withdrawn (HRS-1, LVE-1)."""

from typing import Any

from bylaw.attendance.v1 import policies_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.policy_books import BOOKS, LEAVE, SHIFT, assigned_of
from bylaw_console.routes import get, post
from bylaw_console.units import units_of

READ, ASSIGN = ("attendance.policies.read",), ("attendance.policies.assign",)
FAILURES = 100


def policies(desk: Desk) -> Response:
    """Everything that is installed, and everything that holds."""
    on, withdrawn = desk.args.get("on", ""), bool(desk.args.get("withdrawn"))
    asked = {"running_on_date": on, "show_withdrawn": withdrawn}
    units = units_of(desk)
    patterns, leave = SHIFT.offered(desk), LEAVE.offered(desk)
    return desk.render(
        "policies.html",
        patterns=patterns,
        leave=leave,
        assigned_patterns=assigned_of(SHIFT, SHIFT.assigned(desk, **asked), patterns, units, desk),
        assigned_leave=assigned_of(LEAVE, LEAVE.assigned(desk, **asked), leave, units, desk),
        health=desk.ask(policies_pb2.ListPolicyHealthRequest(page_size=FAILURES)).entries,
        on=on,
        withdrawn=withdrawn,
    )


def assignment(desk: Desk, kind: str, name: str) -> Response:
    """One assignment: what it sets, since when, and the way to end or withdraw it."""
    return _show(desk, kind, name)


def end(desk: Desk, kind: str, name: str) -> Response:
    """End an assignment with a last day."""
    message = _wish(desk, kind, "end", name, last_date=desk.field("last_date"))
    return _done(desk, kind, name, message, "policies.ended")


def withdraw(desk: Desk, kind: str, name: str) -> Response:
    """Withdraw an assignment that was made by mistake."""
    message = _wish(desk, kind, "withdraw", name, reason=desk.field("reason"))
    return _done(desk, kind, name, message, "policies.withdrawn")


def _wish(desk: Desk, kind: str, deed: str, name: str, **given: Any) -> Any:
    if kind not in BOOKS:
        return None
    folder = "patternAssignments" if kind == "shift" else "leaveAssignments"
    made = getattr(BOOKS[kind], deed)
    return made(name=f"{folder}/{name}", etag=desk.field("etag"), request_id=desk.request_id, **given)


def _done(desk: Desk, kind: str, name: str, message: Any, said: str) -> Response:
    if message is None:
        return desk.render("not_there.html", 404)
    try:
        desk.ask(message)
    except Refusal as refusal:
        return _show(desk, kind, name, refusal)
    return desk.go(f"/policies/assignments/{kind}/{name}", said=said)


def _show(desk: Desk, kind: str, name: str, refusal: Refusal | None = None) -> Response:
    book = BOOKS.get(kind)
    found = [] if book is None else book.assigned(desk, show_withdrawn=True)
    chosen = [one for one in found if one.name.rpartition("/")[2] == name]
    if book is None or not chosen:
        return desk.render("not_there.html", 404)
    (row,) = assigned_of(book, chosen, book.offered(desk), units_of(desk), desk)
    values = {"row": row, "one": chosen[0], "book": book, "who": desk.who(chosen[0].withdrawn_by)}
    return desk.show("assignment.html", refusal, **values)


ROUTES = (
    get("/policies", policies, needs=READ),
    get("/policies/assignments/<kind>/<name>", assignment, needs=READ),
    post("/policies/assignments/<kind>/<name>/end", end, needs=ASSIGN),
    post("/policies/assignments/<kind>/<name>/withdraw", withdraw, needs=ASSIGN),
)
