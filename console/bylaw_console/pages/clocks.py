"""Clocks: last seen, how far each reported, if its count agrees; let in, retired, asked again (ATT-1, ATT-4)."""

from typing import Any

from bylaw.attendance.v1 import punches_pb2, pushing_pb2
from bylaw.people.v1 import organisation_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

READ, REGISTER, RETIRE = ("attendance.clocks.read",), ("attendance.clocks.register",), ("attendance.clocks.retire",)
MOST_SITES = 1000


def clocks(desk: Desk) -> Response:
    """All clocks: those that push, and sources of files."""
    return _show(desk)


def register(desk: Desk) -> Response:
    """Let a clock in by its serial number."""
    key = desk.field("communication_key")
    wish = pushing_pb2.RegisterClockRequest(
        site=desk.field("site"),
        serial_number=desk.field("serial_number"),
        source_networks=desk.field("source_networks").split(),
        request_id=desk.request_id,
    )
    if key:
        wish.communication_key = key
    return _done(desk, wish, "clocks.registered")


def retire(desk: Desk, clock: str) -> Response:
    """Retire a clock from a date: nobody waits for it any more."""
    wish = punches_pb2.RetireClockRequest(
        name=f"clocks/{clock}", retire_date=desk.field("retire_date"), request_id=desk.request_id
    )
    return _done(desk, wish, "clocks.retired")


def backfill(desk: Desk, clock: str) -> Response:
    """Ask a clock to send the punches of some days again."""
    wish = pushing_pb2.BackfillClockRequest(
        name=f"clocks/{clock}",
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        request_id=desk.request_id,
    )
    return _done(desk, wish, "clocks.asked_again")


def _done(desk: Desk, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, refusal)
    return desk.go("/clocks", said=said)


def _show(desk: Desk, refusal: Refusal | None = None) -> Response:
    pushing = desk.ask(pushing_pb2.ListPushingClocksRequest())
    names = {one.name for one in pushing.clocks}
    others = [one for one in desk.ask(punches_pb2.ListClocksRequest()).clocks if one.name not in names]
    wish = organisation_pb2.ListSitesRequest(page_size=MOST_SITES)
    sites = desk.ask_or(organisation_pb2.ListSitesResponse(), wish).sites
    values = {
        "pushing": pushing.clocks,
        "unknown": pushing.unknown_clocks,
        "others": others,
        "titles": {one.name: desk.text(one.title) for one in sites},
        "sites": [(one.name, f"{desk.text(one.title)} {one.code}") for one in sites],
        "today": f"{desk.local_now():%Y-%m-%d}",
    }
    return desk.show("clocks.html", refusal, **values)


ROUTES = (
    get("/clocks", clocks, needs=READ),
    post("/clocks/register", register, needs=REGISTER),
    post("/clocks/<clock>/retire", retire, needs=RETIRE),
    post("/clocks/<clock>/backfill", backfill, needs=REGISTER),
)
