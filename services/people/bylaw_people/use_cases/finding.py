"""Finds what a caller names within their reach; what lies beyond is refused like what does not exist."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.refusals import PermissionMissing, TokenEnded

from bylaw_people.ports import Records
from bylaw_people.rules.dated_refusals import UnitClosed
from bylaw_people.rules.organisation import (
    PositionRecord,
    PositionView,
    SiteRecord,
    SiteView,
    UnitRecord,
    UnitView,
)
from bylaw_people.rules.refusals import PersonNotFound, PositionNotFound, SiteNotFound, UnitNotFound
from bylaw_people.rules.staff import PersonRecord, PersonView
from bylaw_people.rules.tree import head_of
from bylaw_people.rules.versions import View

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


def position_within(
    records: Records, position: UUID, reach: Reach, *, today: date, lock: bool = False
) -> PositionRecord:
    """A position; refuses POSITION_NOT_FOUND."""
    found = records.positions.find(position, reach, today, lock=lock)
    if found is None:
        raise PositionNotFound
    return found


def site_existing(records: Records, site: UUID, *, lock: bool = False) -> SiteRecord:
    """A site; refuses SITE_NOT_FOUND."""
    found = records.sites.find(site, lock=lock)
    if found is None:
        raise SiteNotFound
    return found


def require_unit(
    records: Records, unit: UUID, reach: Reach, *, today: date, span: tuple[date, date | None]
) -> UnitRecord:
    """A unit that exists throughout a time, held against being closed; refuses UNIT_NOT_FOUND, UNIT_CLOSED."""
    records.units.hold([unit])
    found = unit_existing(records, unit, reach, today=today, day=span[0])
    missing = found.missing_day(*span)
    if missing:
        raise UnitClosed(unit_code=found.code, date=missing)
    return found


def require_everywhere(caller: Caller, permission: str) -> None:
    """What concerns the whole organisation needs a grant for all of it; refuses PERMISSION_MISSING."""
    if not caller.reach(permission).everyone:
        raise PermissionMissing(permission=permission)


def require_unchanged(records: Records, caller: Caller) -> None:
    """What the caller may do is still what their token says, until the transaction ends; refuses TOKEN_ENDED.

    Of two at once, who gives and who takes the giver's rights away, one comes first: nothing is given without right.
    """
    revision = records.people.held_access_revision(caller.person) if caller.person else None
    if revision is not None and caller.access_revision < revision:
        raise TokenEnded


def view_of(records: Records, person: PersonRecord, day: date) -> PersonView:
    """A person as of a day, with who heads them then."""
    return views_of(records, [person], day)[0]


def views_of(records: Records, people: list[PersonRecord], day: date) -> list[PersonView]:
    """People as of a day, each with who heads them then; the units above them are read once."""
    present = {person.on(day) for person in people} - {None}
    units = {unit.id: unit for unit in records.units.views_above({held.unit for held in present if held}, day)}
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
    last = unit.last_day(version)
    return UnitView(unit.id, unit.code, unit.revision, version, last, unit.head_on(day), unit.deputy_on(day))


def position_view(position: PositionRecord, day: date) -> PositionView:
    """A position as of a day; refuses POSITION_NOT_FOUND where it does not exist then."""
    version = position.as_of(day)
    if version is None:
        raise PositionNotFound
    return View(position.id, position.code, position.revision, version, position.last_day(version))


def site_view(site: SiteRecord, day: date) -> SiteView:
    """A site as of a day; refuses SITE_NOT_FOUND where it does not exist then."""
    version = site.as_of(day)
    if version is None:
        raise SiteNotFound
    return View(site.id, site.code, site.revision, version, site.last_day(version))
