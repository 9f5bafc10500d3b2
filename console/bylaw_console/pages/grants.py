"""Grants: which run on a day, given to somebody for a scope, and ended (SEC-1)."""

from typing import Any

from bylaw.people.v1 import access_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.granting import names_of, person_typed
from bylaw_console.routes import get, post

READ, GIVE, END = ("people.grants.read",), ("people.grants.create",), ("people.grants.revoke",)


def grants(desk: Desk) -> Response:
    """Grants that run on a day."""
    return _grants_page(desk)


def give(desk: Desk) -> Response:
    """Give somebody a role for a scope, from a day on."""
    wished = access_pb2.Grant(
        person=person_typed(desk),
        role=desk.field("role"),
        scope=desk.chosen("scope"),
        unit=desk.field("unit"),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        reason=desk.field("reason"),
    )
    try:
        desk.ask(access_pb2.CreateGrantRequest(grant=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return _grants_page(desk, refusal)
    return desk.go("/grants", said="grants.given")


def revoke(desk: Desk, grant: str) -> Response:
    """End a grant now; it stays on record."""
    desk.ask(access_pb2.RevokeGrantRequest(name=f"grants/{grant}", request_id=desk.request_id))
    return desk.go("/grants", said="grants.ended")


def _grants_page(desk: Desk, refusal: Refusal | None = None) -> Response:
    person, role = desk.args.get("person", ""), desk.args.get("role", "")
    on = desk.args.get("on", "") or f"{desk.local_now():%Y-%m-%d}"
    wish = access_pb2.ListGrantsRequest(
        page_size=desk.rows, page_token=desk.args.get("page", ""), person=person, role=role, running_on_date=on
    )
    found = desk.ask(wish)
    given: dict[str, Any] = {
        "grants": found.grants,
        "next_page": found.next_page_token,
        "who": desk.who(*(name for one in found.grants for name in (one.person, one.granted_by))),
        "on": on,
        "role": role,
        "scopes": _scopes(desk),
        "may_give": desk.may(*GIVE),
        "may_end": desk.may(*END),
        **names_of(desk),
    }
    return desk.show("grants.html", refusal, **given)


def _scopes(desk: Desk) -> list[tuple[str, str]]:
    return [(str(one.number), desk.t(f"Scope.{one.name}")) for one in access_pb2.Scope.DESCRIPTOR.values[1:]]


ROUTES = (
    get("/grants", grants, needs=READ),
    post("/grants", give, needs=GIVE),
    post("/grants/<grant>/revoke", revoke, needs=END),
)
