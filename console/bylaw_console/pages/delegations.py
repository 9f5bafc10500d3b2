"""Delegations: a head's decisions given to a named person for a time, and ended (DEC-2)."""

from typing import Any

from bylaw.people.v1 import decisions_pb2, staff_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

READ, CREATE = ("people.delegations.read",), ("people.delegations.create",)
MOST = 200


def delegations(desk: Desk) -> Response:
    """Those that one gave or was given."""
    return _show(desk)


def delegate(desk: Desk) -> Response:
    """Give one's decisions to somebody for a time."""
    try:
        made = decisions_pb2.Delegation(
            delegate=_person(desk),
            kinds=desk.form.getlist("kinds"),
            start_date=desk.field("start_date"),
            end_date=desk.field("end_date"),
            away=desk.field("away") == "yes",
        )
        desk.ask(decisions_pb2.CreateDelegationRequest(delegation=made, request_id=desk.request_id))
    except Refusal as refusal:
        return _show(desk, refusal)
    return desk.go("/delegations", said="delegations.made")


def end(desk: Desk, name: str) -> Response:
    """End a delegation now."""
    desk.ask(decisions_pb2.EndDelegationRequest(name=f"delegations/{name}", request_id=desk.request_id))
    return desk.go("/delegations", said="delegations.ended")


def _person(desk: Desk) -> str:
    number = desk.field("delegate")
    found = desk.ask(staff_pb2.ListPeopleRequest(number=number)).people if number else ()
    return found[0].name if found else f"people/{number}"


def _show(desk: Desk, refusal: Refusal | None = None) -> Response:
    wish = decisions_pb2.ListDelegationsRequest(page_size=MOST, page_token=desk.args.get("page", ""))
    page = desk.ask(wish)
    today = f"{desk.local_now():%Y-%m-%d}"
    kinds = desk.ask_or(decisions_pb2.ListProcessesResponse(), decisions_pb2.ListProcessesRequest()).processes
    values = {
        "delegations": page.delegations,
        "token": page.next_page_token,
        "now": [one for one in page.delegations if one.delegator == desk.me.person and _runs(one, today)],
        "kinds": sorted({one.kind for one in kinds}),
        "kind_word": lambda kind: desk.t(f"matter.{kind}") if f"matter.{kind}" in desk.tools.words else kind,
        "who": desk.who(*(name for one in page.delegations for name in (one.delegator, one.delegate))),
        "me": desk.me.person,
    }
    return desk.show("delegations.html", refusal, **values)


def _runs(one: Any, today: str) -> bool:
    return not one.end_time.seconds and one.start_date <= today <= one.end_date


ROUTES = (
    get("/delegations", delegations, needs=READ),
    post("/delegations", delegate, needs=CREATE),
    post("/delegations/<name>/end", end, needs=CREATE),
)
