"""Units, positions and sites as facts in time (ORG-1, ORG-2, ORG-3, POS-1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bylaw_people.rules import versions
from bylaw_people.rules.refusals import CompanyHasNoParent, UnitNeedsParent
from bylaw_people.rules.requirements import Requirement
from bylaw_people.rules.versions import Dated, Version, View
from bylaw_people.rules.wording import UNSAID, Wording

__all__ = ["Wording"]


class UnitKind(StrEnum):
    """What a unit is."""

    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class UnitVersion(Version):
    """What a unit is from a date on, until the next version."""

    effective_date: date
    title: Wording
    kind: UnitKind
    parent: UUID | None
    duties: Wording = UNSAID

    def __post_init__(self) -> None:
        if self.kind is UnitKind.COMPANY and self.parent:
            raise CompanyHasNoParent
        if self.kind is not UnitKind.COMPANY and not self.parent:
            raise UnitNeedsParent


@dataclass(frozen=True, slots=True)
class Headship:
    """Somebody's time as head of a unit, or as deputy; `end_date` is the last day.

    `limited` where that last day was asked for. Without an id it is not stored yet.
    """

    person: UUID
    start_date: date
    end_date: date | None = None
    id: UUID | None = None
    limited: bool = False

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start_date <= day and (self.end_date is None or self.end_date >= day)


class Post(StrEnum):
    """Which post of a unit somebody holds."""

    HEAD = "head"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class HeadChange:
    """What becomes of those who hold a post: those that are replaced, and what is written in their stead."""

    superseded: tuple[UUID, ...] = ()
    added: tuple[Headship, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.superseded or self.added)


@dataclass(frozen=True, slots=True)
class UnitRecord(Dated[UnitVersion]):
    """A unit, whole: every version, every head and every deputy it had, oldest first."""

    heads: tuple[Headship, ...] = ()
    deputies: tuple[Headship, ...] = ()

    def holders(self, post: Post) -> tuple[Headship, ...]:
        """Those who hold a post, oldest first."""
        return self.heads if post is Post.HEAD else self.deputies

    def head_on(self, day: date) -> UUID | None:
        """Who heads it on a day."""
        return next((headship.person for headship in self.heads if headship.covers(day)), None)

    def deputy_on(self, day: date) -> UUID | None:
        """Who stands in for its head on a day."""
        return next((headship.person for headship in self.deputies if headship.covers(day)), None)

    def with_version(self, version: UnitVersion) -> "UnitRecord":
        """The record with a change from the version's date on."""
        return self.rewritten(versions.change(self.versions, version))


@dataclass(frozen=True, slots=True)
class UnitView(View[UnitVersion]):
    """A unit as of a date, with who heads it and who deputises."""

    head: UUID | None = None
    deputy: UUID | None = None


@dataclass(frozen=True, slots=True)
class PositionVersion(Version):
    """What a position is from a date on: its duties, its work, what it asks of people, the unit it sits in (POS-1)."""

    title: Wording
    unit: UUID
    duties: Wording = UNSAID
    work: Wording = UNSAID
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteVersion(Version):
    """What a place where people work is from a date on: its zone and its official calendar."""

    title: Wording
    time_zone: str
    calendar: str


PositionRecord = Dated[PositionVersion]
PositionView = View[PositionVersion]
SiteRecord = Dated[SiteVersion]
SiteView = View[SiteVersion]
