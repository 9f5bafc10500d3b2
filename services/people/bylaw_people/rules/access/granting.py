"""Nobody gives more than they hold: each permission, and as far as it reaches (SEC-1)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach, Scope
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.access.refusals import GrantBeyondOwn, GrantEnded, GrantToSelf, LastAdministrator
from bylaw_people.rules.access.roles import DEPUTY


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to a person, or to whoever holds a position on the day.

    `end_date` is the last day, `ended_at` the instant at which it was ended early.
    """

    id: UUID
    person: UUID | None
    role: str
    scope: Scope
    unit: UUID | None
    start_date: date
    end_date: date | None
    granted_by: UUID | None
    granted_at: datetime
    position: UUID | None = None
    reason: str = ""
    ended_at: datetime | None = None
    ended_by: UUID | None = None

    def require_running(self, today: date) -> None:
        """Refuses GRANT_ENDED."""
        if self.ended_at or (self.end_date and self.end_date < today):
            raise GrantEnded

    def counts_on(self, day: date) -> bool:
        """Whether it gives something on a day; one that was ended gives nothing any more."""
        return self.ended_at is None and self.start_date <= day and (self.end_date is None or day <= self.end_date)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a grant would count: for a person who works in a unit, in a unit, below one, or everywhere.

    `above` are the unit (or the person's own) and all units above it. Without a person (a position has it, and who
    holds it changes) what counts for oneself could be anybody's.
    """

    scope: Scope
    person: UUID | None
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
    if place.scope is Scope.COMPANY or (place.scope is Scope.SELF and place.person is None):
        return False
    if reach.subtrees & place.above:
        return True
    return place.scope is not Scope.SUBTREE and place.unit in reach.units


def takes_in(reach: Reach, place: Place) -> bool:
    """Whether a reach takes in a person, a unit or everywhere: as `covers`, and oneself."""
    return covers(reach, place) or (place.person is not None and reach.own == place.person)


def in_own_right(caller: Caller) -> Caller:
    """A caller with what they hold themselves: what a deputy holds in a head's stead is never given on (SEC-1)."""
    deputy = f"roles/{DEPUTY}"
    own = [replace(grant, sources=_without(grant.sources, deputy)) for grant in caller.grants]
    kept = [grant for grant, held in zip(own, caller.grants, strict=True) if grant.sources or not held.sources]
    return replace(caller, grants=tuple(kept))


def _without(sources: tuple[str, ...], source: str) -> tuple[str, ...]:
    return tuple(kept for kept in sources if kept != source)


def require_one_holder(person: UUID | None, position: UUID | None) -> None:
    """A grant is given to a person or to a position; refuses FIELD_INVALID."""
    if (person is None) == (position is None):
        raise FieldInvalid(
            field="grant.person", zh="须填写 person 或 position 之一", en="state either the person or the position"
        )


def require_other(caller: UUID | None, person: UUID | None, *, holds_position: bool = False) -> None:
    """Nobody gives themselves anything, nor by a position they hold in that time; refuses GRANT_TO_SELF."""
    if holds_position or (caller is not None and caller == person):
        raise GrantToSelf


def require_scope(scope: Scope, unit: UUID | None) -> None:
    """A unit is stated for the scopes unit and subtree and for no other; refuses FIELD_INVALID."""
    if scope in {Scope.UNIT, Scope.SUBTREE} and not unit:
        raise FieldInvalid(field="grant.unit", zh="该范围需要填写单位", en="this scope needs a unit")
    if scope in {Scope.SELF, Scope.COMPANY} and unit:
        raise FieldInvalid(field="grant.unit", zh="该范围不需要单位", en="this scope takes no unit")


def require_whole(permissions: Collection[str], scope: Scope) -> None:
    """What counts only for the whole organisation is given for all of it; refuses FIELD_INVALID naming one (SEC-1)."""
    for permission in sorted(permissions):
        if scope is not Scope.COMPANY:
            raise FieldInvalid(
                field="grant.scope",
                zh=f"权限 {permission} 只能授予整个公司(SCOPE_COMPANY)",
                en=f"{permission} counts only for the whole company (SCOPE_COMPANY)",
            )


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


@dataclass(frozen=True, slots=True)
class Administration:
    """Somebody's administering the whole organisation today; `last_date` is when it ends, if a day is known."""

    grant: UUID
    person: UUID
    last_date: date | None = None


def require_administrator_left(before: Iterable[Administration], after: Iterable[Administration]) -> None:
    """A change may take administrators away, but not the last, nor the last without a last day.

    Refuses LAST_ADMINISTRATOR.
    """
    if _standing(after) < _standing(before):
        raise LastAdministrator


def _standing(found: Iterable[Administration]) -> int:
    """None, only some whose end is known, or one without a last day."""
    return max((1 if each.last_date else 2 for each in found), default=0)
