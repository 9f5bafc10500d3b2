"""What access is asked for: a person, a unit, or everything; whether it is reached, as every call decides it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach, Scope
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id

from bylaw_people.ports import Records
from bylaw_people.rules.access.granting import Place
from bylaw_people.use_cases.finding import person_within, unit_within


@dataclass(frozen=True, slots=True)
class Target:
    """A person or a unit; neither stands for everything. `name` is how it was asked for."""

    name: str = ""
    person: UUID | None = None
    unit: UUID | None = None


def target_named(name: str) -> Target:
    """What `people/{person}` or `units/{unit}` names; nothing for an empty text; refuses FIELD_INVALID."""
    collection = name.partition("/")[0]
    if name and collection not in {"people", "units"}:
        raise FieldInvalid(
            field="target",
            zh="应为 people/{id} 或 units/{id}，或留空",
            en="expected people/{id} or units/{id}, or nothing",
        )
    person = optional_id(name if collection == "people" else "", "people", field="target")
    return Target(name, person, optional_id(name if collection == "units" else "", "units", field="target"))


def reached(records: Records, target: Target, reach: Reach, *, day: date) -> bool:
    """Whether a call with that reach would find it: by the very statements with which calls find people and units."""
    if target.person:
        return records.people.find(target.person, reach, day) is not None
    if target.unit:
        return records.units.find(target.unit, reach, day) is not None
    return not reach.nothing


def require_reached(records: Records, target: Target, reach: Reach, *, day: date) -> None:
    """Refuses PERSON_NOT_FOUND, UNIT_NOT_FOUND."""
    if target.person:
        person_within(records, target.person, reach, today=day)
    if target.unit:
        unit_within(records, target.unit, reach, today=day)


def place_of_target(records: Records, target: Target, *, day: date) -> Place:
    """Where it stands in the tree."""
    unit = records.grants.unit_of(target.person, day) if target.person else target.unit
    above = records.grants.units_above(unit, day) if unit else frozenset()
    scope = Scope.SELF if target.person else Scope.UNIT if unit else Scope.COMPANY
    return Place(scope, target.person, unit, above)
