"""What people's feed tells of people, units and sites: pure facts, each with its days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Stay(NamedTuple):
    """A person's appointment: where they work from a first to a last day (None: open), as what, employed how."""

    person: UUID
    first_day: date
    last_day: date | None
    unit: UUID
    site: UUID | None
    position: UUID | None = None
    employment_kind: str = ""
    """`formal`, `temporary` or `external`; empty for a kind this version does not know."""


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
    """Somebody's time as head of a unit, or as the head's deputy."""

    unit: UUID
    person: UUID
    first_day: date
    last_day: date | None
    deputy: bool = False


class SiteVersion(NamedTuple):
    """A place as it stands from a first to a last day: its zone and its official calendar."""

    site: UUID
    first_day: date
    last_day: date | None
    code: str
    title_zh: str
    title_en: str
    time_zone: str
    calendar: str


class SiteFacts(NamedTuple):
    """A place with all its versions, oldest first; there is always one."""

    site: UUID
    versions: tuple[SiteVersion, ...]

    @property
    def code(self) -> str:
        """The company's own short code."""
        return self.versions[0].code

    def on(self, day: date) -> SiteVersion:
        """How it stands on a day; before its first day as at first, after its last as at last."""
        begun = [version for version in self.versions if version.first_day <= day]
        return begun[-1] if begun else self.versions[0]


class PersonFacts(NamedTuple):
    """A person and every appointment of theirs."""

    person: UUID
    number: str
    display_name: str
    stays: tuple[Stay, ...]


class UnitFacts(NamedTuple):
    """A unit with all its versions, heads and deputies."""

    unit: UUID
    versions: tuple[UnitVersion, ...]
    heads: tuple[Headship, ...]


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
