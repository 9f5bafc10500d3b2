"""Rows as facts, and facts as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.values import new_id

from bylaw_people.rules.organisation import Headship, Position, Site, UnitKind, UnitVersion, Wording
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


def site(row: Any) -> Site:
    """A row of sites."""
    return Site(row.id, row.code, title(row), row.time_zone, row.calendar)


def position(row: Any) -> Position:
    """A row of positions."""
    return Position(row.id, row.code, title(row), row.unit, duties(row))


def unit_version(row: Any) -> UnitVersion:
    """A row of unit_versions."""
    return UnitVersion(row.valid_from, title(row), UnitKind(row.kind), row.parent, duties(row))


def headship(row: Any) -> Headship:
    """A row of headships."""
    return Headship(row.person, row.start_date, row.end_date, row.id)


def appointment(row: Any, identifier: UUID) -> Appointment:
    """A row of appointments, or one that is joined to them."""
    kind = EmploymentKind(row.employment_kind)
    return Appointment(row.unit, row.position, row.site, kind, row.start_date, row.end_date, identifier)


def person(row: Any, appointments: Iterable[Appointment] = ()) -> PersonRecord:
    """A row of people with their appointments."""
    return PersonRecord(row.id, row.number, row.display_name, row.login or "", row.revision, tuple(appointments))


def title(row: Any) -> Wording:
    """The title in a row."""
    return Wording(row.title_zh, row.title_en)


def duties(row: Any) -> Wording:
    """The duties in a row."""
    return Wording(row.duties_zh, row.duties_en)


def site_row(site: Site, stamp: Stamp) -> dict[str, Any]:
    """A site as a row."""
    return {
        "id": site.id,
        "code": site.code,
        **_title(site.title),
        "time_zone": site.time_zone,
        "calendar": site.calendar,
        **stamp.recorded,
    }


def position_row(position: Position, stamp: Stamp) -> dict[str, Any]:
    """A position as a row."""
    return {
        "id": position.id,
        "code": position.code,
        **_title(position.title),
        "unit": position.unit,
        **_duties(position.duties),
        **stamp.recorded,
    }


def version_row(unit: UUID, version: UnitVersion, revision: int, *, stamp: Stamp) -> dict[str, Any]:
    """A version of a unit as a row."""
    return {
        "unit": unit,
        "valid_from": version.effective_date,
        "revision": revision,
        **_title(version.title),
        "kind": version.kind.value,
        "parent": version.parent,
        **_duties(version.duties),
        **stamp.recorded,
    }


def headship_row(unit: UUID, headship: Headship, stamp: Stamp) -> dict[str, Any]:
    """A new headship as a row."""
    span = {"start_date": headship.start_date, "end_date": headship.end_date}
    return {"id": new_id(), "unit": unit, "person": headship.person, **span, **stamp.recorded}


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
        **stamp.recorded,
    }


def _title(text: Wording) -> dict[str, str]:
    return {"title_zh": text.zh, "title_en": text.en}


def _duties(text: Wording) -> dict[str, str]:
    return {"duties_zh": text.zh, "duties_en": text.en}
