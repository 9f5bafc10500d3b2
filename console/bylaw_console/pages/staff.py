"""People of the organisation as of a day, and each of them: taken on, appointed, leaving (POS-2)."""

from typing import Any

from bylaw.people.v1 import organisation_pb2, staff_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

READ, APPOINT = ("people.staff.read",), ("people.staff.appoint",)
MOST = 1000


def people(desk: Desk) -> Response:
    """Whom the caller may see, a page at a time; a number finds one of them."""
    unit, number, on = desk.args.get("unit", ""), desk.args.get("number", "").strip(), desk.args.get("on", "")
    wish = staff_pb2.ListPeopleRequest(
        page_size=desk.rows, page_token=desk.args.get("page", ""), as_of_date=on, unit=unit, number=number
    )
    found = desk.ask(wish)
    return desk.render(
        "people.html",
        people=found.people,
        next_page=found.next_page_token,
        units=_titles(desk, on),
        positions=_positions(desk, on),
        unit=unit,
        number=number,
        on=on,
        may_create=desk.may("people.staff.create"),
    )


def person(desk: Desk, person: str) -> Response:
    """One person: where they work and worked, and what they may do."""
    return _person_page(desk, f"people/{person}")


def appoint(desk: Desk, person: str) -> Response:
    """Another unit, position, site or kind of employment from a day on."""
    name = f"people/{person}"
    wished = _appointment(desk)
    try:
        wish = staff_pb2.AppointPersonRequest(name=name, appointment=wished, request_id=desk.request_id)
        desk.ask(wish)
    except Refusal as refusal:
        return _person_page(desk, name, refusal)
    return desk.go(path_of("people", person), said="staff.appointed")


def end(desk: Desk, person: str) -> Response:
    """The last day of somebody's employment; what they may do ends with it."""
    name = f"people/{person}"
    try:
        desk.ask(
            staff_pb2.EndEmploymentRequest(name=name, last_date=desk.field("last_date"), request_id=desk.request_id)
        )
    except Refusal as refusal:
        return _person_page(desk, name, refusal)
    return desk.go(path_of("people", person), said="staff.ended", day=desk.full_day(desk.field("last_date")))


def new(desk: Desk) -> Response:
    """The form of somebody who is taken on."""
    return desk.render("person_new.html", **_choices(desk))


def create(desk: Desk) -> Response:
    """Take somebody on."""
    wished = staff_pb2.Person(
        number=desk.field("number"),
        display_name=desk.field("display_name"),
        login=desk.field("login"),
        appointment=_appointment(desk),
    )
    try:
        made = desk.ask(staff_pb2.CreatePersonRequest(person=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("person_new.html", refusal, **_choices(desk))
    return desk.go(path_of("people", made.name), said="staff.made", name=made.display_name)


def _person_page(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    on = desk.args.get("on", "")
    found = desk.ask(staff_pb2.GetPersonRequest(name=name, as_of_date=on))
    history = desk.ask(staff_pb2.ListAppointmentsRequest(parent=name)).appointments
    given: dict[str, Any] = {
        "person": found,
        "history": history,
        "who": desk.who(found.head, name),
        "titles": _titles(desk, on),
        "places": _positions(desk, on),
        "on": on,
        "may_appoint": desk.may(*APPOINT),
        "may_end": desk.may("people.staff.end"),
        "this_month": f"{desk.local_now():%Y-%m}",
        **_choices(desk),
    }
    return desk.show("person.html", refusal, **given)


def _appointment(desk: Desk) -> staff_pb2.Appointment:
    return staff_pb2.Appointment(
        unit=desk.field("unit"),
        position=desk.field("position"),
        site=desk.field("site"),
        employment_kind=desk.chosen("employment_kind"),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        reason=desk.field("reason"),
    )


def _choices(desk: Desk) -> dict[str, Any]:
    """What an appointment is chosen from, each with its word."""
    sites = desk.ask(organisation_pb2.ListSitesRequest(page_size=MOST)).sites
    kinds = staff_pb2.EmploymentKind.DESCRIPTOR.values[1:]
    return {
        "units": list(_titles(desk, "").items()),
        "positions": [("", "—"), *_positions(desk, "").items()],
        "sites": [(one.name, desk.text(one.title)) for one in sites],
        "kinds": [(str(one.number), desk.t(f"EmploymentKind.{one.name}")) for one in kinds],
    }


def _titles(desk: Desk, on: str) -> dict[str, str]:
    wish = organisation_pb2.ListUnitsRequest(page_size=MOST, as_of_date=on)
    found = desk.ask_or(organisation_pb2.ListUnitsResponse(), wish).units
    return {one.name: desk.text(one.title) for one in found}


def _positions(desk: Desk, on: str) -> dict[str, str]:
    wish = organisation_pb2.ListPositionsRequest(page_size=MOST, as_of_date=on)
    found = desk.ask_or(organisation_pb2.ListPositionsResponse(), wish).positions
    return {one.name: desk.text(one.title) for one in found}


ROUTES = (
    get("/people", people, needs=READ),
    get("/people/new", new, needs=("people.staff.create",)),
    post("/people/new", create, needs=("people.staff.create",)),
    get("/people/<person>", person, needs=READ),
    post("/people/<person>/appoint", appoint, needs=APPOINT),
    post("/people/<person>/end", end, needs=("people.staff.end",)),
)
