"""Writes many movements with their lines and entries by COPY, and moves their balances in one statement (WHS-4)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_inventory.rules.ledger.balance import Balance
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import Movement
from bylaw_inventory.store.ledger import LedgerRace

_MOVEMENTS = """
    copy movements (id, warehouse, kind, day, papers, reason, posted_at, posted_by) from stdin
"""
_LINES = """
    copy movement_lines (movement, line, item, lot, from_place, to_place, quantity, said_unit, said_quantity) from stdin
"""
_ENTRIES = "copy entries (balance, number, on_hand, reserved, movement, day, at, previous, hash, said) from stdin"
# A balance moves only from the entry that the caller has seen, as for a single movement.
_MOVE = """
    update balances as kept set on_hand = made.on_hand, reserved = made.reserved, entries = made.last, head = made.head
    from unnest(
        %s::uuid[], %s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[], %s::bytea[]
    ) as made (id, seen, last, on_hand, reserved, head)
    where kept.id = made.id and kept.entries = made.seen returning kept.id
"""


def write(
    connection: sa.Connection,
    made: Sequence[Movement],
    entries: Sequence[Entry],
    moved: Sequence[tuple[Balance, Balance]],
) -> None:
    """Puts movements on record, whose day is held open; `moved`: balances as they were seen and as they become."""
    driver = driver_within_deadline(connection)
    with driver.cursor() as cursor:
        _copy(cursor, _MOVEMENTS, map(_movement, made))
        _copy(cursor, _LINES, (row for movement in made for row in _lines(movement)))
        _copy(cursor, _ENTRIES, map(_entry, entries))
        ends = [end for _, end in moved]
        columns = (
            [one.identifier for one in ends],
            [seen.entries for seen, _ in moved],
            [one.entries for one in ends],
            [one.on_hand for one in ends],
            [one.reserved for one in ends],
            [one.head for one in ends],
        )
        if len(cursor.execute(_MOVE, columns).fetchall()) != len(moved):
            raise LedgerRace


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _movement(made: Movement) -> tuple[Any, ...]:
    papers = json.dumps([{"kind": int(paper.kind), "number": paper.number} for paper in made.papers])
    said = (made.reason, made.posted_at, made.posted_by)
    return (made.identifier, made.warehouse, int(made.kind), made.day, papers, *said)


def _lines(made: Movement) -> Iterable[tuple[Any, ...]]:
    for number, line in enumerate(made.lines, 1):
        goods = (line.item, line.lot, line.from_place, line.to_place, line.quantity)
        yield (made.identifier, number, *goods, *(line.said[::2] if line.said else (None, None)))


def _entry(made: Entry) -> tuple[Any, ...]:
    said = (made.on_hand, made.reserved, made.movement, made.day, made.at, made.previous, made.hash)
    return (made.balance, made.number, *said, made.said or None)
