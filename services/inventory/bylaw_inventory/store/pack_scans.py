"""The scans of pack checks, those that were refused with why (WHS-3)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.packing.scan import PackScan
from bylaw_inventory.store.packing_tables import pack_lines, pack_scans
from bylaw_inventory.store.tables import items

COLUMNS = pack_scans.c
_OF_LINE = sa.and_(pack_lines.c.pack_check == COLUMNS.pack_check, pack_lines.c.number == COLUMNS.line)
_SHOWN = (
    sa.select(pack_scans, sa.func.coalesce(items.c.unit, "").label("unit"))
    .outerjoin(pack_lines, _OF_LINE)
    .outerjoin(items, items.c.id == pack_lines.c.item)
)


def add(connection: sa.Connection, check: UUID, made: Sequence[PackScan]) -> None:
    """Puts scans on record; one whose key is there stays as it is."""
    rows = [
        {
            "id": one.identifier,
            "pack_check": check,
            "key": one.key,
            "code": one.code,
            "line": one.line,
            "quantity": one.quantity,
            "reason": one.reason,
            "clause": one.clause,
            "words_zh": one.words[0],
            "words_en": one.words[1],
            "scanned_at": one.at,
            "scanned_by": one.by,
        }
        for one in made
    ]
    connection.execute(pg.insert(pack_scans).on_conflict_do_nothing(), rows)


def by_keys(connection: sa.Connection, check: UUID, keys: Collection[str]) -> dict[str, PackScan]:
    """The scans of a check that are on record under these keys."""
    query = _SHOWN.where(COLUMNS.pack_check == check, COLUMNS.key.in_(list(keys)))
    return {row.key: _scan(row) for row in connection.execute(query)}


def listed(connection: sa.Connection, check: UUID, *, refused: bool, page: tuple[UUID | None, int]) -> list[PackScan]:
    """A check's scans in their order, behind one."""
    after, limit = page
    query = _SHOWN.where(COLUMNS.pack_check == check).order_by(COLUMNS.id).limit(limit)
    if refused:
        query = query.where(COLUMNS.reason != "")
    if after:
        query = query.where(COLUMNS.id > after)
    return [_scan(row) for row in connection.execute(query)]


def _scan(row: Any) -> PackScan:
    said = (row.key, row.code, row.line, row.quantity, row.unit, row.scanned_at, row.scanned_by)
    return PackScan(row.id, *said, row.reason, row.clause, (row.words_zh, row.words_en))
