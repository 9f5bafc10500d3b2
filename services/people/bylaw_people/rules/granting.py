"""Nobody gives more than they hold: each permission, and as far as it reaches (SEC-1)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.caller import Reach, Scope
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.refusals import GrantBeyondOwn, GrantEnded, GrantToSelf


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to a person; `end_date` is the last day, `ended_at` the instant at which it was ended early."""

    id: UUID
    person: UUID
    role: str
    scope: Scope
    unit: UUID | None
    start_date: date
    end_date: date | None
    granted_by: UUID | None
    granted_at: datetime
    ended_at: datetime | None = None

    def require_running(self, today: date) -> None:
        """Refuses GRANT_ENDED."""
        if self.ended_at or (self.end_date and self.end_date < today):
            raise GrantEnded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a grant would count: for a person who works in a unit, in a unit, below one, or everywhere.

    `above` are the unit (or the person's own) and all units above it.
    """

    scope: Scope
    person: UUID
    unit: UUID | None = None
    above: frozenset[UUID] = field(default_factory=frozenset)


def require_within(reach_of: Callable[[str], Reach], permissions: Collection[str], place: Place) -> None:
    """Refuses GRANT_BEYOND_OWN naming a permission that the caller lacks there; `reach_of` is the caller's."""
    for permission in sorted(permissions):
        if not covers(reach_of(permission), place):
            raise GrantBeyondOwn(permission=permission)


def covers(reach: Reach, place: Place) -> bool:
    """Whether a reach takes in all of a place; what somebody may do for themselves takes in nobody else."""
    if reach.everyone:
        return True
    if place.scope is Scope.COMPANY:
        return False
    if reach.subtrees & place.above:
        return True
    return place.scope is not Scope.SUBTREE and place.unit in reach.units


def require_other(caller: UUID | None, person: UUID) -> None:
    """Refuses GRANT_TO_SELF."""
    if caller == person:
        raise GrantToSelf


def require_scope(scope: Scope, unit: UUID | None) -> None:
    """A unit is stated for the scopes unit and subtree and for no other; refuses FIELD_INVALID."""
    if scope in {Scope.UNIT, Scope.SUBTREE} and not unit:
        raise FieldInvalid(field="grant.unit", zh="该范围需要填写单位", en="this scope needs a unit")
    if scope in {Scope.SELF, Scope.COMPANY} and unit:
        raise FieldInvalid(field="grant.unit", zh="该范围不需要单位", en="this scope takes no unit")


def require_dates(start: date, end: date | None, today: date) -> None:
    """Nothing is granted for days that are over; refuses FIELD_INVALID."""
    if start < today:
        raise FieldInvalid(
            field="grant.start_date", zh=f"不能早于今天 {today}", en=f"must not be before today, {today}"
        )
    if end and end < start:
        raise FieldInvalid(
            field="grant.end_date", zh=f"不能早于首日 {start}", en=f"must not be before {start}, the first day"
        )
