"""People and what they are appointed to, dated: one appointment at a time, and the past stays as it was (ORG-4)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.organisation import ONE_DAY
from bylaw_people.rules.refusals import PersonNotEmployed


class EmploymentKind(StrEnum):
    """How somebody is employed."""

    FORMAL = "formal"
    TEMPORARY = "temporary"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Where and as what somebody works; `end_date` is the last day. Without an id it is not stored yet."""

    unit: UUID
    position: UUID | None
    site: UUID
    employment_kind: EmploymentKind
    start_date: date
    end_date: date | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        if self.end_date and self.end_date < self.start_date:
            raise FieldInvalid(
                field="appointment.end_date",
                zh=f"不能早于首日 {self.start_date}",
                en=f"must not be before {self.start_date}, the first day",
            )

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start_date <= day and (self.end_date is None or self.end_date >= day)

    def same_as(self, other: "Appointment") -> bool:
        """Whether it says the same of where and as what somebody works."""
        return (self.unit, self.position, self.site, self.employment_kind) == (
            other.unit,
            other.position,
            other.site,
            other.employment_kind,
        )


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person, whole: with every appointment, oldest first."""

    id: UUID
    number: str
    display_name: str
    login: str
    revision: int
    appointments: tuple[Appointment, ...] = ()

    def on(self, day: date) -> Appointment | None:
        """What holds on a day."""
        return next((appointment for appointment in self.appointments if appointment.covers(day)), None)

    def may_sign_in(self, day: date) -> bool:
        """Whoever is employed on the day, and accounts of the installation, which never had an appointment."""
        return not self.appointments or self.on(day) is not None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as of a date."""

    id: UUID
    number: str
    display_name: str
    login: str
    revision: int
    appointment: Appointment | None
    head: UUID | None


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """What becomes of somebody's appointments: the one that is replaced, and what is written in its stead."""

    superseded: tuple[UUID, ...] = ()
    added: tuple[Appointment, ...] = ()


def appoint(person: PersonRecord, wish: Appointment) -> AppointmentChange:
    """What holds from the wish's first day on; an end of the employment that is known stays unless the wish says one.

    Refuses FIELD_INVALID for a date before the newest appointment, PERSON_NOT_EMPLOYED where nothing holds on the day.
    """
    last = _newest(person, wish.start_date, field="appointment.start_date")
    end = wish.end_date or last.end_date
    if wish.same_as(last) and end == last.end_date:
        return AppointmentChange()
    superseded = (last.id,) if last.id else ()
    now = replace(wish, end_date=end)
    if wish.start_date == last.start_date:
        return AppointmentChange(superseded, (now,))
    return AppointmentChange(superseded, (replace(last, id=None, end_date=wish.start_date - ONE_DAY), now))


def end_employment(person: PersonRecord, last_date: date) -> AppointmentChange:
    """The newest appointment ends with that day.

    Refuses FIELD_INVALID for a day before the newest appointment, PERSON_NOT_EMPLOYED where nothing holds on the day.
    """
    last = _newest(person, last_date, field="last_date")
    if last.end_date == last_date:
        return AppointmentChange()
    return AppointmentChange((last.id,) if last.id else (), (replace(last, id=None, end_date=last_date),))


def after(person: PersonRecord, change: AppointmentChange) -> PersonRecord:
    """The record once a change is made."""
    kept = tuple(kept for kept in person.appointments if kept.id not in change.superseded)
    rows = tuple(sorted((*kept, *change.added), key=lambda appointment: appointment.start_date))
    return replace(person, appointments=rows, revision=person.revision + 1)


def _newest(person: PersonRecord, day: date, *, field: str) -> Appointment:
    last = person.appointments[-1] if person.appointments else None
    if last and day < last.start_date:
        raise FieldInvalid(
            field=field,
            zh=f"不能早于最近一次任职的首日 {last.start_date}",
            en=f"must not be before {last.start_date}, the first day of the newest appointment",
        )
    if last is None or not last.covers(day):
        raise PersonNotEmployed(date=day)
    return last
