"""What is asked to change prices, and what became of it (GDS-2)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.pricing.change import ChangeState, ChangeWish, PriceChange, PriceLine
from bylaw_inventory.rules.pricing.timeline import Amount, Goods
from bylaw_inventory.store.goods_tables import price_change_lines, price_changes, price_withdrawals

_WAITS = price_changes.c.state == int(ChangeState.WAITING)
_SHOWN = sa.select(price_changes, price_withdrawals.c.withdrawn_at, price_withdrawals.c.withdrawn_by).outerjoin(
    price_withdrawals, price_withdrawals.c.change == price_changes.c.id
)


def add(connection: sa.Connection, made: PriceChange, *, wish_key: str | None) -> list[int]:
    """Puts a change on record; answers the places of lines whose instant another change waits for.

    The lines are written in one order by everybody, so that no two changes wait for each other.
    """
    row = {
        "id": made.identifier,
        "reason": made.wish.reason,
        "largest_percent": made.largest_percent,
        "state": int(made.state),
        "asked_at": made.asked_at,
        "asked_by": made.asked_by,
        "wish_key": wish_key,
        "ended_by": "",
    }
    connection.execute(price_changes.insert().values(row))
    lines = [_line_row(made, place, line) for place, line in enumerate(made.wish.lines)]
    lines.sort(key=lambda one: (str(one["item"]), one["channel"], str(one["since"])))
    inserted = pg.insert(price_change_lines).values(lines).on_conflict_do_nothing()
    done = set(connection.execute(inserted.returning(price_change_lines.c.line)).scalars())
    return [place for place in range(len(lines)) if place not in done]


def lock(connection: sa.Connection, identifier: UUID) -> PriceChange | None:
    """A change with its lines, locked until the transaction ends."""
    query = _SHOWN.where(price_changes.c.id == identifier).with_for_update(of=price_changes)
    row = connection.execute(query).one_or_none()
    return _with_lines(connection, [row])[0] if row else None


def find(connection: sa.Connection, identifier: UUID) -> PriceChange | None:
    """A change with its lines."""
    row = connection.execute(_SHOWN.where(price_changes.c.id == identifier)).one_or_none()
    return _with_lines(connection, [row])[0] if row else None


def by_wish(connection: sa.Connection, asked_by: str, wish_key: str) -> PriceChange | None:
    """What was kept of a wish by its key."""
    own = (price_changes.c.asked_by == asked_by, price_changes.c.wish_key == wish_key)
    row = connection.execute(_SHOWN.where(*own)).one_or_none()
    return _with_lines(connection, [row])[0] if row else None


def asked(connection: sa.Connection, identifier: UUID, decision: UUID) -> None:
    """Notes the decision that was asked for."""
    none = price_changes.c.decision.is_(None)
    connection.execute(price_changes.update().where(price_changes.c.id == identifier, none).values(decision=decision))


def end(connection: sa.Connection, made: PriceChange) -> None:
    """Writes how a change ended that was locked while it waited; its instants are free again."""
    ending = {"state": int(made.state), "ended_at": made.ended_at, "ended_by": made.ended_by}
    connection.execute(price_changes.update().where(price_changes.c.id == made.identifier, _WAITS).values(ending))
    own = price_change_lines.c.change == made.identifier
    connection.execute(price_change_lines.update().where(own).values(waiting=False))


def withdraw(connection: sa.Connection, identifier: UUID, at: datetime, by: str) -> None:
    """Takes back what of an agreed change, which is locked, has not taken effect."""
    row = {"change": identifier, "withdrawn_at": at, "withdrawn_by": by}
    connection.execute(price_withdrawals.insert().values(row))


def forget(connection: sa.Connection, identifier: UUID) -> None:
    """Takes away what people would not have asked."""
    connection.execute(price_change_lines.delete().where(price_change_lines.c.change == identifier))
    connection.execute(price_changes.delete().where(price_changes.c.id == identifier))


def never_asked(connection: sa.Connection, before: datetime) -> list[PriceChange]:
    """What was kept before an instant and waits without a decision."""
    lost = (_WAITS, price_changes.c.decision.is_(None), price_changes.c.asked_at < before)
    return [_change(row) for row in connection.execute(_SHOWN.where(*lost))]


def listed(connection: sa.Connection, state: ChangeState | None, *, page: tuple[UUID | None, int]) -> list[PriceChange]:
    """Changes without their lines, newest first, behind one."""
    after, limit = page
    query = _SHOWN.order_by(price_changes.c.id.desc()).limit(limit)
    if state:
        query = query.where(price_changes.c.state == int(state))
    if after:
        query = query.where(price_changes.c.id < after)
    return [_change(row) for row in connection.execute(query)]


def _line_row(made: PriceChange, place: int, line: PriceLine) -> dict[str, Any]:
    return {
        "change": made.identifier,
        "line": place,
        "item": line.goods.item,
        "channel": line.goods.channel,
        "minor_units": line.amount.minor_units,
        "currency": line.amount.currency,
        "since": line.since,
        "old_minor_units": line.old.minor_units if line.old else None,
        "old_currency": line.old.currency if line.old else None,
        "waiting": True,
    }


def _with_lines(connection: sa.Connection, rows: Collection[Any]) -> list[PriceChange]:
    lines: dict[UUID, list[PriceLine]] = {row.id: [] for row in rows}
    columns = price_change_lines.c
    query = sa.select(price_change_lines).where(columns.change.in_(list(lines))).order_by(columns.change, columns.line)
    for row in connection.execute(query):
        old = Amount(row.old_minor_units, row.old_currency) if row.old_currency else None
        amount = Amount(row.minor_units, row.currency)
        lines[row.change].append(PriceLine(Goods(row.item, row.channel), amount, row.since, old))
    found = map(_change, rows)
    return [replace(one, wish=one.wish._replace(lines=tuple(lines[one.identifier]))) for one in found]


def _change(row: Any) -> PriceChange:
    said = (row.largest_percent, row.asked_at, row.asked_by, ChangeState(row.state), row.decision)
    back = (row.withdrawn_at, row.withdrawn_by or "")
    return PriceChange(row.id, ChangeWish((), row.reason), *said, row.ended_at, row.ended_by, *back)
