"""Which pattern a person follows on a day: a published rota cell that names one, else the nearest dated assignment.

The nearest is the person's own, then the unit's, then those of the units above it up to the company, then everybody's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import SiteFacts, Stay, Tree, holds_on

from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.rules.rota.rota import RotaCell

EVERYBODY = UUID(int=0)
"""The subject of an assignment to the whole organisation."""
DAY = timedelta(days=1)


class SubjectKind(StrEnum):
    """What an assignment is made to."""

    ORGANISATION = "organisation"
    UNIT = "unit"
    PERSON = "person"


class Followed(NamedTuple):
    """A pattern with its parameters (canonical JSON), and the assignment that says so; None: a rota cell does."""

    pattern: str
    parameters: str
    assignment: UUID | None


class Withdrawal(NamedTuple):
    """That an assignment was taken back: when, by whose key, and why."""

    at: datetime
    by: str
    reason: str


class Assignment(NamedTuple):
    """A subject follows a pattern from a first to a last day (None: open); `parameters` are canonical JSON."""

    identifier: UUID
    kind: SubjectKind
    subject: UUID
    pattern: str
    parameters: str
    first_day: date
    last_day: date | None
    replay: UUID | None = None
    """The replay that it is based on."""
    revision: int = 1
    """Counts its changes, from 1."""
    withdrawal: Withdrawal | None = None
    """If it was withdrawn, it counts on none of its days."""
    collection: str = "patternAssignments"
    hours_system: HoursSystem = HoursSystem.STANDARD
    hours_approval: str = ""
    """By which the labour authority lets another system of hours than the standard one be (HRS-7)."""

    @property
    def name(self) -> str:
        """Its resource name."""
        return f"{self.collection}/{self.identifier}"

    @property
    def followed(self) -> Followed:
        """What its subject follows."""
        return Followed(self.pattern, self.parameters, self.identifier)


class AssignmentFilter(NamedTuple):
    """Which assignments are asked for: of one subject, with a day among theirs, withdrawn ones too."""

    subject: tuple[SubjectKind, UUID] | None = None
    day: date | None = None
    withdrawn: bool = False


class Place(NamedTuple):
    """By which zone and which official calendar days are judged."""

    time_zone: str
    calendar: str


NO_SITE = Place("UTC", "NONE")


class Run(NamedTuple):
    """Consecutive days of a person at one site, in one zone and calendar, who follow one thing (None: nothing)."""

    first_day: date
    last_day: date
    site: UUID | None
    followed: Followed | None
    place: Place = NO_SITE


@dataclass(frozen=True)
class Resolver:
    """Answers who follows what; keeps what it found for a unit's day, since its people share it."""

    tree: Tree
    by_subject: dict[UUID, tuple[Assignment, ...]]
    sites: Mapping[UUID, SiteFacts] = field(default_factory=dict)
    rota: Mapping[UUID, Mapping[date, RotaCell]] = field(default_factory=dict)
    _found: dict[tuple[UUID, date], Followed | None] = field(default_factory=dict)
    _shared: dict[tuple[UUID, UUID | None, date, date], tuple[Run, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tree: Tree,
        assignments: Iterable[Assignment],
        sites: Mapping[UUID, SiteFacts] | None = None,
        *,
        rota: Mapping[UUID, Mapping[date, RotaCell]] | None = None,
    ) -> "Resolver":
        """A resolver over assignments in any order; of one subject no two hold on the same day."""
        grouped: dict[UUID, list[Assignment]] = {}
        for assignment in assignments:
            grouped.setdefault(assignment.subject, []).append(assignment)
        return cls(tree, {subject: tuple(made) for subject, made in grouped.items()}, sites or {}, rota or {})

    def on(self, person: UUID, unit: UUID, day: date) -> Followed | None:
        """What decides a person's day."""
        return self._named_by_rota(person, day) or self._held(person, day) or self._of_unit(unit, day)

    def cells(self, person: UUID) -> Mapping[date, RotaCell]:
        """What the published rota says of a person's days."""
        return self.rota.get(person, {})

    def runs(self, stays: Sequence[Stay], first: date, last: date) -> Iterator[Run]:
        """A person's employed days from `first` to `last` as runs, in order; days without a stay are left out."""
        for stay in sorted(stays, key=lambda stay: stay.first_day):
            start, end = max(stay.first_day, first), min(stay.last_day or last, last)
            if start <= end:
                yield from self._runs(stay, start, end)

    def _runs(self, stay: Stay, first: date, last: date) -> Iterable[Run]:
        if stay.person in self.by_subject or any(cell.pattern for cell in self.cells(stay.person).values()):
            return self._cut(stay, first, last)
        key = (stay.unit, stay.site, first, last)
        if key not in self._shared:
            self._shared[key] = tuple(self._cut(stay, first, last))
        return self._shared[key]

    def _cut(self, stay: Stay, first: date, last: date) -> Iterator[Run]:
        days = [first + DAY * number for number in range((last - first).days + 1)]
        held_on = groupby(days, key=lambda day: (self.on(stay.person, stay.unit, day), self._place(stay.site, day)))
        for (followed, place), run in held_on:
            held = list(run)
            yield Run(held[0], held[-1], stay.site, followed, place)

    def _place(self, site: UUID | None, day: date) -> Place:
        facts = self.sites.get(site) if site else None
        version = facts.on(day) if facts else None
        return Place(version.time_zone, version.calendar) if version else NO_SITE

    def _named_by_rota(self, person: UUID, day: date) -> Followed | None:
        cell = self.cells(person).get(day)
        return Followed(cell.pattern, cell.parameters, None) if cell and cell.pattern else None

    def _of_unit(self, unit: UUID, day: date) -> Followed | None:
        if (unit, day) not in self._found:
            above = (self._held(subject, day) for subject in (*self.tree.upward(unit, day), EVERYBODY))
            self._found[unit, day] = next((found for found in above if found), None)
        return self._found[unit, day]

    def _held(self, subject: UUID, day: date) -> Followed | None:
        made = self.by_subject.get(subject, ())
        return next((one.followed for one in made if holds_on(one.first_day, one.last_day, day)), None)
