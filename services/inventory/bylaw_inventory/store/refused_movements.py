"""Movements that were refused for lack of papers (WHS-3)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.movement import MovedLine, MovementKind, Paper, PaperKind
from bylaw_inventory.rules.papers.refused import RefusedMovement
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.store.paper_rules import read_needs, written_needs
from bylaw_inventory.store.papers_tables import refused_movements

COLUMNS = refused_movements.c
_LOCK = sa.text("""
    select pg_advisory_xact_lock(slot) from (select unnest(cast(:slots as bigint[])) as slot order by slot) as ordered
""")


def add(connection: sa.Connection, made: Mapping[bytes, RefusedMovement], since: datetime) -> set[bytes]:
    """Puts on record, by the digest of each attempt, those that were not tried since; answers which.

    Whoever comes with the same at the same time waits for the first.
    """
    connection.execute(_LOCK, {"slots": [int.from_bytes(attempt[:8], signed=True) for attempt in made]})
    tried = sa.select(COLUMNS.attempt).where(COLUMNS.attempt.in_(list(made)), COLUMNS.refused_at > since)
    before = {bytes(row.attempt) for row in connection.execute(tried)}
    rows = [_row(one, attempt) for attempt, one in made.items() if attempt not in before]
    if rows:
        connection.execute(refused_movements.insert(), rows)
    return set(made) - before


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[RefusedMovement]:
    """A warehouse's, newest first, behind one."""
    after, limit = page
    query = sa.select(refused_movements).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if after:
        query = query.where(COLUMNS.id < after)
    return [_refused(row) for row in connection.execute(query)]


def every(connection: sa.Connection) -> Iterator[tuple[RefusedMovement, bytes]]:
    """Every one with the digest of its attempt, in the order of their ids."""
    query = sa.select(refused_movements).order_by(COLUMNS.id).execution_options(yield_per=1_000)
    for row in connection.execute(query):
        yield _refused(row), bytes(row.attempt)


def _row(made: RefusedMovement, attempt: bytes) -> dict[str, Any]:
    return {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "kind": int(made.kind),
        "day": made.day,
        "lines": [_written(line) for line in made.lines],
        "papers": [{"kind": int(paper.kind), "number": paper.number} for paper in made.papers],
        "missing": written_needs(made.missing),
        "clause": made.clause,
        "attempt": attempt,
        "refused_at": made.refused_at,
        "tried_by": made.tried_by,
    }


def _written(line: MovedLine) -> dict[str, str]:
    return {
        "item": str(line.item),
        "lot": str(line.lot),
        "from_place": str(line.from_place),
        "to_place": str(line.to_place),
        "quantity": written(line.quantity),
        "unit": line.unit,
        "lot_code": line.lot_code,
        "expires": line.expires.isoformat() if line.expires else "",
    }


def _refused(row: Any) -> RefusedMovement:
    lines = tuple(_line(**line) for line in row.lines)
    papers = tuple(Paper(PaperKind(one["kind"]), one["number"]) for one in row.papers)
    said = (lines, papers, read_needs(row.missing), row.clause, row.refused_at, row.tried_by)
    return RefusedMovement(row.id, row.warehouse, MovementKind(row.kind), row.day, *said)


def _line(*, quantity: str, unit: str, lot_code: str, expires: str, **places: str) -> MovedLine:
    item, lot, origin, target = (UUID(places[name]) for name in ("item", "lot", "from_place", "to_place"))
    day = date.fromisoformat(expires) if expires else None
    return MovedLine(item, lot, origin, target, Decimal(quantity), unit, lot_code, day)
