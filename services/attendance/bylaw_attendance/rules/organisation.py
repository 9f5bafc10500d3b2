"""The organisation as attendance knows it: dated facts about people, units and sites, told by people's feed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Stay(NamedTuple):
    """A person's appointment: where they work from a first to a last day (None: open)."""

    person: UUID
    first_day: date
    last_day: date | None
    unit: UUID
    site: UUID | None


class UnitVersion(NamedTuple):
    """A unit as it stands from a first to a last day."""

    unit: UUID
    first_day: date
    last_day: date | None
    parent: UUID | None
    code: str = ""
    title_zh: str = ""
    title_en: str = ""


class Headship(NamedTuple):
    """Somebody's time as head of a unit."""

    unit: UUID
    person: UUID
    first_day: date
    last_day: date | None


class SiteFacts(NamedTuple):
    """A place: its zone and its official calendar."""

    site: UUID
    code: str
    title_zh: str
    title_en: str
    time_zone: str
    calendar: str


class PersonFacts(NamedTuple):
    """A person and every appointment of theirs."""

    person: UUID
    number: str
    display_name: str
    stays: tuple[Stay, ...]


class UnitFacts(NamedTuple):
    """A unit with all its versions and heads."""

    unit: UUID
    versions: tuple[UnitVersion, ...]
    heads: tuple[Headship, ...]


Change = PersonFacts | UnitFacts | SiteFacts
"""What one event of people's feed says: the thing as it now stands, whole."""


class KnownPerson(NamedTuple):
    """A person by id and number."""

    person: UUID
    number: str
    display_name: str


def holds_on(first_day: date, last_day: date | None, day: date) -> bool:
    """Whether a dated fact holds on a day."""
    return first_day <= day and (last_day is None or day <= last_day)


@dataclass(frozen=True, slots=True)
class Tree:
    """The units with their dated parents."""

    versions: dict[UUID, tuple[UnitVersion, ...]]

    @classmethod
    def of(cls, versions: Iterable[UnitVersion]) -> "Tree":
        """A tree of unit versions in any order."""
        grouped: dict[UUID, list[UnitVersion]] = {}
        for version in versions:
            grouped.setdefault(version.unit, []).append(version)
        return cls({unit: tuple(held) for unit, held in grouped.items()})

    def upward(self, unit: UUID, day: date) -> Iterator[UUID]:
        """The unit and those above it as of a day; ends where the tree is broken or goes round."""
        seen: set[UUID] = set()
        at: UUID | None = unit
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            at = next((v.parent for v in self.versions.get(at, ()) if holds_on(v.first_day, v.last_day, day)), None)


def stay_near(stays: Iterable[Stay], day: date) -> Stay | None:
    """The appointment of a day; on a day without one the last before it, else the first after it.

    A punch of somebody who is not employed on that day is still a fact, read in the zone they last worked in.
    """
    in_order = sorted(stays, key=lambda stay: stay.first_day)
    before = [stay for stay in in_order if stay.first_day <= day]
    return before[-1] if before else next(iter(in_order), None)
