"""The tree of units on a date: its order, who heads whom, and no unit above itself (ORG-1, ORG-3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import PageTokenInvalid

from bylaw_people.rules.organisation import UnitRecord, UnitVersion, UnitView
from bylaw_people.rules.refusals import UnitCycle


def parents_first(units: Iterable[UnitView]) -> list[UnitView]:
    """The units with parents before their children, siblings by code; one whose parent is not among them is a top."""
    found = {unit.id: unit for unit in units}
    children: dict[UUID | None, list[UnitView]] = {}
    for unit in found.values():
        parent = unit.version.parent if unit.version.parent in found else None
        children.setdefault(parent, []).append(unit)
    ordered: list[UnitView] = []
    waiting = _by_code_backwards(children.get(None, []))
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(_by_code_backwards(children.get(unit.id, [])))
    return ordered


def behind(units: Sequence[UnitView], unit: str) -> Sequence[UnitView]:
    """The units behind the one a page ended with, all of them for the first; the tree's order has no key to compare.

    Refuses PAGE_TOKEN_INVALID where that unit is not among them any more.
    """
    if not unit:
        return units
    for place, candidate in enumerate(units):
        if str(candidate.id) == unit:
            return units[place + 1 :]
    raise PageTokenInvalid


def head_of(person: UUID, unit: UUID, units: Mapping[UUID, UnitView]) -> UUID | None:
    """Who heads a person of a unit: its head, or that of the next unit up with a head who is somebody else (ORG-3)."""
    view = units.get(unit)
    while view:
        if view.head and view.head != person:
            return view.head
        view = units.get(view.version.parent) if view.version.parent else None
    return None


def require_no_cycle(records: Sequence[UnitRecord], unit: UUID, version: UnitVersion) -> None:
    """Refuses UNIT_CYCLE where the unit, with that version, stood above itself on any day from then on."""
    changed = [
        replace(record, versions=(*record.versions, version)) if record.id == unit else record for record in records
    ]
    days = {other.effective_date for record in records for other in record.versions}
    for day in sorted({version.effective_date, *(day for day in days if day > version.effective_date)}):
        if _stands_above_itself(unit, {record.id: _parent(record, day) for record in changed}):
            raise UnitCycle(date=day)


def _stands_above_itself(unit: UUID, parents: Mapping[UUID, UUID | None]) -> bool:
    at, seen = parents.get(unit), {unit}
    while at:
        if at in seen:
            return at == unit
        seen.add(at)
        at = parents.get(at)
    return False


def _parent(record: UnitRecord, day: date) -> UUID | None:
    version = record.as_of(day)
    return version.parent if version else None


def _by_code_backwards(units: list[UnitView]) -> list[UnitView]:
    return sorted(units, key=lambda unit: unit.code, reverse=True)
