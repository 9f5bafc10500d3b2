"""The organisation as of a day: the tree of units with heads and people, and each unit on its own page (ORG-1..3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import organisation_pb2, staff_pb2
from bylaw.types.v1 import localized_text_pb2
from flask import Response
from google.protobuf import field_mask_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

READ, CHANGE, APPOINT = ("people.units.read",), ("people.units.update",), ("people.units.appoint",)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree: `count` people work in it itself, `depth` units stand above it."""

    unit: organisation_pb2.Unit
    depth: int
    count: int


def chart(desk: Desk) -> Response:
    """The tree as of a day."""
    on = desk.args.get("on", "")
    units = _units(desk, on)
    counts = _counts(desk, on)
    return desk.render(
        "organisation.html",
        branches=list(_tree(units, counts)),
        who=desk.who(*_heads(units)),
        on=on,
        shows_people=desk.may("people.staff.read"),
        may_create=desk.may("people.units.create"),
    )


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
    return desk.render("unit_new.html", units=_units(desk, ""), kinds=_kinds(desk))


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
        return desk.render_again("unit_new.html", refusal, units=_units(desk, ""), kinds=_kinds(desk))
    return desk.go(path_of("units", made.name), said="organisation.made", code=made.code)


def _unit_page(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    on = desk.args.get("on", "")
    found = desk.ask(organisation_pb2.GetUnitRequest(name=name, as_of_date=on))
    people = _people(desk, on, unit=name)
    versions = desk.ask(organisation_pb2.ListUnitVersionsRequest(parent=name)).versions
    headships = desk.ask(organisation_pb2.ListHeadshipsRequest(parent=name)).headships
    named = [found.head, found.deputy, *(one.person for one in headships)]
    given: dict[str, Any] = {
        "unit": found,
        "people": people,
        "versions": versions,
        "headships": headships,
        "who": desk.who(*named, *(one.name for one in people)),
        "units": {one.name: one for one in _units(desk, on)},
        "on": on,
        "may_change": desk.may(*CHANGE),
        "may_appoint": desk.may(*APPOINT),
    }
    return desk.render_again("unit.html", refusal, **given) if refusal else desk.render("unit.html", **given)


def _units(desk: Desk, on: str) -> list[organisation_pb2.Unit]:
    return list(desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST, as_of_date=on)).units)


def _people(desk: Desk, on: str, unit: str = "") -> list[staff_pb2.Person]:
    """Whom the caller may see: of the whole organisation, or of a unit itself."""
    if not desk.may("people.staff.read"):
        return []
    wish = staff_pb2.ListPeopleRequest(page_size=MOST, as_of_date=on, unit=unit)
    found = desk.ask_or(staff_pb2.ListPeopleResponse(), wish, "UNIT_NOT_FOUND").people
    return [person for person in found if not unit or person.appointment.unit == unit]


def _counts(desk: Desk, on: str) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for person in _people(desk, on):
        counts[person.appointment.unit] += 1
    return counts


def _tree(units: Iterable[organisation_pb2.Unit], counts: dict[str, int]) -> Iterator[Branch]:
    below: dict[str, list[organisation_pb2.Unit]] = defaultdict(list)
    for one in units:
        below[one.parent].append(one)

    def walk(parent: str, depth: int) -> Iterator[Branch]:
        for one in sorted(below[parent], key=lambda found: found.code):
            yield Branch(one, depth, counts.get(one.name, 0))
            yield from walk(one.name, depth + 1)

    return walk("", 0)


def _heads(units: Iterable[organisation_pb2.Unit]) -> list[str]:
    return [name for one in units for name in (one.head, one.deputy)]


def _kinds(desk: Desk) -> list[tuple[str, str]]:
    values = organisation_pb2.UnitKind.DESCRIPTOR.values[1:]
    return [(str(value.number), desk.t(f"UnitKind.{value.name}")) for value in values]


def _both(desk: Desk, field: str) -> localized_text_pb2.LocalizedText:
    return localized_text_pb2.LocalizedText(zh=desk.field(f"{field}_zh"), en=desk.field(f"{field}_en"))


ROUTES = (
    get("/organisation", chart, needs=READ),
    get("/units/new", new_unit, needs=("people.units.create",)),
    post("/units/new", create_unit, needs=("people.units.create",)),
    get("/units/<unit>", unit, needs=READ),
    post("/units/<unit>", change_unit, needs=CHANGE),
    post("/units/<unit>/appoint", appoint, needs=APPOINT),
)
