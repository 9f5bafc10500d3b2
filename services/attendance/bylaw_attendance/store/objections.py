"""Objections to sheets: made in writing, ended once; of a person's month at most one waits (SHT-2)."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.objection import Ending, Objection, ObjectionState, ObjectionWishes
from bylaw_attendance.store.closing_tables import objections

COLUMNS = objections.c
WAITS = COLUMNS.state == ObjectionState.WAITING.value
ENDINGS = ("state", "ended_at", "ended_by", "end_text")
_KNOWN = sa.select(objections, people.c.number).outerjoin(people, people.c.person == COLUMNS.person)
Place = tuple[bool, UUID]


def add(connection: sa.Connection, made: Objection) -> bool:
    """Keeps an objection that waits; false where another one to the same sheet does."""
    row = {name: getattr(made, name) for name in ("person", "month", "text", "raised_at")}
    row |= {"id": made.identifier, "days": list(made.days), "state": made.state.value}
    statement = pg.insert(objections).values(row).on_conflict_do_nothing().returning(COLUMNS.id)
    return connection.execute(statement).one_or_none() is not None


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Objection | None:
    """An objection as it stands; locked, where it is to be ended."""
    query = _KNOWN.where(COLUMNS.id == identifier)
    row = connection.execute(query.with_for_update(of=objections) if lock else query).one_or_none()
    return _objection(row) if row else None


def end(connection: sa.Connection, identifier: UUID, ending: Ending) -> Objection | None:
    """Ends an objection that waits and answers it; nothing where none does."""
    told = dict(zip(ENDINGS, ending, strict=True))
    changed = objections.update().where(COLUMNS.id == identifier, WAITS).values(revision=COLUMNS.revision + 1, **told)
    return find(connection, identifier) if connection.execute(changed).rowcount else None


def newest(
    connection: sa.Connection, of_people: Collection[UUID], month: date
) -> dict[UUID, tuple[UUID, ObjectionState]]:
    """The newest objection to a month of each of these people who has one that was not withdrawn."""
    query = sa.select(COLUMNS.person, COLUMNS.id, COLUMNS.state).where(
        COLUMNS.state != ObjectionState.WITHDRAWN.value,
        COLUMNS.month == month,
        COLUMNS.person == sa.any_(uuids(of_people)),
    )
    rows = connection.execute(query.order_by(COLUMNS.id))
    return {row.person: (row.id, ObjectionState(row.state)) for row in rows}


def listed(
    connection: sa.Connection, wish: ObjectionWishes, reach: Reach, *, day: date, page: tuple[Place | None, int]
) -> list[Objection]:
    """Objections of whom a reach holds on a day: what waits first, each the newest first; behind a place."""
    after, limit = page
    query = _KNOWN.where(reached(reach, COLUMNS.person, day, day), *_wished(wish, day))
    if after:
        query = query.where(sa.tuple_(WAITS, COLUMNS.id) < sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.order_by(WAITS.desc(), COLUMNS.id.desc()).limit(limit))
    return [_objection(row) for row in rows]


def _wished(wish: ObjectionWishes, day: date) -> Iterator[sa.ColumnElement[bool]]:
    if wish.unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, day, day), stays.c.unit.in_(subtree({wish.unit}, day)))
        yield COLUMNS.person.in_(inside)
    if wish.person:
        yield COLUMNS.person == wish.person
    if wish.state:
        yield COLUMNS.state == wish.state.value
    if wish.month:
        yield COLUMNS.month == wish.month


def _objection(row: Any) -> Objection:
    ending = Ending(ObjectionState(row.state), row.ended_at, row.ended_by, row.end_text) if row.ended_at else None
    told = (row.id, row.person, row.month, tuple(row.days), row.text, row.raised_at, row.revision)
    return Objection(*told, ending, row.number or "")
