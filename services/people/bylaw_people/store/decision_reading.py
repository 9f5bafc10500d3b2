"""Rows of decisions with what belongs to them, many at a time: places, seats, answers, rounds, related units."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.decisions.decision import Decision, Slot
from bylaw_people.rules.decisions.seats import Seat
from bylaw_people.store import decision_rows as rows
from bylaw_people.store.decision_tables import answers, related, rounds, seats, slots


def whole(connection: sa.Connection, found: Sequence[Any]) -> list[Decision]:
    """Decisions with everything that was ever asked and said."""
    ids = [row.id for row in found]
    places = slots_of(connection, ids, only_open=False)
    said = _grouped(connection, sa.select(answers).order_by(answers.c.id), answers, ids)
    asked = _grouped(connection, sa.select(rounds).order_by(rounds.c.round), rounds, ids)
    units = _grouped(connection, sa.select(related).order_by(related.c.unit), related, ids)
    return [
        rows.decision_of(
            row,
            slots=tuple(places[row.id]),
            said=tuple(rows.said_of(one) for one in said[row.id]),
            rounds=tuple(rows.round_of(one) for one in asked[row.id]),
            related=tuple(one.unit for one in units[row.id]),
        )
        for row in found
    ]


def with_open_slots(connection: sa.Connection, found: Sequence[Any]) -> list[Decision]:
    """Decisions with the places that wait, and nothing else."""
    places = slots_of(connection, [row.id for row in found], only_open=True)
    return [rows.decision_of(row, slots=tuple(places[row.id])) for row in found]


def slots_of(connection: sa.Connection, ids: Collection[UUID], *, only_open: bool) -> dict[UUID, list[Slot]]:
    """Places of decisions with those who are or were asked there; who lost the post before an answer is left out."""
    asked = sa.select(seats).where(seats.c.state != "removed").order_by(seats.c.asked_at, seats.c.person)
    opened = sa.select(slots).order_by(slots.c.step, slots.c.slot)
    if only_open:
        asked, opened = asked.where(seats.c.state == "open"), opened.where(slots.c.open)
    seated: dict[tuple[UUID, int, int], list[Seat]] = defaultdict(list)
    for group in _grouped(connection, asked, seats, ids).values():
        for row in group:
            seated[row.decision, row.step, row.slot].append(rows.seat_of(row))
    places = _grouped(connection, opened, slots, ids)
    found: dict[UUID, list[Slot]] = defaultdict(list)
    for decision, group in places.items():
        found[decision] = [rows.slot_of(row, seated[decision, row.step, row.slot]) for row in group]
    return found


def among(column: sa.ColumnElement[UUID], identifiers: Collection[UUID]) -> sa.ColumnElement[bool]:
    """That a column holds one of some ids: one parameter, however many they are."""
    return column == sa.any_(sa.cast(list(identifiers), pg.ARRAY(sa.Uuid)))


def _grouped(
    connection: sa.Connection, statement: sa.Select[Any], table: sa.Table, ids: Collection[UUID]
) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in connection.execute(statement.where(among(table.c.decision, ids))):
        found[row.decision].append(row)
    return found
