"""A unit: what it is, who heads it, how it became so; made and changed, its head appointed (ORG-2, ORG-3)."""

from typing import Any

from bylaw.people.v1 import organisation_pb2
from bylaw.types.v1 import localized_text_pb2
from flask import Response
from google.protobuf import field_mask_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.pages.organisation import people_of, units_of
from bylaw_console.routes import get, post

READ, CHANGE, APPOINT = ("people.units.read",), ("people.units.update",), ("people.units.appoint",)


def unit(desk: Desk, unit: str) -> Response:
    """One unit: what it is, who heads it, who works there, and how it became so."""
    return _unit_page(desk, f"units/{unit}")


def change_unit(desk: Desk, unit: str) -> Response:
    """Word its title and duties anew, or put it below another, from a day on."""
    name = f"units/{unit}"
    wished = organisation_pb2.Unit(
        name=name,
        title=_both(desk, "title"),
        duties=_both(desk, "duties"),
        parent=desk.field("parent"),
        effective_date=desk.field("effective_date"),
        etag=desk.field("etag"),
    )
    mask = field_mask_pb2.FieldMask(paths=["title", "duties", "parent", "effective_date"])
    try:
        desk.ask(organisation_pb2.UpdateUnitRequest(unit=wished, update_mask=mask, request_id=desk.request_id))
    except Refusal as refusal:
        return _unit_page(desk, name, refusal)
    return desk.go(path_of("units", unit), said="organisation.changed")


def appoint(desk: Desk, unit: str) -> Response:
    """Appoint who heads it, or deputises there, from a day on (ORG-3)."""
    name, person = f"units/{unit}", desk.field("person")
    dates = {"effective_date": desk.field("from_date"), "last_date": desk.field("last_date")}
    more = {"name": name, "request_id": desk.request_id, **dates}
    try:
        if desk.field("post") == "deputy":
            desk.ask(organisation_pb2.AppointDeputyRequest(deputy=person, **more))
        else:
            desk.ask(organisation_pb2.AppointHeadRequest(head=person, **more))
    except Refusal as refusal:
        return _unit_page(desk, name, refusal)
    return desk.go(path_of("units", unit), said="organisation.appointed")


def new_unit(desk: Desk) -> Response:
    """The form of a unit that is not there yet."""
    return desk.render("unit_new.html", units=units_of(desk, ""), kinds=_kinds(desk))


def create_unit(desk: Desk) -> Response:
    """Make it."""
    wished = organisation_pb2.Unit(
        code=desk.field("code"),
        title=_both(desk, "title"),
        duties=_both(desk, "duties"),
        kind=desk.chosen("kind"),
        parent=desk.field("parent"),
        effective_date=desk.field("effective_date"),
    )
    try:
        made = desk.ask(organisation_pb2.CreateUnitRequest(unit=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("unit_new.html", refusal, units=units_of(desk, ""), kinds=_kinds(desk))
    return desk.go(path_of("units", made.name), said="organisation.made", code=made.code)


def _unit_page(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    on = desk.args.get("on", "")
    found = desk.ask(organisation_pb2.GetUnitRequest(name=name, as_of_date=on))
    people = people_of(desk, on, unit=name)
    versions = desk.ask(organisation_pb2.ListUnitVersionsRequest(parent=name)).versions
    headships = desk.ask(organisation_pb2.ListHeadshipsRequest(parent=name)).headships
    named = [found.head, found.deputy, *(one.person for one in headships)]
    given: dict[str, Any] = {
        "unit": found,
        "people": people,
        "versions": versions,
        "headships": headships,
        "who": desk.who(*named, *(one.name for one in people)),
        "units": {one.name: one for one in units_of(desk, on)},
        "on": on,
        "may_change": desk.may(*CHANGE),
        "may_appoint": desk.may(*APPOINT),
    }
    return desk.show("unit.html", refusal, **given)


def _kinds(desk: Desk) -> list[tuple[str, str]]:
    values = organisation_pb2.UnitKind.DESCRIPTOR.values[1:]
    return [(str(value.number), desk.t(f"UnitKind.{value.name}")) for value in values]


def _both(desk: Desk, field: str) -> localized_text_pb2.LocalizedText:
    return localized_text_pb2.LocalizedText(zh=desk.field(f"{field}_zh"), en=desk.field(f"{field}_en"))


ROUTES = (
    get("/units/new", new_unit, needs=("people.units.create",)),
    post("/units/new", create_unit, needs=("people.units.create",)),
    get("/units/<unit>", unit, needs=READ),
    post("/units/<unit>", change_unit, needs=CHANGE),
    post("/units/<unit>/appoint", appoint, needs=APPOINT),
)
