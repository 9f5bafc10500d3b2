"""Month reports, each one question to the ledger, and those that were handed over (WHS-5)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.books.month import Flow, HandOver, MonthLine, MonthSpan
from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.store.books_tables import month_hand_overs
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR

# Every entry of the ledger up to the last day counts once: before the month it opens it, in it it came or went. A
# transfer that was taken back is a transfer. `{own}` narrows the balances to those of a page.
_LINES = """
    with summed as (
        select made.balance, moved.kind, moved.reverses,
            coalesce(sum(made.on_hand) filter (where made.day < %(month)s), 0) as opening,
            coalesce(sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand > 0), 0) as came,
            coalesce(-sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand < 0), 0) as went
        from entries as made join balances as kept on kept.id = made.balance
            join movements as moved on moved.id = made.movement
        where kept.place = any(array(select id from places where warehouse = %(warehouse)s and kind = any(%(kinds)s)))
            and made.day <= %(last)s {own}
        group by made.balance, moved.kind, moved.reverses
    ), mistakes as (
        select back.reverses as id, mistake.kind from movements as back
            join movements as mistake on mistake.id = back.reverses
        where back.reverses is not null and back.warehouse = %(warehouse)s
    ), of_kind as (
        select kept.item, kept.place,
            sum(summed.opening) as opening, sum(summed.came) as came, sum(summed.went) as went,
            case when summed.kind = %(reversal)s and mistakes.kind = %(transfer)s
                then mistakes.kind else summed.kind end as kind
        from summed join balances as kept on kept.id = summed.balance
            left join mistakes on mistakes.id = summed.reverses
        group by kept.item, kept.place, 6
    ), by_place as (
        select item, place, sum(opening) as opening, array_agg(kind order by kind) as kinds,
            array_agg(came order by kind) as came, array_agg(went order by kind) as went
        from of_kind group by item, place
    )
    select items.id, items.code, items.display_name, items.unit, places.id, places.code, by_place.opening,
        by_place.kinds, by_place.came, by_place.went
    from by_place join items on items.id = by_place.item join places on places.id = by_place.place
    order by items.code, items.id, places.code, places.id
"""
# Of which goods at which places something was booked by then, behind a place of the list.
_KNOWN = """
    select {columns} from balances as kept join places on places.id = kept.place join items on items.id = kept.item
    where places.warehouse = %(warehouse)s and places.kind = any(%(kinds)s) {behind} and exists (
        select from entries as made where made.balance = kept.id and made.movement is not null and made.day <= %(last)s
    )
    group by {columns} order by {columns} limit %(limit)s
"""
_BY_ITEM = "items.code, items.id"
_BY_PLACE = f"{_BY_ITEM}, places.code, places.id"
_OF_ITEMS = "and kept.item = any(%(items)s::uuid[])"
_OF_PLACES = "and (kept.item, kept.place) in (select * from unnest(%(items)s::uuid[], %(places)s::uuid[]))"


def lines(connection: sa.Connection, span: MonthSpan) -> list[MonthLine]:
    """The whole report by item and place."""
    return _asked(connection, _LINES.format(own=""), _bounds(span))


def listed(
    connection: sa.Connection, span: MonthSpan, *, by_item: bool, page: tuple[Sequence[str] | None, int]
) -> list[MonthLine]:
    """The lines of so many items, or items at places, behind one of them; those of an item stand together."""
    after, limit = page
    columns = _BY_ITEM if by_item else _BY_PLACE
    bounds: dict[str, Any] = {**_bounds(span), "limit": limit}
    behind = ""
    if after:
        names = [f"after_{number}" for number in range(len(after))]
        bounds |= dict(zip(names, after, strict=True))
        types = ["text", "uuid"] * (len(after) // 2)
        said = ", ".join(f"%({name})s::{kind}" for name, kind in zip(names, types, strict=True))
        behind = f"and ({columns}) > ({said})"
    known = driver_within_deadline(connection).execute(_KNOWN.format(columns=columns, behind=behind), bounds)
    keys = known.fetchall()
    bounds["items"] = [key[1] for key in keys]
    if not by_item:
        bounds["places"] = [key[3] for key in keys]
    return _asked(connection, _LINES.format(own=_OF_ITEMS if by_item else _OF_PLACES), bounds)


def hand_over(connection: sa.Connection, made: HandOver) -> bool:
    """Puts a hand-over on record; says no where somebody else's came first."""
    row = {
        "warehouse": made.span.warehouse,
        "month": made.span.month,
        "version": made.version,
        "last_day": made.span.last,
        "lines": made.lines,
        "digest": made.digest,
        "remark": made.remark,
        "handed_over_at": made.at,
        "handed_over_by": made.by,
    }
    done = pg.insert(month_hand_overs).values(row).on_conflict_do_nothing().returning(month_hand_overs.c.version)
    return connection.execute(done).first() is not None


def handed_over(connection: sa.Connection, warehouse: UUID, month: date) -> list[HandOver]:
    """The hand-overs of a month, oldest first."""
    columns = month_hand_overs.c
    query = sa.select(month_hand_overs).where(columns.warehouse == warehouse, columns.month == month)
    return [_handed_over(row) for row in connection.execute(query.order_by(columns.version))]


def told_of(connection: sa.Connection, warehouse: UUID, day: date) -> HandOver | None:
    """The last hand-over that tells of a day, if there is one; later months begin with it too."""
    columns = month_hand_overs.c
    query = sa.select(month_hand_overs).where(columns.warehouse == warehouse, columns.last_day >= day)
    row = connection.execute(query.order_by(columns.handed_over_at.desc()).limit(1)).one_or_none()
    return _handed_over(row) if row else None


def _bounds(span: MonthSpan) -> dict[str, Any]:
    return {
        "warehouse": span.warehouse,
        "kinds": WITHIN_THE_DOOR,
        "month": span.month,
        "last": span.last,
        "reversal": int(MovementKind.REVERSAL),
        "transfer": int(MovementKind.TRANSFER),
    }


def _asked(connection: sa.Connection, statement: str, bounds: dict[str, Any]) -> list[MonthLine]:
    rows = driver_within_deadline(connection).execute(statement, bounds)
    return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> MonthLine:
    goods: tuple[UUID, str, str, str, UUID, str, Decimal] = row[:7]
    kinds, came, went = row[7:]
    flows = (Flow(MovementKind(kind), *both) for kind, *both in zip(kinds, came, went, strict=True))
    return MonthLine(*goods, tuple(flow for flow in flows if flow.came or flow.went))


def _handed_over(row: Any) -> HandOver:
    span = MonthSpan(row.warehouse, row.month, row.last_day)
    said = (bytes(row.digest), row.remark, row.handed_over_at, row.handed_over_by)
    return HandOver(span, row.version, row.lines, *said)
