"""Which papers a kind of movement needs, as it was set day by day (WHS-3)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.movement import MovementKind, PaperKind
from bylaw_inventory.rules.papers.paper_rule import Need, PaperRule
from bylaw_inventory.store.papers_tables import paper_rules

COLUMNS = paper_rules.c


def add(connection: sa.Connection, made: PaperRule) -> None:
    """Puts a rule on record."""
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "kind": int(made.kind),
        "first_day": made.first_day,
        "needs": written_needs(made.needs),
        "reason": made.reason,
        "set_at": made.set_at,
        "set_by": made.set_by,
    }
    connection.execute(paper_rules.insert().values(row))


def of_warehouse(connection: sa.Connection, warehouse: UUID, day: date) -> list[PaperRule]:
    """What was set from days up to one, for a warehouse and for the organisation."""
    return [_rule(row) for row in connection.execute(_own(warehouse).where(COLUMNS.first_day <= day))]


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[PaperRule]:
    """The same from any day, newest first, behind one."""
    after, limit = page
    query = _own(warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if after:
        query = query.where(COLUMNS.id < after)
    return [_rule(row) for row in connection.execute(query)]


def written_needs(needs: Iterable[Need]) -> list[list[int]]:
    """Needs as a row keeps them."""
    return [[int(kind) for kind in sorted(need)] for need in needs]


def read_needs(kept: Iterable[Iterable[int]]) -> tuple[Need, ...]:
    """The same read again."""
    return tuple(frozenset(map(PaperKind, need)) for need in kept)


def _own(warehouse: UUID) -> sa.Select[Any]:
    return sa.select(paper_rules).where(sa.or_(COLUMNS.warehouse == warehouse, COLUMNS.warehouse.is_(None)))


def _rule(row: Any) -> PaperRule:
    said = (row.first_day, read_needs(row.needs), row.reason, row.set_at, row.set_by)
    return PaperRule(row.id, row.warehouse, MovementKind(row.kind), *said)
