"""Orders within a caller's reach: found whole, listed, written anew (SEC-1, ORD-1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.orders.hold import Finding, Hold
from bylaw_orders.rules.orders.order import Line, LineKind, OrderKind, SourceState
from bylaw_orders.rules.orders.placed import Head, OrderQuery, Placed, Standing
from bylaw_orders.rules.orders.standing import AfterSales, Fulfilment, Payment
from bylaw_orders.rules.orders.timeline import Event, NumberedEvent
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.store.channels import within
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import channels, order_events, order_holds, order_lines, order_versions, orders
from bylaw_orders.store.taking import event_rows, hold_row, kept, line_rows, order_row, place

__all__ = [
    "end_holds",
    "events",
    "find",
    "kept",
    "listed",
    "lock",
    "note",
    "open_holds",
    "pardoned",
    "place",
    "restate",
    "rewrite",
]

_LINES = (
    sa.select(
        sa.func.json_agg(
            pg.aggregate_order_by(
                sa.func.json_build_array(
                    *(order_lines.c[name] for name in ("kind", "code", "title", "item", "unit")),
                    *(
                        sa.cast(order_lines.c[name], sa.Text)
                        for name in ("quantity", "unit_price", "cancelled", "issued", "returned")
                    ),
                    order_lines.c.discount,
                    order_lines.c.amount,
                ),
                order_lines.c.line,
            )
        )
    )
    .where(order_lines.c.of_order == orders.c.id)
    .scalar_subquery()
    .label("lines")
)
_HOLDS = (
    sa.select(
        sa.func.json_agg(
            pg.aggregate_order_by(
                sa.func.json_build_array(
                    *(order_holds.c[name] for name in ("id", "said", "clause", "zh", "en", "line", "opened_at"))
                ),
                order_holds.c.id,
            )
        )
    )
    .where(order_holds.c.of_order == orders.c.id, order_holds.c.ended_at.is_(None), orders.c.holds > 0)
    .scalar_subquery()
    .label("held")
)
_SHOWN = sa.select(orders, _LINES, _HOLDS)
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
    query = _SHOWN.where(own, reached(reach, day)).order_by(orders.c.id)
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
    asked = _SHOWN.where(reached(reach, day)).order_by(own.placed_at.desc(), own.id.desc()).limit(limit)
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


def as_placed(row: Any) -> Placed:
    """A row of `_SHOWN`."""
    amounts = (row.currency, row.shipping, row.discount, row.total, row.paid, row.refunded, row.promotion)
    return Placed(
        row.id,
        row.channel,
        row.number,
        Seen(row.source_at, SourceState(row.source_state), row.digest),
        Head(OrderKind(row.kind), row.placed_at, row.paid_at, *amounts),
        tuple(_line(one) for one in row.lines or ()),
        _standing(row),
        tuple(_hold(row.id, one) for one in row.held or ()),
        row.created_at,
        row.created_by,
    )


def _standing(row: Any) -> Standing:
    return Standing(
        Payment(row.payment),
        Fulfilment(row.fulfilment),
        AfterSales(row.after_sales),
        row.ship_by,
        row.deliver_by,
        row.rounds,
        row.cancelled_at,
        row.revision,
    )


def _line(said: list[Any]) -> Line:
    kind, code, title, item, unit, quantity, price, cancelled, issued, returned, discount, amount = said
    goods = (LineKind(kind), code, title, UUID(item) if item else None, unit)
    became = (Decimal(cancelled), Decimal(issued), Decimal(returned))
    return Line(*goods, Decimal(quantity), Decimal(price), discount, amount, *became)


def _hold(order: UUID, said: list[Any]) -> Hold:
    identifier, check, clause, zh, en, line, opened_at = said
    return Hold(UUID(identifier), order, Finding(check, clause, zh, en, line), datetime.fromisoformat(opened_at))


def _version(replaced: Placed, at: datetime) -> dict[str, Any]:
    lines = [
        {"code": line.code, "quantity": str(line.quantity), "unit_price": str(line.unit_price), "amount": line.amount}
        for line in replaced.lines
    ]
    head = replaced.head
    amounts = {"total": head.total, "paid": head.paid, "refunded": head.refunded, "shipping": head.shipping}
    return {
        "of_order": replaced.identifier,
        "revision": replaced.standing.revision,
        "source_at": replaced.seen.source_at,
        "source_state": int(replaced.seen.source_state),
        "replaced_at": at,
        "content": {"lines": lines, "discount": head.discount, **amounts},
    }


def reached(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the order's channel."""
    if reach.everyone:
        return sa.true()
    return orders.c.channel.in_(sa.select(channels.c.id).where(within(reach, day)))
