"""Who may do what: roles, grants given and ended, people from outside, and what changed in it (SEC-1..3, ORG-3)."""

from typing import Any

from bylaw.people.v1 import access_pb2, access_review_pb2, organisation_pb2, outsiders_pb2, staff_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

READ, GIVE, END = ("people.grants.read",), ("people.grants.create",), ("people.grants.revoke",)
OUTSIDERS, PERMIT = ("people.outsiders.read",), ("people.outsiders.permit",)
MOST = 1000


def grants(desk: Desk) -> Response:
    """Grants that run on a day."""
    return _grants_page(desk)


def give(desk: Desk) -> Response:
    """Give somebody a role for a scope, from a day on."""
    wished = access_pb2.Grant(
        person=_person(desk),
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


def changes(desk: Desk) -> Response:
    """What changed in who may do what."""
    wish = access_review_pb2.ListAccessChangesRequest(
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
        start_date=desk.args.get("start", "") or f"{desk.local_now():%Y-%m}-01",
        end_date=desk.args.get("end", "") or f"{desk.local_now():%Y-%m-%d}",
    )
    found = desk.ask(wish)
    named = [name for one in found.changes for name in (one.changed_by, one.person)]
    return desk.render(
        "access_changes.html",
        changes=found.changes,
        next_page=found.next_page_token,
        who=desk.who(*named),
        start=wish.start_date,
        end=wish.end_date,
        **_names(desk),
    )


def outsiders(desk: Desk) -> Response:
    """Who was let in from outside, until when, and why."""
    return _outsiders_page(desk)


def permit(desk: Desk) -> Response:
    """Let somebody from outside in for a time (SEC-2)."""
    wished = outsiders_pb2.OutsideAccess(
        person=_person(desk),
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
        **_names(desk),
    }
    return desk.render_again("grants.html", refusal, **given) if refusal else desk.render("grants.html", **given)


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
    return desk.render_again("outsiders.html", refusal, **given) if refusal else desk.render("outsiders.html", **given)


def _person(desk: Desk) -> str:
    """Who is meant: the number that was typed, as the name calls know them by; what is no number stays as it is."""
    typed = desk.field("person")
    wish = staff_pb2.ListPeopleRequest(number=typed)
    found = desk.ask_or(staff_pb2.ListPeopleResponse(), wish, "FIELD_INVALID").people if typed else []
    return found[0].name if found else typed


def _names(desk: Desk) -> dict[str, Any]:
    roles = desk.ask(access_pb2.ListRolesRequest()).roles
    units = desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST)).units
    return {
        "roles": {one.name: desk.text(one.title) for one in roles},
        "units": {one.name: desk.text(one.title) for one in units},
    }


def _scopes(desk: Desk) -> list[tuple[str, str]]:
    return [(str(one.number), desk.t(f"Scope.{one.name}")) for one in access_pb2.Scope.DESCRIPTOR.values[1:]]


ROUTES = (
    get("/grants", grants, needs=READ),
    post("/grants", give, needs=GIVE),
    post("/grants/<grant>/revoke", revoke, needs=END),
    get("/grants/changes", changes, needs=READ),
    get("/outsiders", outsiders, needs=OUTSIDERS),
    post("/outsiders", permit, needs=PERMIT),
    post("/outsiders/<access>/end", end_access, needs=PERMIT),
)
