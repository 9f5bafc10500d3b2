"""People and what they are appointed to, dated: one appointment at a time, changed for any date (ORG-4).

An appointment from a date holds until the next one on record, or the end of the employment. The end of an employment
takes back what is recorded of it for later days; another employment, behind a gap, stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.dated_refusals import ChangeNotFound, FirstChangeStays, PersonEmployed
from bylaw_people.rules.organisation import Headship
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.rules.requirements import Qualification
from bylaw_people.rules.versions import ONE_DAY


class EmploymentKind(StrEnum):
    """How somebody is employed."""

    FORMAL = "formal"
    TEMPORARY = "temporary"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Where and as what somebody works; `end_date` is the last day. Without an id it is not stored yet.

    `reason` is why somebody who lacks what the position asks for is appointed all the same (POS-2), `reason_by` whose.
    """

    unit: UUID
    position: UUID | None
    site: UUID
    employment_kind: EmploymentKind
    start_date: date
    end_date: date | None = None
    id: UUID | None = None
    reason: str = ""
    reason_by: UUID | None = None

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
    qualifications: tuple[Qualification, ...] = ()

    def on(self, day: date) -> Appointment | None:
        """What holds on a day."""
        return next((appointment for appointment in self.appointments if appointment.covers(day)), None)

    def has_left(self, day: date) -> bool:
        """Whether they were employed before a day and are not on it."""
        return self.on(day) is None and any(row.start_date < day for row in self.appointments)

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
    """What becomes of somebody's appointments: those that are replaced, and what is written in their stead."""

    superseded: tuple[UUID, ...] = ()
    added: tuple[Appointment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.superseded or self.added)


def appoint(person: PersonRecord, wish: Appointment) -> AppointmentChange:
    """What holds from the wish's first day on, until the next appointment on record.

    An end of the employment that is known stays unless the wish says one. Refuses PERSON_NOT_EMPLOYED where nothing
    holds on the day, FIELD_INVALID where another employment begins before the last day.
    """
    run = _employment(person, wish.start_date)
    holds, later = run[0], run[1:]
    end = wish.end_date or run[-1].end_date
    if wish.end_date:
        _require_before_next(person, run[-1], wish.end_date)
    if wish.same_as(holds):
        pieces = [holds, *later]
    elif wish.start_date == holds.start_date:
        pieces = [_between(wish, wish.start_date, holds.end_date), *later]
    else:
        cut = _between(holds, holds.start_date, wish.start_date - ONE_DAY)
        pieces = [cut, _between(wish, wish.start_date, holds.end_date), *later]
    return _difference(run, _ended(pieces, end))


def end_employment(person: PersonRecord, last_date: date) -> AppointmentChange:
    """The employment of that day ends with it; refuses PERSON_NOT_EMPLOYED where nothing holds on the day."""
    run = _employment(person, last_date)
    return _difference(run, _ended(run, last_date))


def rehire(person: PersonRecord, wish: Appointment) -> AppointmentChange:
    """Another employment, until the next on record; refuses PERSON_EMPLOYED, FIELD_INVALID."""
    if person.on(wish.start_date):
        raise PersonEmployed(date=wish.start_date)
    following = next((row.start_date for row in person.appointments if row.start_date > wish.start_date), None)
    if following and wish.end_date and wish.end_date >= following:
        raise _overlaps(following)
    last = following - ONE_DAY if following and not wish.end_date else wish.end_date
    return AppointmentChange(added=(replace(wish, end_date=last),))


def withdraw(person: PersonRecord, day: date) -> AppointmentChange:
    """What begins on a day is taken back, be it an appointment or the time after an employment's end.

    What held the day before holds on. Refuses CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS.
    """
    found = next((row for row in person.appointments if row.start_date == day), None)
    before = next((row for row in person.appointments if row.end_date and day - row.end_date == ONE_DAY), None)
    if found and not before and len(person.appointments) == 1:
        raise FirstChangeStays(date=day)
    if found is None and before is None:
        raise ChangeNotFound(date=day)
    old = [row for row in (before, found) if row]
    if before is None:
        return _difference(old, [])
    following = next((row.start_date for row in person.appointments if row.start_date > day), None)
    open_until = found.end_date if found else following - ONE_DAY if following else None
    return _difference(old, [_between(before, before.start_date, open_until)])


def after(person: PersonRecord, change: AppointmentChange) -> PersonRecord:
    """The record once a change is made."""
    kept = tuple(kept for kept in person.appointments if kept.id not in change.superseded)
    rows = tuple(sorted((*kept, *change.added), key=lambda appointment: appointment.start_date))
    return replace(person, appointments=rows, revision=person.revision + 1)


def employed_until(appointments: Sequence[Appointment], day: date) -> date | None:
    """The last day of the employment in which a day lies; nothing where it is open."""
    return _run(appointments, day)[-1].end_date


def left_since(appointments: Sequence[Appointment], since: date, day: date) -> bool:
    """Whether somebody was gone on a day from one on and before another: what they had ended with it (SEC-2)."""
    ends = [row.end_date + ONE_DAY for row in appointments if row.end_date and row.end_date < day]
    begins = [row.start_date for row in appointments]
    return any(max(gone, since) < min([day, *(back for back in begins if back >= gone)]) for gone in ends)


def unemployed_day(appointments: Sequence[Appointment], held: Headship) -> date | None:
    """The first day of a headship on which the person is not employed; nothing where they are throughout (ORG-3)."""
    run = _run(appointments, held.start_date)
    if not run:
        return held.start_date
    last = run[-1].end_date
    return last + ONE_DAY if last and (held.end_date is None or held.end_date > last) else None


def _employment(person: PersonRecord, day: date) -> list[Appointment]:
    """What holds on a day and what follows it without a gap; refuses PERSON_NOT_EMPLOYED."""
    run = _run(person.appointments, day)
    if not run:
        raise PersonNotEmployed(date=day)
    return run


def _run(appointments: Sequence[Appointment], day: date) -> list[Appointment]:
    run: list[Appointment] = []
    for row in appointments:
        follows = run and run[-1].end_date and row.start_date == run[-1].end_date + ONE_DAY
        if follows or (not run and row.covers(day)):
            run.append(row)
    return run


def _ended(pieces: Sequence[Appointment], end: date | None) -> list[Appointment]:
    """Pieces of an employment that ends with a day: what would begin later falls away, the last is cut or goes on."""
    kept = [piece for piece in pieces if end is None or piece.start_date <= end]
    return [*kept[:-1], _between(kept[-1], kept[-1].start_date, end)]


def _between(row: Appointment, first: date, last: date | None) -> Appointment:
    """The row for other days: itself where they are its own, else a new one."""
    return (
        row
        if (row.start_date, row.end_date) == (first, last)
        else replace(row, id=None, start_date=first, end_date=last)
    )


def _difference(old: Iterable[Appointment], new: Iterable[Appointment]) -> AppointmentChange:
    kept = {row.id for row in new if row.id}
    superseded = tuple(row.id for row in old if row.id and row.id not in kept)
    return AppointmentChange(superseded, tuple(row for row in new if row.id is None))


def _require_before_next(person: PersonRecord, last: Appointment, day: date) -> None:
    following = next((row.start_date for row in person.appointments if row.start_date > last.start_date), None)
    if following and day >= following:
        raise _overlaps(following)


def _overlaps(following: date) -> FieldInvalid:
    return FieldInvalid(
        field="appointment.end_date",
        zh=f"必须早于 {following}，该人员自该日起另有任职",
        en=f"must be before {following}, since when they are employed again",
    )
