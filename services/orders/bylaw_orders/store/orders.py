"""Orders within a caller's reach: found whole, listed, written anew (SEC-1, ORD-1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.placed import OrderQuery, Placed, Standing
from bylaw_orders.rules.orders.timeline import Event, NumberedEvent
from bylaw_orders.store.order_rows import SHOWN, as_placed, asked, reached
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import order_events, order_holds, order_versions, orders
from bylaw_orders.store.taking import asked_kept, event_rows, hold_row, line_rows, order_row, place
from bylaw_orders.store.together import beside, together

__all__ = [
    "asked",
    "asked_kept",
    "beside",
    "end_holds",
    "events",
    "find",
    "listed",
    "lock",
    "note",
    "open_holds",
    "pardoned",
    "place",
    "restate",
    "rewrite",
    "together",
]

_NOTE = """
    insert into order_events
    select new.of_order, coalesce(last.number, 0) + row_number() over (partition by new.of_order order by new.number),
        new.at, new.kind, new.actor, new.reason, new.data
    from json_populate_recordset(null::order_events, %s::json) as new left join lateral (
        select number from order_events where of_order = new.of_order order by number desc limit 1
    ) as last on true
"""
_ANEW = (
    "update orders as kept set {} from json_populate_recordset(null::orders, %s::json) as new where kept.id = new.id"
)
_CHANGED = [
    column.name for column in orders.c if column.name not in {"id", "channel", "number", "created_at", "created_by"}
]


def lock(connection: sa.Connection, wanted: Collection[UUID]) -> None:
    """Locks orders in the order of their ids."""
    own = orders.c.id == sa.any_(sa.bindparam("wanted", [*wanted], pg.ARRAY(sa.Uuid)))
    connection.execute(sa.select(orders.c.id).where(own).order_by(orders.c.id).with_for_update(key_share=True))


lock_orders = lock


def find(
    connection: sa.Connection, wanted: Collection[UUID], reach: Reach, day: date, *, lock: bool = False
) -> dict[UUID, Placed]:
    """Orders within reach, whole; locked first, in the order of their ids, and read then."""
    own = orders.c.id == sa.any_(sa.bindparam("wanted", [*wanted], pg.ARRAY(sa.Uuid)))
    if lock:
        lock_orders(connection, wanted)
    query = SHOWN.where(own, reached(reach, day)).order_by(orders.c.id)
    return {row.id: as_placed(row) for row in connection.execute(query)}


def listed(
    connection: sa.Connection,
    query: OrderQuery,
    reach: Reach,
    day: date,
    *,
    page: tuple[tuple[datetime, UUID] | None, int],
) -> list[Placed]:
    """The orders within reach, the newest placed first, behind a place."""
    after, limit = page
    own = orders.c
    asked = SHOWN.where(reached(reach, day)).order_by(own.placed_at.desc(), own.id.desc()).limit(limit)
    conditions = {
        own.channel: query.channel,
        own.fulfilment: query.fulfilment and int(query.fulfilment),
        own.payment: query.payment and int(query.payment),
        own.number: query.number or None,
    }
    asked = asked.where(*(column == value for column, value in conditions.items() if value is not None))
    if query.held:
        asked = asked.where(own.holds > 0)
    if query.start:
        asked = asked.where(own.placed_at >= query.start)
    if query.end:
        asked = asked.where(own.placed_at < query.end)
    if after:
        asked = asked.where(sa.tuple_(own.placed_at, own.id) < sa.tuple_(*map(sa.literal, after)))
    return [as_placed(row) for row in connection.execute(asked)]


def rewrite(connection: sa.Connection, made: Placed, *, replaced: Placed | None, at: datetime) -> None:
    """Writes an order and its lines anew; what a newer version replaced stays on record."""
    if replaced:
        connection.execute(order_versions.insert().values(_version(replaced, at)))
    assigned = ", ".join(f"{name} = new.{name}" for name in _CHANGED)
    driver = driver_within_deadline(connection)
    driver.execute(_ANEW.format(assigned), (rows_json([order_row(made)]),))
    driver.execute("delete from order_lines where of_order = %s and line > %s", (made.identifier, len(made.lines)))
    driver.execute(
        "insert into order_lines select * from json_populate_recordset(null::order_lines, %s::json)"
        " on conflict (of_order, line) do update set kind = excluded.kind, code = excluded.code,"
        " title = excluded.title, item = excluded.item, unit = excluded.unit, quantity = excluded.quantity,"
        " unit_price = excluded.unit_price,"
        " discount = excluded.discount, amount = excluded.amount, cancelled = excluded.cancelled,"
        " issued = excluded.issued, returned = excluded.returned",
        (rows_json(line_rows(made.identifier, made.lines)),),
    )


def restate(connection: sa.Connection, stated: Mapping[UUID, Standing]) -> None:
    """Writes how far orders are; each is a change."""
    rows = rows_json(
        {
            "id": order,
            "payment": int(one.payment),
            "fulfilment": int(one.fulfilment),
            "after_sales": int(one.after_sales),
        }
        for order, one in stated.items()
    )
    driver_within_deadline(connection).execute(
        "update orders as kept set payment = new.payment, fulfilment = new.fulfilment, after_sales = new.after_sales,"
        " revision = kept.revision + 1"
        " from json_populate_recordset(null::orders, %s::json) as new where kept.id = new.id",
        (rows,),
    )


def note(connection: sa.Connection, noted: Sequence[Event]) -> None:
    """Adds to the timeline of orders that are locked; each has its own numbers, which tell nothing of others."""
    if noted:
        driver_within_deadline(connection).execute(_NOTE, (rows_json(event_rows(noted)),))


def events(connection: sa.Connection, order: UUID, *, page: tuple[int | None, int]) -> list[NumberedEvent]:
    """The timeline, oldest first, behind a place."""
    after, limit = page
    query = sa.select(order_events).where(order_events.c.of_order == order).order_by(order_events.c.number).limit(limit)
    if after is not None:
        query = query.where(order_events.c.number > after)
    return [
        NumberedEvent(row.number, Event(row.of_order, row.at, row.kind, row.actor, row.reason, tuple(row.data.items())))
        for row in connection.execute(query)
    ]


def open_holds(connection: sa.Connection, holds: Sequence[Hold]) -> None:
    """Opens holds; one that is open stays as it is. The order's count is the caller's."""
    if holds:
        driver_within_deadline(connection).execute(
            "insert into order_holds select * from json_populate_recordset(null::order_holds, %s::json)"
            " on conflict (of_order, said, line) where ended_at is null do nothing",
            (rows_json(map(hold_row, holds)),),
        )


def pardoned(connection: sa.Connection, order: UUID) -> frozenset[tuple[str, int]]:
    """From which checks of which lines a person released it."""
    own = order_holds.c.of_order == order, order_holds.c.end_reason != ""
    return frozenset((row.said, row.line) for row in connection.execute(sa.select(order_holds).where(*own)))


def end_holds(connection: sa.Connection, holds: Collection[UUID], *, at: datetime, by: str, why: str) -> None:
    """Ends holds that are open. The order's count is the caller's."""
    ended = order_holds.update().where(order_holds.c.id.in_(list(holds)), order_holds.c.ended_at.is_(None))
    connection.execute(ended.values(ended_at=at, ended_by=by, end_reason=why))


def _version(replaced: Placed, at: datetime) -> dict[str, Any]:
    lines = [
        {"code": line.code, "quantity": str(line.quantity), "unit_price": str(line.unit_price), "amount": line.amount}
        for line in replaced.lines
    ]
    head = replaced.head
    carried = {"courier": head.courier, "waybill": head.waybill} if head.waybill or head.courier else {}
    amounts = {"total": head.total, "paid": head.paid, "refunded": head.refunded, "shipping": head.shipping}
    return {
        "of_order": replaced.identifier,
        "revision": replaced.standing.revision,
        "source_at": replaced.seen.source_at,
        "source_state": int(replaced.seen.source_state),
        "replaced_at": at,
        "content": {"lines": lines, "discount": head.discount, **amounts, **carried},
    }
