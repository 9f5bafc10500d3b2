"""Whom a form of rights means, and what roles and units are called."""

from typing import Any

from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2

from bylaw_console.desk import Desk

MOST = 1000


def person_typed(desk: Desk) -> str:
    """Who is meant: the number that was typed, as the name calls know them by; what is no number stays as it is."""
    typed = desk.field("person")
    wish = staff_pb2.ListPeopleRequest(number=typed)
    found = desk.ask_or(staff_pb2.ListPeopleResponse(), wish, "FIELD_INVALID").people if typed else []
    return found[0].name if found else typed


def names_of(desk: Desk) -> dict[str, Any]:
    """Titles of `roles` and `units` by name."""
    roles = desk.ask_or(access_pb2.ListRolesResponse(), access_pb2.ListRolesRequest()).roles
    units = desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST)).units
    return {
        "roles": {one.name: desk.text(one.title) for one in roles},
        "units": {one.name: desk.text(one.title) for one in units},
    }
