"""The organisation of a day as far as decisions need it: heads, deputies, holders, delegations, who is employed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.decisions.seats import Delegated, Posts, Wanted
from bylaw_people.store.dated_tables import position_spans
from bylaw_people.store.decision_roles import role_holders
from bylaw_people.store.decision_tables import delegations, runs_on
from bylaw_people.store.tables import appointments, deputyships, headships, holds_on, unit_spans, valid_on


@dataclass(frozen=True, slots=True)
class PostsOfDay:
    """Reads them in a handful of statements, however many decisions ask."""

    connection: sa.Connection

    def on(self, day: date, wanted: Wanted) -> Posts:
        """The posts of some units and those above them; the holders of some positions and roles, some people."""
        homes = {**self._positions(day, wanted.positions), **self._homes(day, wanted.people)}
        parents = self._parents(day, wanted.units | set(homes.values()))
        heads = {row.unit: row.person for row in self._posts(headships, day, parents)}
        deputies: dict[UUID, list[UUID]] = defaultdict(list)
        for row in self._posts(deputyships, day, parents):
            deputies[row.unit].append(row.person)
        holders = self._holders(day, wanted.positions)
        roles = role_holders(self.connection, day, wanted.roles)
        holding = {holder.person for held in roles.values() for holder in held}
        named = {*heads.values(), *_all(deputies), *_all(holders), *wanted.people, *holding}
        given = self._delegations(day, named)
        delegates = {one.delegate for some in given.values() for one in some}
        given.update(self._delegations(day, delegates - named))  # a delegate may be away too
        employed = self._homes(day, named | delegates)
        return Posts(parents, heads, deputies, holders, given, homes, frozenset(employed), roles)

    def beside(self, unit: UUID, day: date) -> tuple[UUID, ...]:
        """The units beside one: those with the same parent."""
        own, other = unit_spans.alias(), unit_spans.alias()
        statement = (
            sa.select(other.c.unit)
            .join(own, own.c.parent == other.c.parent)
            .where(own.c.unit == unit, valid_on(own, day), valid_on(other, day), other.c.unit != unit)
            .order_by(other.c.unit)
        )
        return tuple(self.connection.execute(statement).scalars())

    def unit_of(self, person: UUID, day: date) -> UUID | None:
        """Where somebody works on a day."""
        return self._homes(day, {person}).get(person)

    def headed_by(self, person: UUID, day: date) -> tuple[UUID, ...]:
        """The units that somebody heads on a day."""
        mine = sa.select(headships.c.unit).where(headships.c.person == person, holds_on(headships, day))
        return tuple(self.connection.execute(mine.order_by(headships.c.unit)).scalars())

    def _parents(self, day: date, units: Collection[UUID]) -> dict[UUID, UUID | None]:
        """Some units and those above them, each with the one above it."""
        here = sa.select(unit_spans.c.unit, unit_spans.c.parent).where(valid_on(unit_spans, day))
        above = here.where(unit_spans.c.unit == _any(units)).cte(recursive=True)
        found = above.union(here.join(above, unit_spans.c.unit == above.c.parent))
        return {row.unit: row.parent for row in self.connection.execute(sa.select(found))}

    def _posts(self, table: sa.Table, day: date, units: Collection[UUID]) -> Iterable[Any]:
        statement = sa.select(table.c.unit, table.c.person).where(holds_on(table, day), table.c.unit == _any(units))
        return self.connection.execute(statement.order_by(table.c.start_date, table.c.id))

    def _holders(self, day: date, positions: Collection[UUID]) -> dict[UUID, list[UUID]]:
        if not positions:
            return {}
        columns = appointments.c
        holding = sa.and_(holds_on(appointments, day), columns.position == _any(positions))
        statement = sa.select(columns.position, columns.person).where(holding)
        holders: dict[UUID, list[UUID]] = defaultdict(list)
        for row in self.connection.execute(statement.order_by(columns.start_date, columns.id)):
            holders[row.position].append(row.person)
        return holders

    def _positions(self, day: date, positions: Collection[UUID]) -> dict[UUID, UUID]:
        if not positions:
            return {}
        columns = position_spans.c
        known = sa.and_(valid_on(position_spans, day), columns.position == _any(positions))
        return {
            row.position: row.unit
            for row in self.connection.execute(sa.select(columns.position, columns.unit).where(known))
        }

    def _delegations(self, day: date, people: Collection[UUID]) -> dict[UUID, list[Delegated]]:
        given: dict[UUID, list[Delegated]] = defaultdict(list)
        if not people:
            return given
        statement = sa.select(delegations).where(runs_on(day), delegations.c.delegator == _any(people))
        for row in self.connection.execute(statement.order_by(delegations.c.id)):
            given[row.delegator].append(Delegated(row.delegate, frozenset(row.kinds), row.away))
        return given

    def _homes(self, day: date, people: Collection[UUID]) -> dict[UUID, UUID]:
        columns = appointments.c
        statement = sa.select(columns.person, columns.unit).where(
            holds_on(appointments, day), columns.person == _any(people)
        )
        return {row.person: row.unit for row in self.connection.execute(statement)}


def _any(identifiers: Collection[UUID]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.cast(sorted(identifiers), pg.ARRAY(sa.Uuid)))


def _all(groups: Mapping[UUID, Collection[UUID]]) -> set[UUID]:
    return {person for group in groups.values() for person in group}
