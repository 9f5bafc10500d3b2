"""People from outside: who was let in, until when and why; let in for a time, and no more (SEC-2)."""

from typing import Any

from bylaw.people.v1 import outsiders_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.granting import person_typed
from bylaw_console.routes import get, post

READ, PERMIT = ("people.outsiders.read",), ("people.outsiders.permit",)


def outsiders(desk: Desk) -> Response:
    """Who was let in from outside, until when, and why."""
    return _outsiders_page(desk)


def permit(desk: Desk) -> Response:
    """Let somebody from outside in for a time (SEC-2)."""
    wished = outsiders_pb2.OutsideAccess(
        person=person_typed(desk),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        reason=desk.field("reason"),
    )
    try:
        desk.ask(outsiders_pb2.PermitOutsiderRequest(outside_access=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return _outsiders_page(desk, refusal)
    return desk.go("/outsiders", said="grants.permitted")


def end_access(desk: Desk, access: str) -> Response:
    """Let them in no more, from now on."""
    desk.ask(outsiders_pb2.EndOutsideAccessRequest(name=f"outsideAccesses/{access}", request_id=desk.request_id))
    return desk.go("/outsiders", said="grants.access_ended")


def _outsiders_page(desk: Desk, refusal: Refusal | None = None) -> Response:
    wish = outsiders_pb2.ListOutsideAccessesRequest(page_size=desk.rows, page_token=desk.args.get("page", ""))
    found = desk.ask(wish)
    named = [name for one in found.outside_accesses for name in (one.person, one.permitted_by, one.ended_by)]
    given: dict[str, Any] = {
        "accesses": found.outside_accesses,
        "next_page": found.next_page_token,
        "who": desk.who(*named),
        "may_permit": desk.may(*PERMIT),
    }
    return desk.show("outsiders.html", refusal, **given)


ROUTES = (
    get("/outsiders", outsiders, needs=READ),
    post("/outsiders", permit, needs=PERMIT),
    post("/outsiders/<access>/end", end_access, needs=PERMIT),
)
