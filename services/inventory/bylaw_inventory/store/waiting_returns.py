"""Returns of which something waits in inspection, the longest waiting first (WHS-6)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.movement import MovementKind, PaperKind
from bylaw_inventory.rules.returns.waiting import WaitingLine, WaitingReturn
from bylaw_inventory.store.return_decisions import taken_by
from bylaw_inventory.store.return_tables import return_decisions
from bylaw_inventory.store.tables import balances, items, lots, movement_lines, movements

MOVED, LINE = movements.c, movement_lines.c


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[WaitingReturn]:
    """A warehouse's returns that wait, behind one."""
    after, limit = page
    waiting = _waiting(warehouse).cte("waiting")
    shown = sa.select(waiting.c.movement).distinct().order_by(waiting.c.movement).limit(limit)
    if after:
        shown = shown.where(waiting.c.movement > after)
    query = (
        sa.select(waiting, MOVED.papers, MOVED.posted_at, MOVED.day)
        .add_columns(items.c.code.label("item_code"), items.c.unit, sa.func.coalesce(lots.c.code, "").label("lot_code"))
        .join(movements, MOVED.id == waiting.c.movement)
        .join(items, items.c.id == waiting.c.item)
        .outerjoin(lots, lots.c.id == waiting.c.lot)
        .where(waiting.c.movement.in_(shown))
        .order_by(waiting.c.movement, sa.func.lower(items.c.code), lots.c.code, waiting.c.place)
    )
    rows: dict[UUID, list[Any]] = {}
    for row in connection.execute(query):
        rows.setdefault(row.movement, []).append(row)
    return [_return(one) for one in rows.values()]


def _waiting(warehouse: UUID) -> sa.Select[Any]:
    """So much of each return waits of an item, lot and place: what is on hand there is that of the newest first."""
    left = _left(warehouse).subquery()
    own = sa.select(left).where(left.c.left_over > 0).subquery()
    newer = sa.func.sum(own.c.left_over).over(
        partition_by=(own.c.item, own.c.lot, own.c.place), order_by=own.c.movement.desc(), rows=(None, -1)
    )
    there = balances.c.on_hand - sa.func.coalesce(newer, 0)
    waits = sa.func.least(own.c.left_over, there).label("waiting")
    same = (balances.c.item == own.c.item, balances.c.place == own.c.place, balances.c.lot == own.c.lot)
    each = sa.select(own, waits).join(balances, sa.and_(*same)).subquery()
    return sa.select(each).where(each.c.waiting > 0)


def _left(warehouse: UUID) -> sa.Select[Any]:
    """What came back by returns that stand, and what of it nobody has decided on."""
    back = movements.alias("back")
    reversed_ = sa.select(back.c.id).where(back.c.reverses == MOVED.id)
    came = (
        sa.select(MOVED.id.label("movement"), LINE.item, LINE.lot, LINE.to_place.label("place"), LINE.quantity)
        .add_columns(LINE.quantity.label("returned"))
        .join(movement_lines, LINE.movement == MOVED.id)
        .where(MOVED.warehouse == warehouse, MOVED.kind == int(MovementKind.CUSTOMER_RETURN), ~reversed_.exists())
    )
    taken = taken_by().where(return_decisions.c.warehouse == warehouse).subquery().c
    away = sa.select(taken.movement, taken.item, taken.lot, taken.place, -taken.quantity, sa.literal(0))
    both = sa.union_all(came, away).subquery().c
    key = (both.movement, both.item, both.lot, both.place)
    left = sa.func.sum(both.quantity).label("left_over")
    return sa.select(*key, left, sa.func.sum(both.returned).label("returned")).group_by(*key)


def _return(rows: list[Any]) -> WaitingReturn:
    first = rows[0]
    slips = tuple(one["number"] for one in first.papers if one["kind"] == int(PaperKind.RETURN_SLIP))
    lines = tuple(
        WaitingLine(row.item, row.item_code, row.lot_code, row.place, row.unit, row.returned, row.waiting)
        for row in rows
    )
    return WaitingReturn(first.movement, slips, first.posted_at, first.day, lines)
