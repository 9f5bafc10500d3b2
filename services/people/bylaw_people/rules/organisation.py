"""Units, positions and sites as facts, and what may change in them from which date (ORG-1, ORG-2, ORG-3, POS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.refusals import CompanyHasNoParent, UnitNeedsParent

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in both languages."""

    zh: str = ""
    en: str = ""


class UnitKind(StrEnum):
    """What a unit is."""

    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class UnitVersion:
    """What a unit is from a date on, until the next version."""

    effective_date: date
    title: Wording
    kind: UnitKind
    parent: UUID | None
    duties: Wording = Wording()

    def __post_init__(self) -> None:
        if self.kind is UnitKind.COMPANY and self.parent:
            raise CompanyHasNoParent
        if self.kind is not UnitKind.COMPANY and not self.parent:
            raise UnitNeedsParent


@dataclass(frozen=True, slots=True)
class Headship:
    """Somebody's time as head of a unit; `end_date` is the last day. Without an id it is not stored yet."""

    person: UUID
    start_date: date
    end_date: date | None = None
    id: UUID | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start_date <= day and (self.end_date is None or self.end_date >= day)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit, whole: every version and every head it had, oldest first."""

    id: UUID
    code: str
    revision: int
    versions: tuple[UnitVersion, ...]
    heads: tuple[Headship, ...] = ()

    def as_of(self, day: date) -> UnitVersion | None:
        """What it is on a day; nothing before its first."""
        return next((version for version in reversed(self.versions) if version.effective_date <= day), None)

    def head_on(self, day: date) -> UUID | None:
        """Who heads it on a day."""
        return next((headship.person for headship in self.heads if headship.covers(day)), None)

    def with_version(self, version: UnitVersion) -> "UnitRecord":
        """The record with one more version, which takes the place of one of the same date.

        Refuses FIELD_INVALID for a date before the newest version: what held between the two would change.
        """
        newest = self.versions[-1].effective_date
        if version.effective_date < newest:
            raise FieldInvalid(
                field="unit.effective_date",
                zh=f"不能早于该单位最近一次变更的日期 {newest}",
                en=f"must not be before {newest}, the date of the unit's newest change",
            )
        kept = tuple(kept for kept in self.versions if kept.effective_date != version.effective_date)
        return replace(self, versions=(*kept, version), revision=self.revision + 1)


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as of a date."""

    id: UUID
    code: str
    revision: int
    version: UnitVersion
    head: UUID | None


@dataclass(frozen=True, slots=True)
class Position:
    """A position: its duties and work, and the unit it sits in."""

    id: UUID
    code: str
    title: Wording
    unit: UUID
    duties: Wording = Wording()


@dataclass(frozen=True, slots=True)
class Site:
    """A place where people work, its zone and its official calendar."""

    id: UUID
    code: str
    title: Wording
    time_zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class HeadChange:
    """What becomes of a unit's headships: the one that is replaced, and what is written in its stead."""

    superseded: tuple[UUID, ...] = ()
    added: tuple[Headship, ...] = ()


def appoint_head(heads: Sequence[Headship], wish: Headship) -> HeadChange:
    """One head at a time (ORG-3): the one before ends the day before; the same person again changes nothing.

    Refuses FIELD_INVALID for a date before the newest headship's first day.
    """
    last = heads[-1] if heads else None
    if last is None or (last.end_date and last.end_date < wish.start_date):
        return HeadChange(added=(wish,))
    if wish.start_date < last.start_date:
        raise FieldInvalid(
            field="effective_date",
            zh=f"不能早于现任负责人的任职日期 {last.start_date}",
            en=f"must not be before {last.start_date}, since when the newest head is appointed",
        )
    if last.person == wish.person and last.end_date == wish.end_date:
        return HeadChange()
    superseded = (last.id,) if last.id else ()
    if wish.start_date == last.start_date:
        return HeadChange(superseded, (wish,))
    return HeadChange(superseded, (replace(last, id=None, end_date=wish.start_date - ONE_DAY), wish))
