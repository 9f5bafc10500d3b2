"""Delegations as the store keeps them; an ended one stays on record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.ports.decisions import Viewer
from bylaw_people.rules.decisions.delegation import Delegation
from bylaw_people.store.decision_tables import delegations
from bylaw_people.store.reach import Within
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import headships, holds_on, people


@dataclass(frozen=True, slots=True)
class Delegations:
    """The delegations in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, new: Delegation) -> None:
        """A new delegation."""
        row = {
            "id": new.id,
            "delegator": new.delegator,
            "delegate": new.delegate,
            "kinds": list(new.kinds),
            "start_date": new.start_date,
            "end_date": new.end_date,
            "away": new.away,
            **self.stamp.recorded,
        }
        self.connection.execute(delegations.insert(), [row])

    def find(self, delegation: UUID, delegator: UUID) -> Delegation | None:
        """Somebody's own delegation, locked."""
        mine = sa.and_(delegations.c.id == delegation, delegations.c.delegator == delegator)
        row = self.connection.execute(sa.select(delegations).where(mine).with_for_update()).one_or_none()
        return _delegation(row) if row else None

    def end(self, delegation: UUID) -> None:
        """Ends it now."""
        running = sa.and_(delegations.c.id == delegation, delegations.c.ended_at.is_(None))
        self.connection.execute(delegations.update().where(running).values(ended_at=self.stamp.now))

    def page(self, viewer: Viewer, *, after: UUID | None, limit: int) -> list[Delegation]:
        """Those somebody gave or was given, or whose giver they reach, newest first."""
        columns = delegations.c
        part = sa.or_(columns.delegator == viewer.person, columns.delegate == viewer.person)
        reached = Within(viewer.reach, viewer.day).person(columns.delegator)
        statement = sa.select(delegations).where(sa.or_(part, reached))
        if after:
            statement = statement.where(columns.id < after)
        found = self.connection.execute(statement.order_by(columns.id.desc()).limit(limit))
        return [_delegation(row) for row in found]

    def may_be_delegate(self, person: UUID, viewer: Viewer) -> bool:
        """Whether somebody is within the viewer's reach or heads a unit, which everybody sees of the organisation."""
        heads = people.c.id.in_(sa.select(headships.c.person).where(holds_on(headships, viewer.day)))
        known = sa.or_(Within(viewer.reach, viewer.day).person(), heads)
        return self.connection.execute(sa.select(people.c.id).where(people.c.id == person, known)).first() is not None


def _delegation(row: Any) -> Delegation:
    return Delegation(
        row.id,
        row.delegator,
        row.delegate,
        tuple(row.kinds),
        row.start_date,
        row.end_date,
        row.away,
        row.ended_at,
    )
