"""Decisions whose time has come: due, overdue, and those that must follow a change of the organisation."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.tables import cursors, feed, outbox
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.decisions.decision import Decision, Slot, State
from bylaw_people.store.decision_reading import with_open_slots
from bylaw_people.store.decision_tables import decisions, seats, slots
from bylaw_people.store.rows import Stamp

_MARK = "own:decisions"
_ORGANISATION = ("person_changed", "unit_changed")


@dataclass(frozen=True, slots=True)
class DecisionTimes:
    """Batches of decisions in one transaction; whatever is changed in them is locked in the order of ids."""

    connection: sa.Connection
    stamp: Stamp

    def waiting(
        self, after: UUID | None, limit: int, *, touching: UUID | None = None, role: str = ""
    ) -> list[Decision]:
        """Decisions that wait, locked, with their open places.

        Those alone where somebody is asked, or is stood in for; those alone that ask for a role now.
        """
        statement = sa.select(decisions).where(decisions.c.state == State.WAITING.value)
        if after:
            statement = statement.where(decisions.c.id > after)
        if touching:
            named = sa.or_(seats.c.person == touching, seats.c.in_place_of == touching)
            asked = sa.select(seats.c.decision).where(named, seats.c.state == "open")
            statement = statement.where(decisions.c.id.in_(asked))
        if role:
            asked = sa.select(slots.c.decision).where(slots.c.role == role, slots.c.open)
            statement = statement.where(decisions.c.id.in_(asked))
        statement = statement.order_by(decisions.c.id).limit(limit).with_for_update(of=decisions)
        return with_open_slots(self.connection, self.connection.execute(statement).all())

    def remind_due(self, limit: int) -> list[tuple[UUID, Collection[UUID]]]:
        """Marks places that are due as reminded, each once whoever works; answers whom to remind of which decision."""
        due = sa.and_(slots.c.open, slots.c.reminded_at.is_(None), slots.c.due_at <= self.stamp.now)
        key = (slots.c.decision, slots.c.step, slots.c.slot)
        mine = sa.select(*key).where(due).order_by(*key).limit(limit).with_for_update(skip_locked=True).cte()
        same = sa.and_(*(column == mine.c[column.name] for column in key))
        marked = slots.update().where(same, due).values(reminded_at=self.stamp.now).returning(*key).cte()
        asked = sa.and_(
            seats.c.decision == marked.c.decision, seats.c.step == marked.c.step, seats.c.slot == marked.c.slot
        )
        statement = sa.select(marked.c.decision, seats.c.person).outerjoin(
            seats, sa.and_(asked, seats.c.state == "open")
        )
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for row in self.connection.execute(statement):
            found[row.decision].update([row.person] if row.person else [])
        return list(found.items())

    def overdue(self, limit: int) -> list[Decision]:
        """Decisions with an overdue place not yet taken further up, locked; those another worker is at are left out."""
        late = sa.and_(slots.c.open, slots.c.escalated_at.is_(None), slots.c.escalate_at <= self.stamp.now)
        ids = decisions.c.id.in_(sa.select(slots.c.decision).where(late))
        statement = sa.select(decisions).where(ids, decisions.c.state == State.WAITING.value)
        locked = statement.order_by(decisions.c.id).limit(limit).with_for_update(of=decisions, skip_locked=True)
        return with_open_slots(self.connection, self.connection.execute(locked).all())

    def escalate(self, changed: Sequence[tuple[UUID, Slot]]) -> None:
        """Marks places of locked decisions as taken further up."""
        columns = slots.c
        same = sa.and_(columns.decision == sa.bindparam("of"), columns.step == sa.bindparam("at"))
        mine = sa.and_(columns.slot == sa.bindparam("nth"), columns.escalated_at.is_(None))
        given = [{"of": decision, "at": slot.step, "nth": slot.number} for decision, slot in changed]
        if given:
            self.connection.execute(slots.update().where(same, mine).values(escalated_at=self.stamp.now), given)

    def seen_organisation(self, day: date) -> tuple[str, str]:
        """The organisation by which all that waits was last asked, and that of today: equal where nothing changed."""
        known = sa.select(cursors.c.cursor).where(cursors.c.feed == _MARK)
        seen = str(self.connection.execute(known).scalar() or f"{date.min}:0")
        position = int(seen.rpartition(":")[2])
        newest = sa.select(sa.func.coalesce(sa.func.max(feed.c.position), position))
        told = newest.where(feed.c.position > position, feed.c.kind.in_(_ORGANISATION))
        return seen, f"{day}:{self.connection.execute(told).scalar()}"

    def note_organisation(self, mark: str, now: datetime) -> None:
        """All that waits is asked by this organisation."""
        values = {"cursor": mark, "read_at": now}
        insert = pg.insert(cursors).values(feed=_MARK, **values)
        self.connection.execute(insert.on_conflict_do_update(index_elements=["feed"], set_=values))


def organisation_asked(connection: sa.Connection) -> date | None:
    """The day of the organisation that all that waits asks; nothing while a change of it is still to be followed."""
    mark = connection.execute(sa.select(cursors.c.cursor).where(cursors.c.feed == _MARK)).scalar()
    if mark is None:
        return None
    day, _, position = str(mark).rpartition(":")
    told = sa.select(sa.literal(1)).where(feed.c.position > int(position), feed.c.kind.in_(_ORGANISATION))
    untold = sa.select(sa.literal(1)).where(outbox.c.kind.in_(_ORGANISATION))
    behind = connection.execute(sa.select(sa.or_(told.exists(), untold.exists()))).scalar_one()
    return None if behind else date.fromisoformat(day)
