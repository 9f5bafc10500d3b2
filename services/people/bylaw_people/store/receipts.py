"""Who read a notice and who did not, within a reach; and who is still to be reminded (PLN-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.notices.notice import Notice, Receipt, ReceiptCounts
from bylaw_people.store import notice_rows
from bylaw_people.store.notice_tables import notice_addressees, notices
from bylaw_people.store.reach import Within
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import appointments, holds_on

ADDRESSEE = notice_addressees.c


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def counts(self, notice: UUID, reach: Reach, day: date) -> ReceiptCounts:
        """How many addressees within a reach there are, and how many read and acknowledged."""
        columns = (sa.func.count(), sa.func.count(ADDRESSEE.read_at), sa.func.count(ADDRESSEE.acknowledged_at))
        return ReceiptCounts(*self.connection.execute(sa.select(*columns).where(*_of(notice, reach, day))).one())

    def page(
        self, notice: UUID, reach: Reach, day: date, *, unread_only: bool, after: UUID | None, limit: int
    ) -> list[Receipt]:
        """The receipts of addressees within a reach, by person."""
        statement = sa.select(ADDRESSEE.person, ADDRESSEE.read_at, ADDRESSEE.acknowledged_at)
        statement = statement.where(*_of(notice, reach, day))
        if unread_only:
            statement = statement.where(ADDRESSEE.read_at.is_(None))
        if after:
            statement = statement.where(ADDRESSEE.person > after)
        return [Receipt(*row) for row in self.connection.execute(statement.order_by(ADDRESSEE.person).limit(limit))]

    def claim_reminders(self, today: date, limit: int) -> list[Notice]:
        """Notices whose date has passed and of which nobody was reminded yet, now marked: each is answered once."""
        columns = notices.c
        due = (
            sa.select(columns.id)
            .where(columns.read_by_date < today, columns.reminded_at.is_(None), columns.withdrawn_at.is_(None))
            .order_by(columns.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        marked = notices.update().where(columns.id.in_(due)).values(reminded_at=self.stamp.now)
        return [notice_rows.notice(row) for row in self.connection.execute(marked.returning(notices))]

    def behind(self, claimed: Sequence[UUID], day: date) -> list[tuple[UUID, UUID]]:
        """Notice and person, of some notices, where somebody who is employed has not done what is asked."""
        asked = sa.case((notices.c.needs_acknowledgement, ADDRESSEE.acknowledged_at), else_=ADDRESSEE.read_at)
        there = sa.select(appointments.c.person).where(holds_on(appointments, day))
        statement = (
            sa.select(ADDRESSEE.notice, ADDRESSEE.person)
            .join(notices, notices.c.id == ADDRESSEE.notice)
            .where(ADDRESSEE.notice.in_(claimed), asked.is_(None), ADDRESSEE.person.in_(there))
        )
        return [(row.notice, row.person) for row in self.connection.execute(statement)]


def _of(notice: UUID, reach: Reach, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (ADDRESSEE.notice == notice, Within(reach, day).person(ADDRESSEE.person))
