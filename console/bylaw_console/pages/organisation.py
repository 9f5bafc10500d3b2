"""The organisation as of a day: the tree of units, who heads each, and how many work there (ORG-1, ORG-3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bylaw.people.v1 import organisation_pb2, staff_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.routes import get

READ = ("people.units.read",)
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
    units = units_of(desk, on)
    counts = _counts(desk, on)
    return desk.render(
        "organisation.html",
        branches=list(_tree(units, counts)),
        who=desk.who(*_heads(units)),
        on=on,
        shows_people=desk.may("people.staff.read"),
        may_create=desk.may("people.units.create"),
    )


def units_of(desk: Desk, on: str) -> list[organisation_pb2.Unit]:
    """All units as of a day."""
    return list(desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST, as_of_date=on)).units)


def people_of(desk: Desk, on: str, unit: str = "") -> list[staff_pb2.Person]:
    """Whom the caller may see: of the whole organisation, or of a unit itself."""
    if not desk.may("people.staff.read"):
        return []
    wish = staff_pb2.ListPeopleRequest(page_size=MOST, as_of_date=on, unit=unit)
    found = desk.ask_or(staff_pb2.ListPeopleResponse(), wish, "UNIT_NOT_FOUND").people
    return [person for person in found if not unit or person.appointment.unit == unit]


def _counts(desk: Desk, on: str) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for person in people_of(desk, on):
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


ROUTES = (get("/organisation", chart, needs=READ),)
