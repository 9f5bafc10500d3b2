"""Finds what a caller names within their reach; what lies beyond is refused like what does not exist."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.refusals import PermissionMissing

from bylaw_people.ports import Records
from bylaw_people.rules.organisation import Site, UnitRecord, UnitView
from bylaw_people.rules.refusals import (
    PersonHeadsUnit,
    PersonNotFound,
    PositionNotFound,
    SiteNotFound,
    UnitNotFound,
)
from bylaw_people.rules.staff import Appointment, PersonRecord, PersonView
from bylaw_people.rules.tree import head_of

EVERYONE = Reach(everyone=True)


def unit_within(records: Records, unit: UUID, reach: Reach, *, today: date, lock: bool = False) -> UnitRecord:
    """A unit; refuses UNIT_NOT_FOUND."""
    found = records.units.find(unit, reach, today, lock=lock)
    if found is None:
        raise UnitNotFound
    return found


def unit_existing(records: Records, unit: UUID, reach: Reach, *, today: date, day: date) -> UnitRecord:
    """A unit that exists on a day; refuses UNIT_NOT_FOUND."""
    found = unit_within(records, unit, reach, today=today)
    if found.as_of(day) is None:
        raise UnitNotFound
    return found


def person_within(records: Records, person: UUID, reach: Reach, *, today: date, lock: bool = False) -> PersonRecord:
    """A person; refuses PERSON_NOT_FOUND."""
    found = records.people.find(person, reach, today, lock=lock)
    if found is None:
        raise PersonNotFound
    return found


def site_existing(records: Records, site: UUID) -> Site:
    """A site; refuses SITE_NOT_FOUND."""
    found = records.sites.find(site)
    if found is None:
        raise SiteNotFound
    return found


def require_place(records: Records, wish: Appointment, reach: Reach, *, today: date) -> None:
    """Unit, position and site of an appointment; refuses UNIT_NOT_FOUND, POSITION_NOT_FOUND, SITE_NOT_FOUND."""
    unit_existing(records, wish.unit, reach, today=today, day=wish.start_date)
    if wish.position and records.positions.find(wish.position) is None:
        raise PositionNotFound
    site_existing(records, wish.site)


def require_heads_nothing(records: Records, person: PersonRecord, last_date: date | None) -> None:
    """That nobody leaves who still heads a unit; refuses PERSON_HEADS_UNIT."""
    headed = records.units.headed_after(person.id, last_date) if last_date else None
    if headed:
        raise PersonHeadsUnit(unit_code=headed, date=last_date)


def require_everywhere(caller: Caller, permission: str) -> None:
    """What concerns the whole organisation needs a grant for all of it; refuses PERMISSION_MISSING."""
    if not caller.reach(permission).everyone:
        raise PermissionMissing(permission=permission)


def view_of(records: Records, person: PersonRecord, day: date) -> PersonView:
    """A person as of a day, with who heads them then."""
    return views_of(records, [person], day)[0]


def views_of(records: Records, people: list[PersonRecord], day: date) -> list[PersonView]:
    """People as of a day, each with who heads them then; the tree is read once."""
    units = {unit.id: unit for unit in records.units.views(day, EVERYONE)} if people else {}
    return [_view(person, day, units) for person in people]


def _view(person: PersonRecord, day: date, units: dict[UUID, UnitView]) -> PersonView:
    present = person.on(day)
    head = head_of(person.id, present.unit, units) if present else None
    return PersonView(person.id, person.number, person.display_name, person.login, person.revision, present, head)


def unit_view(unit: UnitRecord, day: date) -> UnitView:
    """A unit as of a day; refuses UNIT_NOT_FOUND where it does not exist then."""
    version = unit.as_of(day)
    if version is None:
        raise UnitNotFound
    return UnitView(unit.id, unit.code, unit.revision, version, unit.head_on(day))
