"""Special goods and their named keepers, mark by mark (WHS-9)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.special.mark import Keeper, MarkWish, SpecialMark, marks_of
from bylaw_inventory.store.special_goods_tables import special_goods

COLUMNS = special_goods.c
_CATEGORY = sa.func.lower(COLUMNS.category)
_GOODS = (COLUMNS.item, _CATEGORY)
_LAST = sa.select(special_goods).ext(pg.distinct_on(*_GOODS)).order_by(*_GOODS, COLUMNS.id.desc())


def add(connection: sa.Connection, made: SpecialMark) -> None:
    """Puts a mark on record, in the stead of the one before."""
    wish = made.wish
    row = {
        "id": made.identifier,
        "item": wish.item,
        "category": wish.category,
        "warning_zh": wish.warning[0],
        "warning_en": wish.warning[1],
        "keepers": [[str(one.person), _written(one.first_day), _written(one.last_day)] for one in wish.keepers],
        "reason": wish.reason,
        "set_at": made.set_at,
        "set_by": made.set_by,
    }
    connection.execute(special_goods.insert().values(row))


def of_goods(connection: sa.Connection, goods: Collection[Item]) -> dict[UUID, SpecialMark]:
    """The marks in force of items, of those that have one: their own, or their category's."""
    own = COLUMNS.item.in_([item.identifier for item in goods])
    categories = sorted({item.wish.category for item in goods} - {""})
    shared = sa.and_(COLUMNS.item.is_(None), _CATEGORY.in_([sa.func.lower(one) for one in categories]))
    return marks_of(goods, map(_mark, connection.execute(_LAST.where(sa.or_(own, shared)))))


def listed(connection: sa.Connection, *, every: bool, page: tuple[UUID | None, int]) -> list[SpecialMark]:
    """Marks newest first, behind one: those in force, or every one."""
    after, limit = page
    last = _LAST.subquery()
    in_force = sa.select(last.c.id).where(sa.func.jsonb_array_length(last.c.keepers) > 0)
    query = sa.select(special_goods).order_by(COLUMNS.id.desc()).limit(limit)
    if not every:
        query = query.where(COLUMNS.id.in_(in_force))
    if after:
        query = query.where(COLUMNS.id < after)
    return [_mark(row) for row in connection.execute(query)]


def _mark(row: Any) -> SpecialMark:
    keepers = tuple(Keeper(UUID(person), _read(first), _read(last)) for person, first, last in row.keepers)
    wish = MarkWish(row.item, row.category, (row.warning_zh, row.warning_en), keepers, row.reason)
    return SpecialMark(row.id, wish, row.set_at, row.set_by)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read(day: str) -> date | None:
    return date.fromisoformat(day) if day else None
