"""Who may answer a step on a day, by what right and in whose place; never whoever asked (ORG-3, DEC-1, DEC-2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from bylaw_people.rules.decisions.process import StepKind


class Ground(StrEnum):
    """By what right somebody is asked."""

    HEAD = "head"
    DELEGATE = "delegate"
    DEPUTY = "deputy"
    NEXT_HEAD = "next-head"
    POSITION = "position"
    PERSON = "person"
    OVERDUE = "overdue"
    ROLE = "role"


class Cause(StrEnum):
    """Why somebody else than the step's own decider is asked."""

    NONE = ""
    REQUESTER = "requester"
    AWAY = "away"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Delegated:
    """A delegation that runs: to whom, and for which kinds; none stated: all."""

    delegate: UUID
    kinds: frozenset[str] = frozenset()
    away: bool = False

    def counts_for(self, kind: str) -> bool:
        """Whether decisions of a kind are delegated."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role: for a unit, for it and all below, or without a unit for everything (SEC-1)."""

    person: UUID
    unit: UUID | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Posts:
    """The organisation of a day as far as decisions need it.

    `homes` are the units of positions and of people; `employed` are those of the people named in it who are.
    """

    parents: Mapping[UUID, UUID | None] = field(default_factory=dict)
    heads: Mapping[UUID, UUID] = field(default_factory=dict)
    deputies: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    holders: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    delegations: Mapping[UUID, Sequence[Delegated]] = field(default_factory=dict)
    homes: Mapping[UUID, UUID] = field(default_factory=dict)
    employed: frozenset[UUID] = frozenset()
    roles: Mapping[str, Sequence[Holder]] = field(default_factory=dict)

    def holding(self, role: str, unit: UUID) -> tuple[UUID, ...]:
        """Who holds a role over a unit, each once."""
        above = {*self.path(unit)}
        held = self.roles.get(role, ())
        found = [one.person for one in held if one.unit in {None, unit} or (one.below and one.unit in above)]
        return tuple(dict.fromkeys(found))

    def path(self, unit: UUID | None) -> Iterator[UUID]:
        """A unit and those above it, nearest first."""
        seen: set[UUID] = set()
        while unit and unit not in seen and unit in self.parents:
            seen.add(unit)
            yield unit
            unit = self.parents[unit]

    def heads_all_above(self, person: UUID, unit: UUID) -> bool:
        """Whether somebody heads the highest unit above one, so that nobody will ever be above them."""
        top = next(reversed([*self.path(unit)]), None)
        return top is not None and self.heads.get(top) == person

    def away(self, person: UUID) -> bool:
        """Whether somebody said they are away while others decide for them."""
        return any(delegation.away for delegation in self.delegations.get(person, ()))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which units, positions, people and roles the posts are needed."""

    units: frozenset[UUID]
    positions: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A place at which a step asks: of a unit, a position, a person or a role over the unit.

    `overdue`: the next head up is asked as well.
    """

    kind: StepKind
    unit: UUID
    position: UUID | None = None
    person: UUID | None = None
    levels_up: int = 0
    overdue: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who may answer."""

    person: UUID
    ground: Ground
    in_place_of: UUID | None = None
    cause: Cause = Cause.NONE


GROUNDS_NAMED = {
    StepKind.PERSON: Ground.PERSON,
    StepKind.POSITION: Ground.POSITION,
    StepKind.ROLE: Ground.ROLE,
}
HEADS_INSTEAD = {StepKind.PERSON: 0, StepKind.POSITION: 0, StepKind.ROLE: 1}
"""So many heads up stand in where nobody is there: for a role, which is asked besides the head, the next one up."""


@dataclass(frozen=True, slots=True)
class Resolving:
    """Finds who may answer what somebody asked for, in the organisation of a day."""

    posts: Posts
    requester: UUID
    kind: str

    def seats(self, place: Place) -> tuple[Seat, ...]:
        """Everybody who may answer at a place, one seat a person; nobody where the organisation has none."""
        found, unit = self._first(place)
        if place.overdue:
            above = self._up(self.posts.parents.get(unit) if unit else None)[0]
            found = (*found, *(replace(seat, ground=Ground.OVERDUE) for seat in above))
        once: dict[UUID, Seat] = {}
        for seat in found:
            once.setdefault(seat.person, seat)
        return tuple(once.values())

    def _first(self, place: Place) -> tuple[tuple[Seat, ...], UUID | None]:
        """Those asked in the first place, and the unit above which the next head up is looked for.

        A role is asked besides the requester's head, so that the next one up is the one above that.
        """
        if place.kind in {StepKind.HEAD, StepKind.OPINION}:
            return self._up(place.unit, place.levels_up)
        named = self._named(place)
        own = tuple(seat for person in named for seat in self._stand_for(person, GROUNDS_NAMED[place.kind]))
        if own:
            return own, self._up(place.unit)[1] if place.kind is StepKind.ROLE else place.unit
        cause = self._cause(named[0] if named else None)
        seats, unit = self._up(place.unit, HEADS_INSTEAD[place.kind])
        return tuple(_instead(seat, named[0] if named else None, cause) for seat in seats), unit

    def _named(self, place: Place) -> tuple[UUID, ...]:
        """Whom the process names: a person, whoever holds a position, or a role over the unit."""
        if place.kind is StepKind.ROLE:
            return self.posts.holding(place.role, place.unit)
        return (place.person,) if place.person else tuple(self.posts.holders.get(place.position or place.unit, ()))

    def _up(self, start: UUID | None, levels_up: int = 0) -> tuple[tuple[Seat, ...], UUID | None]:
        """The head so many heads up, or the highest there is; where they cannot decide, the next in their place."""
        level, best = 0, ((), None)  # type: tuple[int, tuple[tuple[Seat, ...], UUID | None]]
        missing: UUID | None = None
        cause = Cause.NONE
        for unit in self.posts.path(start):
            head = self.posts.heads.get(unit)
            seats = self._of_unit(unit, head)
            if not seats:
                missing, cause = missing or head, cause if cause is not Cause.NONE else self._cause(head)
                continue
            best = (tuple(_instead(seat, missing, cause) for seat in seats), unit)
            if level == levels_up:
                return best
            level, missing, cause = level + 1, None, Cause.NONE
        return best if best[0] else (self._own_deputies(start), start)

    def _of_unit(self, unit: UUID, head: UUID | None) -> tuple[Seat, ...]:
        """The head and the delegates; the deputies where the head is away or there is none.

        Whoever acts in the requester's own place does not decide for them: such a unit is passed over.
        """
        if head == self.requester:
            return ()
        own = self._stand_for(head, Ground.HEAD) if head else ()
        if own:
            return own
        cause = self._cause(head)
        deputies = [person for person in self.posts.deputies.get(unit, ()) if self._is_there(person)]
        return tuple(Seat(person, Ground.DEPUTY, head, cause) for person in deputies)

    def _stand_for(self, person: UUID, ground: Ground) -> tuple[Seat, ...]:
        """Somebody themselves unless they are away, and their delegates."""
        if person == self.requester or person not in self.posts.employed:
            return ()
        own = (Seat(person, ground),) if not self.posts.away(person) else ()
        given = [one for one in self.posts.delegations.get(person, ()) if one.counts_for(self.kind)]
        delegates = [one.delegate for one in given if self._is_there(one.delegate)]
        return (*own, *(Seat(delegate, Ground.DELEGATE, person) for delegate in delegates))

    def _own_deputies(self, start: UUID | None) -> tuple[Seat, ...]:
        """Where nobody is above whoever heads everything: the deputies of the highest unit, as the last resort."""
        if start is None or not self.posts.heads_all_above(self.requester, start):
            return ()
        top = [*self.posts.path(start)][-1]
        deputies = [person for person in self.posts.deputies.get(top, ()) if self._is_there(person)]
        return tuple(Seat(person, Ground.DEPUTY, self.requester, Cause.REQUESTER) for person in deputies)

    def _may(self, person: UUID) -> bool:
        return person != self.requester and person in self.posts.employed

    def _is_there(self, person: UUID) -> bool:
        return self._may(person) and not self.posts.away(person)

    def _cause(self, person: UUID | None) -> Cause:
        if person is None or person not in self.posts.employed:
            return Cause.REQUESTER if person == self.requester else Cause.VACANT
        return Cause.REQUESTER if person == self.requester else Cause.AWAY


def _instead(seat: Seat, missing: UUID | None, cause: Cause) -> Seat:
    """A seat of a unit further up, asked because the one below could not be."""
    if cause is Cause.NONE:
        return seat
    ground = Ground.NEXT_HEAD if seat.ground is Ground.HEAD else seat.ground
    return replace(seat, ground=ground, in_place_of=seat.in_place_of or missing, cause=cause)
