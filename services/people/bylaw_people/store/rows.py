"""Rows as facts, and facts as rows."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.values import new_id

from bylaw_people.rules.organisation import (
    Headship,
    PositionVersion,
    SiteVersion,
    UnitKind,
    UnitVersion,
    Wording,
)
from bylaw_people.rules.recording import Recording
from bylaw_people.rules.requirements import Qualification, Requirement
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord


@dataclass(frozen=True, slots=True)
class Stamp:
    """When rows are written and by whom; nobody for the installation itself."""

    now: datetime
    by: UUID | None

    @property
    def recorded(self) -> dict[str, Any]:
        """The two columns every row has."""
        return {"recorded_at": self.now, "recorded_by": self.by}

    @property
    def superseded(self) -> dict[str, Any]:
        """What is written on a row that another takes the place of."""
        return {"superseded_at": self.now, "superseded_by": self.by}


def recording(row: Any) -> Recording:
    """Who wrote a row and when, and since when another has its place."""
    return Recording(row.recorded_at, row.recorded_by, row.superseded_at, row.superseded_by)


def unit_version(row: Any) -> UnitVersion:
    """A version or a span of a unit."""
    parts = (title(row), UnitKind(row.kind), row.parent, duties(row))
    return UnitVersion(row.valid_from, *parts, closed=getattr(row, "closed", False))


def unit_version_row(version: UnitVersion) -> dict[str, Any]:
    """What a version of a unit says, as columns."""
    texts = {**title_row(version.title), **duties_row(version.duties)}
    return {**texts, "kind": version.kind.value, "parent": version.parent}


def position_version(row: Any) -> PositionVersion:
    """A version or a span of a position."""
    return PositionVersion(
        title(row),
        row.unit,
        duties(row),
        Wording(row.work_zh, row.work_en),
        tuple(Requirement(**asked) for asked in row.requirements),
        effective_date=row.valid_from,
        closed=getattr(row, "closed", False),
    )


def position_version_row(version: PositionVersion) -> dict[str, Any]:
    """What a version of a position says, as columns."""
    return {
        **title_row(version.title),
        "unit": version.unit,
        **duties_row(version.duties),
        "work_zh": version.work.zh,
        "work_en": version.work.en,
        "requirements": [asdict(asked) for asked in version.requirements],
    }


def site_version(row: Any) -> SiteVersion:
    """A version or a span of a site."""
    steering = {"effective_date": row.valid_from, "closed": getattr(row, "closed", False)}
    return SiteVersion(title(row), row.time_zone, row.calendar, **steering)


def site_version_row(version: SiteVersion) -> dict[str, Any]:
    """What a version of a site says, as columns."""
    return {**title_row(version.title), "time_zone": version.time_zone, "calendar": version.calendar}


def headship(row: Any) -> Headship:
    """A row of headships or deputyships."""
    return Headship(row.person, row.start_date, row.end_date, row.id, row.limited)


def headship_row(unit: UUID, headship: Headship, stamp: Stamp) -> dict[str, Any]:
    """A new headship or deputyship as a row."""
    span = {"start_date": headship.start_date, "end_date": headship.end_date, "limited": headship.limited}
    return {"id": new_id(), "unit": unit, "person": headship.person, **span, **stamp.recorded}


def appointment(row: Any, identifier: UUID) -> Appointment:
    """A row of appointments, or one that is joined to them."""
    kind, span = EmploymentKind(row.employment_kind), (row.start_date, row.end_date)
    return Appointment(row.unit, row.position, row.site, kind, *span, identifier, row.reason, row.reason_by)


def appointment_row(person: UUID, appointment: Appointment, stamp: Stamp) -> dict[str, Any]:
    """A new appointment as a row."""
    return {
        "id": new_id(),
        "person": person,
        "unit": appointment.unit,
        "position": appointment.position,
        "site": appointment.site,
        "employment_kind": appointment.employment_kind.value,
        "start_date": appointment.start_date,
        "end_date": appointment.end_date,
        "reason": appointment.reason,
        "reason_by": appointment.reason_by or (stamp.by if appointment.reason else None),
        **stamp.recorded,
    }


def person(row: Any, appointments: Iterable[Appointment] = ()) -> PersonRecord:
    """A row of people with their appointments."""
    return PersonRecord(row.id, row.number, row.display_name, row.login or "", row.revision, tuple(appointments))


def person_row(person: PersonRecord, stamp: Stamp) -> dict[str, Any]:
    """A person as a row, without their appointments."""
    return {
        "id": person.id,
        "number": person.number,
        "display_name": person.display_name,
        "login": person.login or None,
        "revision": person.revision,
        **stamp.recorded,
    }


def qualification(row: Any) -> Qualification:
    """A row of qualifications."""
    return Qualification(row.skill, row.experience_months, row.evidence, row.since)


def qualification_row(person: UUID, qualification: Qualification, stamp: Stamp) -> dict[str, Any]:
    """A new qualification as a row."""
    return {"id": new_id(), "person": person, **asdict(qualification), **stamp.recorded}


def title(row: Any) -> Wording:
    """The title in a row."""
    return Wording(row.title_zh, row.title_en)


def duties(row: Any) -> Wording:
    """The duties in a row."""
    return Wording(row.duties_zh, row.duties_en)


def title_row(text: Wording) -> dict[str, str]:
    """A title as columns."""
    return {"title_zh": text.zh, "title_en": text.en}


def duties_row(text: Wording) -> dict[str, str]:
    """Duties as columns."""
    return {"duties_zh": text.zh, "duties_en": text.en}
