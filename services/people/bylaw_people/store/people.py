"""People and their appointments as the store keeps them: records for changes, and views as of a date."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.faults import TransientFault
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.organisation import PeopleAsked
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.staff import Appointment, AppointmentChange, PersonRecord, after
from bylaw_people.store import rows
from bylaw_people.store.inserting import insert_free, insert_known_free
from bylaw_people.store.qualifications import Qualifications
from bylaw_people.store.reach import Within, one_of, resolved, subtree
from bylaw_people.store.tables import appointments, holds_on, people


@dataclass(frozen=True, slots=True)
class People:
    """The people in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def find(self, person: UUID, reach: Reach, day: date, *, lock: bool = False) -> PersonRecord | None:
        """A person whole, if within a reach on a day; locked against other changes where that is asked."""
        found = self._records(sa.and_(people.c.id == person, Within(reach, day).person()), lock=lock)
        return found[0] if found else None

    def many(self, ids: Collection[UUID]) -> list[PersonRecord]:
        """Some people, whole, whoever asks, in the order of their ids."""
        return self._records(people.c.id == sa.any_(sa.cast(list(ids), pg.ARRAY(sa.Uuid))))

    def by_number(self, numbers: Iterable[str]) -> dict[str, PersonRecord]:
        """People by number, whole and locked, those of the numbers that are known."""
        found = self._records(people.c.number == sa.any_(sa.cast(list(numbers), pg.ARRAY(sa.Text))), lock=True)
        return {record.number: record for record in found}

    def by_login(self, login: str) -> PersonRecord | None:
        """Who signs in with a name."""
        found = self._records(people.c.login == login)
        return found[0] if found else None

    def taken_logins(self, logins: Iterable[str]) -> set[str]:
        """Those of some logins that somebody has."""
        asked = sa.cast(list(logins), pg.ARRAY(sa.Text))
        found = self.connection.execute(sa.select(people.c.login).where(people.c.login == sa.any_(asked)))
        return {str(login) for login in found.scalars()}

    def add(self, record: PersonRecord) -> bool:
        """A new person with appointments and qualifications; says whether number and login were free."""
        if not insert_free(self.connection, people, [rows.person_row(record, self.stamp)]):
            return False
        self._insert_appointments([(record.id, new) for new in record.appointments])
        self._qualifications.add([(record.id, record.qualifications)])
        return True

    def add_many(self, records: Sequence[PersonRecord]) -> None:
        """New people whose numbers are known to be free, in a few statements."""
        insert_known_free(self.connection, people, [rows.person_row(record, self.stamp) for record in records])
        self._insert_appointments([(record.id, new) for record in records for new in record.appointments])
        self._qualifications.add([(record.id, record.qualifications) for record in records])

    def change(self, changes: Sequence[tuple[PersonRecord, AppointmentChange]]) -> list[PersonRecord]:
        """Writes changes of appointments and of names; answers the people with them."""
        superseded = [row for _, change in changes for row in change.superseded]
        replaced = appointments.update().where(appointments.c.id.in_(superseded)).values(self.stamp.superseded)
        self.connection.execute(replaced)
        self._insert_appointments([(person.id, new) for person, change in changes for new in change.added])
        changed = [after(person, change) for person, change in changes]
        self._note_revisions(changed)
        return changed

    def page(self, day: date, reach: Reach, asked: PeopleAsked) -> list[PersonRecord]:
        """People within a reach by number, each with what holds on the day, or nothing."""
        present = sa.and_(appointments.c.person == people.c.id, holds_on(appointments, day))
        within = Within(resolved(self.connection, reach, day), day)
        if asked.unit:
            below = self.connection.execute(subtree([asked.unit], day)).scalars().all()
            present = sa.and_(present, one_of(appointments.c.unit, below))
        statement = (
            sa.select(people, *_appointment_columns())
            .select_from(people)
            .join(appointments, present, isouter=not asked.unit)
            .where(within.person(), people.c.number > asked.after, people.c.service_account.is_(False))
            .order_by(people.c.number)
            .limit(asked.limit)
        )
        if asked.number:
            statement = statement.where(people.c.number == asked.number)
        if asked.only:
            statement = statement.where(one_of(people.c.id, asked.only))
        return [_with_present(row) for row in self.connection.execute(statement)]

    def rename(self, record: PersonRecord) -> bool:
        """Another name or login of somebody; says whether the login was free."""
        login = record.login or None
        another = sa.and_(people.c.login == login, people.c.id != record.id)
        a_program = sa.and_(people.c.id == record.id, people.c.service_account)
        taken = sa.select(people.c.id).where(sa.or_(another, a_program))
        if login and self.connection.execute(taken).first():
            return False
        new = {"display_name": record.display_name, "login": login, "revision": record.revision}
        try:
            self.connection.execute(people.update().where(people.c.id == record.id).values(new))
        except sa.exc.IntegrityError as error:
            raise TransientFault from error  # somebody was quicker: tried again, it is seen to be taken
        return True

    def history(self, person: UUID, *, superseded: bool) -> list[Recorded[Appointment]]:
        """What somebody was appointed to by first day, with who recorded it; what counts alone, or all."""
        statement = sa.select(appointments).where(appointments.c.person == person)
        if not superseded:
            statement = statement.where(appointments.c.superseded_at.is_(None))
        found = self.connection.execute(statement.order_by(appointments.c.start_date, appointments.c.recorded_at))
        return [Recorded(rows.appointment(row, row.id), rows.recording(row)) for row in found]

    def access_revision(self, person: UUID) -> int:
        """How often what somebody may do has changed."""
        counted = sa.select(people.c.access_revision).where(people.c.id == person)
        return int(self.connection.execute(counted).scalar_one())

    def held_access_revision(self, person: UUID) -> int | None:
        """The same, and nothing changes what they may do until the transaction ends; nothing where there is nobody."""
        counted = sa.select(people.c.access_revision).where(people.c.id == person)
        return self.connection.execute(counted.with_for_update(read=True)).scalar()

    def hold(self, person: UUID, *, alone: bool = False) -> None:
        """Until the transaction ends nobody takes somebody's sessions away (or, alone, opens one) beside it."""
        mine = sa.select(people.c.id).where(people.c.id == person)
        self.connection.execute(mine.with_for_update(read=not alone, key_share=alone))

    def next_access_revisions(self, changed: Collection[UUID]) -> dict[UUID, int]:
        """Counts a change of what people may do, locked in the order of their ids; answers the new counts."""
        asked = sa.cast(sorted(changed), pg.ARRAY(sa.Uuid))
        locked = sa.select(people.c.id).where(people.c.id == sa.any_(asked)).order_by(people.c.id).with_for_update()
        self.connection.execute(locked)
        statement = people.update().where(people.c.id == sa.any_(asked))
        counted = statement.values(access_revision=people.c.access_revision + 1)
        rows_ = self.connection.execute(counted.returning(people.c.id, people.c.access_revision))
        return {row.id: row.access_revision for row in rows_}

    @property
    def _qualifications(self) -> Qualifications:
        return Qualifications(self.connection, self.stamp)

    def _note_revisions(self, changed: Sequence[PersonRecord]) -> None:
        values: dict[str, Any] = {"revision": sa.bindparam("next"), "display_name": sa.bindparam("name")}
        statement = people.update().where(people.c.id == sa.bindparam("person")).values(values)
        rows_ = [{"person": new.id, "next": new.revision, "name": new.display_name} for new in changed]
        if rows_:
            self.connection.execute(statement, rows_)

    def _insert_appointments(self, new: Sequence[tuple[UUID, Appointment]]) -> None:
        if new:
            made = [rows.appointment_row(person, appointment, self.stamp) for person, appointment in new]
            self.connection.execute(appointments.insert(), made)

    def _records(self, condition: sa.ColumnElement[bool], *, lock: bool = False) -> list[PersonRecord]:
        statement = sa.select(people).where(condition).order_by(people.c.id)
        found = self.connection.execute(statement.with_for_update() if lock else statement).all()
        history = self._history([row.id for row in found])
        return [rows.person(row, history[row.id]) for row in found]

    def _history(self, ids: Sequence[UUID]) -> dict[UUID, list[Appointment]]:
        asked = sa.cast(list(ids), pg.ARRAY(sa.Uuid))
        statement = (
            sa.select(appointments)
            .where(appointments.c.person == sa.any_(asked), appointments.c.superseded_at.is_(None))
            .order_by(appointments.c.start_date)
        )
        found: dict[UUID, list[Appointment]] = defaultdict(list)
        for row in self.connection.execute(statement):
            found[row.person].append(rows.appointment(row, row.id))
        return found


def _appointment_columns() -> list[sa.ColumnElement[object]]:
    columns = appointments.c
    return [
        columns.id.label("appointment"),
        columns.unit,
        columns.position,
        columns.site,
        columns.employment_kind,
        columns.start_date,
        columns.end_date,
        columns.reason,
        columns.reason_by,
    ]


def _with_present(row: sa.Row[tuple[object, ...]]) -> PersonRecord:
    present = [rows.appointment(row, row.appointment)] if row.appointment else []
    return rows.person(row, present)
