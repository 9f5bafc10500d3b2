"""The tree of units on a date: its order, who heads whom, and no unit above itself (ORG-1, ORG-3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import PageTokenInvalid

from bylaw_people.rules.dated_refusals import UnitClosed
from bylaw_people.rules.organisation import UnitRecord, UnitView
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


def require_sound(records: Mapping[UUID, UnitRecord], unit: UUID, *, since: date) -> None:
    """That a unit stands below units that exist, and never above itself, on every day since one.

    Refuses UNIT_CYCLE, UNIT_CLOSED.
    """
    _require_parents(records, records[unit])
    days = {version.effective_date for record in records.values() for version in record.versions}
    for day in sorted({since, *(day for day in days if day > since)}):
        if _stands_above_itself(unit, records, day):
            raise UnitCycle(date=day)


def _require_parents(records: Mapping[UUID, UnitRecord], unit: UnitRecord) -> None:
    for version in unit.versions:
        parent = records.get(version.parent) if version.parent and not version.closed else None
        missing = parent.missing_day(version.effective_date, unit.last_day(version)) if parent else None
        if parent and missing:
            raise UnitClosed(unit_code=parent.code, date=missing)


def _stands_above_itself(unit: UUID, records: Mapping[UUID, UnitRecord], day: date) -> bool:
    at, seen = _parent(records, unit, day), {unit}
    while at:
        if at in seen:
            return at == unit
        seen.add(at)
        at = _parent(records, at, day)
    return False


def _parent(records: Mapping[UUID, UnitRecord], unit: UUID, day: date) -> UUID | None:
    record = records.get(unit)
    version = record.as_of(day) if record else None
    return version.parent if version else None


def _by_code_backwards(units: list[UnitView]) -> list[UnitView]:
    return sorted(units, key=lambda unit: unit.code, reverse=True)
