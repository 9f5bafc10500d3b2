"""Where parcels need a pack check, as it was set day by day (WHS-12)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.movement import PaperKind
from bylaw_inventory.rules.packing.pack_rule import PackNeed, PackRule
from bylaw_inventory.store.packing_tables import pack_rules

COLUMNS = pack_rules.c


def add(connection: sa.Connection, made: PackRule) -> None:
    """Puts a rule on record."""
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "paper": int(made.paper),
        "need": int(made.need),
        "first_day": made.first_day,
        "reason": made.reason,
        "set_at": made.set_at,
        "set_by": made.set_by,
    }
    connection.execute(pack_rules.insert().values(row))


def of_warehouse(connection: sa.Connection, warehouse: UUID) -> list[PackRule]:
    """All that was set for a warehouse and for the organisation."""
    return [_rule(row) for row in connection.execute(_own(warehouse))]


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[PackRule]:
    """The same, newest first, behind one."""
    after, limit = page
    query = _own(warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if after:
        query = query.where(COLUMNS.id < after)
    return [_rule(row) for row in connection.execute(query)]


def _own(warehouse: UUID) -> sa.Select[Any]:
    return sa.select(pack_rules).where(sa.or_(COLUMNS.warehouse == warehouse, COLUMNS.warehouse.is_(None)))


def _rule(row: Any) -> PackRule:
    said = (row.first_day, row.reason, row.set_at, row.set_by)
    return PackRule(row.id, row.warehouse, PaperKind(row.paper), PackNeed(row.need), *said)
