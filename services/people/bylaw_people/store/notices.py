"""Notices as the store keeps them: what was said, to whom, and what is in somebody's feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.notices.notice import Notice, ReadNotice
from bylaw_people.store import notice_rows
from bylaw_people.store.addressing import addressed, joiners
from bylaw_people.store.notice_tables import notice_addressees, notice_deliveries, notices
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import people

ADDRESSEE = notice_addressees.c


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, new: Sequence[Notice]) -> None:
        """New notices, in one statement."""
        self.connection.execute(notices.insert(), [notice_rows.notice_row(notice) for notice in new])

    def address(self, pairs: Sequence[tuple[UUID, UUID]]) -> int:
        """Puts notices in people's feeds, in one statement; answers how many entries are new."""
        asked = (
            sa.func.unnest(
                sa.cast([notice for notice, _ in pairs], pg.ARRAY(sa.Uuid)),
                sa.cast([person for _, person in pairs], pg.ARRAY(sa.Uuid)),
            )
            .table_valued(sa.column("notice", sa.Uuid), sa.column("person", sa.Uuid))
            .render_derived()
        )
        known = sa.select(asked.c.notice, asked.c.person, sa.literal(self.stamp.now)).join(
            people, people.c.id == asked.c.person
        )
        return self._insert(known.order_by(asked.c.notice, asked.c.person))

    def address_to(self, notice: Notice, reach: Reach, day: date) -> int:
        """Puts a notice in the feeds of those it names within a reach, in one statement; answers how many they are."""
        return self._insert(addressed(notice, reach, day))

    def address_joiners(self, day: date) -> int:
        """Puts standing notices in the feeds of those who have joined their units since, in one statement."""
        return self._insert(joiners(day, self.stamp.now))

    def get(self, notice: UUID) -> Notice | None:
        """A notice, whoever asks."""
        row = self.connection.execute(sa.select(notices).where(notices.c.id == notice)).one_or_none()
        return notice_rows.notice(row) if row else None

    def find(self, notice: UUID, person: UUID, *, addressed_only: bool = False) -> ReadNotice | None:
        """A notice as an addressee or its sender sees it."""
        mine = ADDRESSEE.person.is_not(None)
        seen = mine if addressed_only else sa.or_(mine, notices.c.sender == person)
        row = self.connection.execute(_seen_by(person).where(notices.c.id == notice, seen)).one_or_none()
        return notice_rows.read_notice(row) if row else None

    def feed(
        self, person: UUID, *, unread_only: bool, unacknowledged_only: bool, after: tuple[bool, UUID] | None, limit: int
    ) -> list[ReadNotice]:
        """Somebody's notices, unread ones first, then newest first, behind a place of that order."""
        read = ADDRESSEE.read_at.is_not(None)
        statement = _seen_by(person).where(ADDRESSEE.person == person)
        if unread_only:
            statement = statement.where(ADDRESSEE.read_at.is_(None))
        if unacknowledged_only:
            statement = statement.where(notices.c.needs_acknowledgement, ADDRESSEE.acknowledged_at.is_(None))
        if after:
            was_read, last = after
            same = sa.and_(read == was_read, ADDRESSEE.notice < last)
            statement = statement.where(same if was_read else sa.or_(read, same))
        found = self.connection.execute(statement.order_by(read, ADDRESSEE.notice.desc()).limit(limit))
        return [notice_rows.read_notice(row) for row in found]

    def sent(self, person: UUID, *, after: UUID | None, limit: int) -> list[ReadNotice]:
        """What somebody sent, newest first."""
        statement = _seen_by(person).where(notices.c.sender == person)
        if after:
            statement = statement.where(notices.c.id < after)
        found = self.connection.execute(statement.order_by(notices.c.id.desc()).limit(limit))
        return [notice_rows.read_notice(row) for row in found]

    def unread_count(self, person: UUID) -> int:
        """How many notices somebody has not read, of those that stand."""
        unread = (ADDRESSEE.person == person, ADDRESSEE.read_at.is_(None), notices.c.withdrawn_at.is_(None))
        counted = sa.select(sa.func.count()).select_from(
            notice_addressees.join(notices, ADDRESSEE.notice == notices.c.id)
        )
        return int(self.connection.execute(counted.where(*unread)).scalar_one())

    def mark_read(self, notice: UUID, person: UUID, *, acknowledged: bool = False) -> None:
        """Records a reading, and an acknowledgement where it is one; what was recorded first stays."""
        now = self.stamp.now
        values: dict[str, Any] = {"read_at": sa.func.coalesce(ADDRESSEE.read_at, now)}
        unseen = ADDRESSEE.acknowledged_at.is_(None) if acknowledged else ADDRESSEE.read_at.is_(None)
        if acknowledged:
            values["acknowledged_at"] = now
        mine = (ADDRESSEE.notice == notice, ADDRESSEE.person == person, unseen)
        self.connection.execute(notice_addressees.update().where(*mine).values(values))

    def withdraw(self, notice: UUID) -> None:
        """Marks a notice as withdrawn, and what is still to go out of it."""
        marked = {"withdrawn_at": self.stamp.now, "withdrawn_by": self.stamp.by}
        standing = (notices.c.id == notice, notices.c.withdrawn_at.is_(None))
        self.connection.execute(notices.update().where(*standing).values(marked))
        waiting = (notice_deliveries.c.notice == notice, notice_deliveries.c.state == "waiting")
        self.connection.execute(notice_deliveries.update().where(*waiting).values(state="withdrawn"))

    def _insert(self, found: sa.Select[Any]) -> int:
        insert = pg.insert(notice_addressees).from_select(["notice", "person", "added_at"], found)
        counted = insert.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
        return self.connection.execute(counted).rowcount


def _seen_by(person: UUID) -> sa.Select[Any]:
    """Notices beside somebody's reading of them and the newest correction that reached them."""
    corrections, theirs = notices.alias("corrections"), notice_addressees.alias("theirs")
    corrected_by = (
        sa.select(corrections.c.id)
        .join(theirs, sa.and_(theirs.c.notice == corrections.c.id, theirs.c.person == person))
        .where(corrections.c.corrects == notices.c.id)
        .order_by(corrections.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    mine = sa.and_(ADDRESSEE.notice == notices.c.id, ADDRESSEE.person == person)
    columns = (notices, ADDRESSEE.read_at, ADDRESSEE.acknowledged_at, corrected_by.label("corrected_by"))
    return sa.select(*columns).select_from(notices.outerjoin(notice_addressees, mine))
