"""What was decided on returned goods, and what waits for people's decision (WHS-6)."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.returns.decision import DecidedLine, ReturnDecision, ReturnOutcome, ScrapState
from bylaw_inventory.store.return_tables import return_decision_lines, return_decisions, return_photos
from bylaw_inventory.store.tables import items, lots, movements
from bylaw_inventory.store.warehouses import reached

COLUMNS, LINES = return_decisions.c, return_decision_lines.c
_WAITS = COLUMNS.scrap_state == int(ScrapState.WAITING)


def hold(connection: sa.Connection, movement: UUID) -> None:
    """Whoever decides on the same return, or adds a photo to it, waits until the transaction ends."""
    key = sa.func.hashtextextended(f"returns/{movement}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def taken_by() -> sa.Select[Any]:
    """Movement, item, lot, place and quantity that decisions took: those that wait, or that were booked and stand."""
    back = movements.alias("back")
    reversed_ = sa.select(back.c.id).where(back.c.reverses == LINES.booked)
    stands = sa.and_(LINES.booked.is_not(None), ~reversed_.exists())
    query = sa.select(COLUMNS.movement, LINES.item, LINES.lot, LINES.from_place.label("place"), LINES.quantity)
    return query.join(return_decision_lines, LINES.decision == COLUMNS.id).where(sa.or_(_WAITS, stands))


def decided(connection: sa.Connection, movement: UUID) -> dict[BalanceKey, Decimal]:
    """How much of a return was decided on, by what it is and where it lay."""
    each = taken_by().where(COLUMNS.movement == movement).subquery().c
    key = (each.item, each.place, each.lot)
    query = sa.select(*key, sa.func.sum(each.quantity).label("quantity")).group_by(*key)
    return {BalanceKey(row.item, row.place, row.lot): row.quantity for row in connection.execute(query)}


def add(connection: sa.Connection, made: ReturnDecision, *, wish_key: tuple[str, bytes] | None) -> None:
    """Puts a decision on record; `wish_key` is the caller's key of it with the digest of the wish, where it waits."""
    key, digest = wish_key or (None, None)
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "movement": made.movement,
        "supplier_slip": made.slip,
        "decided_at": made.decided_at,
        "decided_by": made.decided_by,
        "wish_key": key,
        "wish_digest": digest,
        "scrap_state": int(made.scrap),
    }
    connection.execute(return_decisions.insert().values(row))
    lines = [
        {
            "decision": made.identifier,
            "line": number,
            "item": line.key.item,
            "lot": line.key.lot,
            "from_place": line.key.place,
            "to_place": line.target,
            "quantity": line.quantity,
            "outcome": int(line.outcome),
            "cause": line.cause,
            "responsible": line.responsible,
            "booked": line.booked,
        }
        for number, line in enumerate(made.lines, 1)
    ]
    connection.execute(return_decision_lines.insert(), lines)


def lock(connection: sa.Connection, identifier: UUID) -> ReturnDecision | None:
    """A decision, locked until the transaction ends."""
    query = sa.select(return_decisions).where(COLUMNS.id == identifier).with_for_update()
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> ReturnDecision | None:
    """A decision in a warehouse within reach."""
    query = sa.select(return_decisions).where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def by_wish(connection: sa.Connection, decided_by: str, key: str) -> tuple[ReturnDecision, bytes] | None:
    """What was kept of a wish by its key, and the digest of the wish."""
    query = sa.select(return_decisions).where(COLUMNS.decided_by == decided_by, COLUMNS.wish_key == key)
    rows = connection.execute(query).all()
    return (_whole(connection, rows)[0], bytes(rows[0].wish_digest)) if rows else None


def asked(connection: sa.Connection, identifier: UUID, decision: UUID) -> None:
    """Notes the decision that was asked for."""
    own = (COLUMNS.id == identifier, COLUMNS.decision.is_(None))
    connection.execute(return_decisions.update().where(*own).values(decision=decision))


def end(connection: sa.Connection, made: ReturnDecision, now: datetime) -> None:
    """Writes how scrap ended that was locked while it waited, and the movement that it was booked by."""
    row = return_decisions.update().where(COLUMNS.id == made.identifier, _WAITS)
    connection.execute(row.values(scrap_state=int(made.scrap), ended_at=now))
    if made.booked:
        lines = return_decision_lines.update().where(LINES.decision == made.identifier)
        connection.execute(lines.values(booked=made.booked[0]))


def forget(connection: sa.Connection, identifier: UUID) -> None:
    """Takes away what people would not have asked."""
    connection.execute(return_decision_lines.delete().where(LINES.decision == identifier))
    connection.execute(return_decisions.delete().where(COLUMNS.id == identifier))


def never_asked(connection: sa.Connection, before: datetime) -> list[ReturnDecision]:
    """What was kept before an instant and waits without a decision."""
    query = sa.select(return_decisions).where(_WAITS, COLUMNS.decision.is_(None), COLUMNS.decided_at < before)
    return _whole(connection, connection.execute(query).all())


def listed(
    connection: sa.Connection, warehouse: UUID, *, movement: UUID | None, page: tuple[UUID | None, int]
) -> list[ReturnDecision]:
    """A warehouse's decisions, newest first, behind one."""
    after, limit = page
    query = sa.select(return_decisions).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if movement:
        query = query.where(COLUMNS.movement == movement)
    if after:
        query = query.where(COLUMNS.id < after)
    return _whole(connection, connection.execute(query).all())


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[ReturnDecision]:
    if not rows:
        return []
    query = (
        sa.select(return_decision_lines, items.c.unit, sa.func.coalesce(lots.c.code, "").label("lot_code"))
        .join(items, items.c.id == LINES.item)
        .outerjoin(lots, lots.c.id == LINES.lot)
        .where(LINES.decision.in_([row.id for row in rows]))
        .order_by(LINES.decision, LINES.line)
    )
    lines: dict[UUID, list[DecidedLine]] = {row.id: [] for row in rows}
    for row in connection.execute(query):
        goods = (BalanceKey(row.item, row.from_place, row.lot), row.lot_code, row.quantity, row.unit)
        outcome, said = ReturnOutcome(row.outcome), (row.to_place, row.cause, row.responsible, row.booked)
        lines[row.decision].append(DecidedLine(*goods, outcome, *said))
    taken = return_photos.c
    shown = sa.select(taken.movement, taken.id).where(taken.movement.in_({row.movement for row in rows}))
    photos: dict[UUID, list[UUID]] = {}
    for row in connection.execute(shown.order_by(taken.id)):
        photos.setdefault(row.movement, []).append(row.id)
    return [_decision(row, tuple(lines[row.id]), tuple(photos.get(row.movement, ()))) for row in rows]


def _decision(row: Any, lines: tuple[DecidedLine, ...], photos: tuple[UUID, ...]) -> ReturnDecision:
    said = (row.supplier_slip, row.decided_at, row.decided_by, lines, ScrapState(row.scrap_state), row.decision)
    return ReturnDecision(row.id, row.warehouse, row.movement, *said, photos)
