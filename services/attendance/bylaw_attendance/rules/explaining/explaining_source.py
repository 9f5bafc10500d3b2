"""By which rota cell or assignment a person's day was planned, and whose it is."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay, UnitVersion, holds_on

from bylaw_attendance.rules.judging.assignment import Assignment, Followed, Resolver, SubjectKind
from bylaw_attendance.rules.judging.planned import Offered


class Level(IntEnum):
    """Where it is said what a person follows; the numbers are the contract's."""

    NOTHING = 0
    ROTA_CELL = 1
    PERSON = 2
    UNIT = 3
    UNIT_ABOVE = 4
    ORGANISATION = 5


class Source(NamedTuple):
    """What a day was planned by: the assignment (None: a cell of the rota), its unit, the pattern, the distribution."""

    level: Level
    followed: Followed
    assignment: Assignment | None
    unit: UnitVersion | None
    offered: Offered | None
    distribution: str
    gone: bool


class Decided(NamedTuple):
    """Where it is said, and by what."""

    level: Level
    followed: Followed
    assignment: Assignment | None
    unit: UnitVersion | None


def decided_by(resolver: Resolver, stay: Stay, day: date) -> Decided | None:
    """What decides a day of a stay; None: nothing was assigned."""
    followed = resolver.on(stay.person, stay.unit, day)
    if followed is None:
        return None
    made = _assignment(resolver, followed.assignment)
    if made is None:
        return Decided(Level.ROTA_CELL, followed, None, None)
    return Decided(_level(made, stay), followed, made, _unit(resolver, made, day))


def _assignment(resolver: Resolver, identifier: UUID | None) -> Assignment | None:
    every = (one for made in resolver.by_subject.values() for one in made)
    return next((one for one in every if one.identifier == identifier), None)


def _level(made: Assignment, stay: Stay) -> Level:
    if made.kind is SubjectKind.UNIT:
        return Level.UNIT if made.subject == stay.unit else Level.UNIT_ABOVE
    return Level.PERSON if made.kind is SubjectKind.PERSON else Level.ORGANISATION


def _unit(resolver: Resolver, made: Assignment, day: date) -> UnitVersion | None:
    versions = resolver.tree.versions.get(made.subject, ()) if made.kind is SubjectKind.UNIT else ()
    return next((one for one in versions if holds_on(one.first_day, one.last_day, day)), None)
