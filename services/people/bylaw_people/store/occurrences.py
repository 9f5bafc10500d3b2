"""What comes due, as the store keeps it: made ahead once, closed once, reminded of once and told to the head once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.duties import OccurrenceQuery
from bylaw_people.rules.duties.duty import Occurrence, Proof
from bylaw_people.rules.duties.making import Due
from bylaw_people.rules.duties.telling import Pending
from bylaw_people.store import duty_rows
from bylaw_people.store.duty_tables import duties, duty_occurrences, duty_terms
from bylaw_people.store.responsible import answerable_unit, is_of, of_unit, responsible, within
from bylaw_people.store.rows import Stamp

COLUMN = duty_occurrences.c


@dataclass(frozen=True, slots=True)
class Occurrences:
    """What comes due, in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def make(self, dues: Sequence[Due]) -> None:
        """Makes what comes due, in one statement; what is there stays, what was dropped is due again."""
        if not dues:
            return
        kinds: tuple[Any, ...] = (
            sa.Uuid,
            sa.Uuid,
            sa.Uuid,
            sa.Date,
            sa.DateTime(timezone=True),
            sa.DateTime(timezone=True),
        )
        names = ("id", "duty", "terms", "due_date", "due_at", "remind_at")
        columns = [[new_id() for _ in dues], *duty_rows.due_columns(list(dues))]
        arrays = (sa.cast(column, pg.ARRAY(kind)) for column, kind in zip(columns, kinds, strict=True))
        made = (
            sa.func.unnest(*arrays)
            .table_valued(*(sa.column(name, kind) for name, kind in zip(names, kinds, strict=True)))
            .render_derived()
        )
        insert = pg.insert(duty_occurrences).from_select(names, sa.select(made))
        anew = {name: insert.excluded[name] for name in names[2:]}
        again = {**anew, "state": "open", "reminded_at": None, "escalated_at": None}
        due = insert.on_conflict_do_update(
            index_elements=["duty", "due_date"], set_=again, where=COLUMN.state == "dropped"
        )
        self.connection.execute(due)

    def find(self, occurrence: UUID, reach: Reach, today: date, *, lock: bool = False) -> Occurrence | None:
        """Something due within a reach."""
        inside = within(reach, duty_terms, COLUMN.due_date, today=today)
        return self._one(_occurrences().where(COLUMN.id == occurrence, inside), lock=lock)

    def by_key(self, service: str, key: str, due_date: date) -> Occurrence | None:
        """What is due on a date of what a service declared, locked."""
        statement = _occurrences().join(duties, duties.c.id == COLUMN.duty)
        mine = (duties.c.service == service, duties.c.key == key, duties.c.service != "")
        return self._one(statement.where(*mine, COLUMN.due_date == due_date, COLUMN.state != "dropped"), lock=True)

    def page(
        self, query: OccurrenceQuery, reach: Reach, today: date, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[Occurrence]:
        """What comes due within a reach, by due time."""
        statement = _occurrences().where(within(reach, duty_terms, COLUMN.due_date, today=today))
        statement = statement.where(COLUMN.state != "dropped", *self._asked(query, today))
        if after:
            statement = statement.where(sa.tuple_(COLUMN.due_at, COLUMN.id) > sa.tuple_(*map(sa.literal, after)))
        found = self.connection.execute(statement.order_by(COLUMN.due_at, COLUMN.id).limit(limit))
        return [duty_rows.occurrence(row) for row in found]

    def complete(self, occurrence: UUID, proof: Proof, by: UUID | None) -> bool:
        """Closes something open as done; says whether it was open."""
        values = {
            "state": "done",
            "closed_at": self.stamp.now,
            "closed_by": by,
            "proof_text": proof.text,
            "proof_photo": proof.photo,
            "proof_photo_sha256": proof.photo_sha256,
            "proof_record": proof.record,
        }
        return self._close(occurrence, values)

    def excuse(self, occurrence: UUID, excuse: str) -> bool:
        """Closes something open as excused; says whether it was open."""
        values = {"state": "excused", "closed_at": self.stamp.now, "closed_by": self.stamp.by, "excuse": excuse}
        return self._close(occurrence, values)

    def claim_reminders(self, limit: int) -> list[Pending]:
        """What is due soon and nobody was reminded of, now marked: each is answered once."""
        now = self.stamp.now
        soon = (COLUMN.remind_at <= now, COLUMN.reminded_at.is_(None), COLUMN.due_at > now)
        return self._claim(soon, {"reminded_at": now}, limit)

    def claim_overdue(self, limit: int) -> list[Pending]:
        """What is overdue and no head was told of, now marked: each is answered once."""
        now = self.stamp.now
        return self._claim((COLUMN.due_at < now, COLUMN.escalated_at.is_(None)), {"escalated_at": now}, limit)

    def _claim(self, which: Sequence[sa.ColumnElement[bool]], marks: dict[str, datetime], limit: int) -> list[Pending]:
        due = (
            sa.select(COLUMN.id)
            .where(COLUMN.state == "open", *which)
            .order_by(COLUMN.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        marked = duty_occurrences.update().where(COLUMN.id.in_(due)).values(marks).returning(COLUMN.id)
        claimed = self.connection.execute(marked).scalars().all()
        columns = (
            COLUMN.id,
            COLUMN.due_at,
            duty_terms.c.clause,
            duty_terms.c.title_zh,
            duty_terms.c.title_en,
            responsible(duty_terms, COLUMN.due_date),
            answerable_unit(duty_terms, COLUMN.due_date),
        )
        joined = duty_occurrences.join(duty_terms, duty_terms.c.id == COLUMN.terms)
        asked = sa.cast(list(claimed), pg.ARRAY(sa.Uuid))
        statement = sa.select(*columns).select_from(joined).where(COLUMN.id == sa.any_(asked))
        return [duty_rows.pending(row) for row in self.connection.execute(statement.order_by(COLUMN.id))]

    def _asked(self, query: OccurrenceQuery, today: date) -> list[sa.ColumnElement[bool]]:
        asked = [COLUMN.state == "open"] if query.open_only or query.overdue_only else []
        if query.overdue_only:
            asked.append(COLUMN.due_at < self.stamp.now)
        if query.mine:
            asked.append(is_of(query.mine, duty_terms, COLUMN.due_date))
        if query.unit:
            asked.append(of_unit(query.unit, duty_terms, today))
        if query.duty:
            asked.append(COLUMN.duty == query.duty)
        if query.from_date:
            asked.append(COLUMN.due_date >= query.from_date)
        if query.to_date:
            asked.append(COLUMN.due_date <= query.to_date)
        return asked

    def _close(self, occurrence: UUID, values: dict[str, Any]) -> bool:
        still_open = (COLUMN.id == occurrence, COLUMN.state == "open")
        closed = duty_occurrences.update().where(*still_open).values(values).returning(COLUMN.id)
        return self.connection.execute(closed).first() is not None

    def _one(self, statement: sa.Select[Any], *, lock: bool) -> Occurrence | None:
        asked = statement.with_for_update(of=duty_occurrences) if lock else statement
        row = self.connection.execute(asked).one_or_none()
        return duty_rows.occurrence(row) if row else None


def _occurrences() -> sa.Select[Any]:
    """What comes due beside its terms and those whose it is."""
    terms = (duty_terms.c.clause, duty_terms.c.title_zh, duty_terms.c.title_en, duty_terms.c.proof)
    columns = (duty_occurrences, *terms, responsible(duty_terms, COLUMN.due_date))
    return sa.select(*columns).select_from(duty_occurrences.join(duty_terms, duty_terms.c.id == COLUMN.terms))
