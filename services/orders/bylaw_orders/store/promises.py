"""How promises of orders stand, and which of them time or an event may have changed (ORD-3)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.parcels import ListedPromise, PromiseQuery
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tracking.promises import (
    DELIVER_WARNING,
    SHIP_WARNING,
    KeptPromise,
    ParcelNews,
    Promised,
    PromiseFacts,
    Standing,
    Why,
)
from bylaw_orders.rules.tracking.states import State
from bylaw_orders.store.order_rows import reached
from bylaw_orders.store.parcel_tables import order_promises, parcels
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import orders

_DUE = """
    select id from (
        (select id from orders where fulfilment < 6 and ship_by <= %(ship)s
            and not exists (select from order_promises where of_order = id) limit %(most)s)
        union
        (select id from orders where fulfilment < 8 and deliver_by <= %(deliver)s
            and not exists (select from order_promises where of_order = id) limit %(most)s)
        union
        (select of_order from order_promises where check_at <= %(now)s order by check_at limit %(most)s)
        union
        (select of_order from order_promises as kept join orders on id = of_order
            where promised > 1 and kept.fulfilment <> orders.fulfilment limit %(most)s)
    ) as due order by id limit %(most)s
"""
DUE: sa.ColumnElement[bool] = sa.literal_column(
    "exists (select from order_promises where check_at <= now())"
    " or exists (select from orders where fulfilment < 6 and ship_by <= now() + interval '12 hours'"
    " and not exists (select from order_promises where of_order = id))"
    " or exists (select from orders where fulfilment < 8 and deliver_by <= now() + interval '24 hours'"
    " and not exists (select from order_promises where of_order = id))"
    " or exists (select from order_promises as kept join orders on id = of_order"
    " where promised > 1 and kept.fulfilment <> orders.fulfilment)"
)
"""Whether any promise may stand otherwise than it was last written."""
_WRITE = (
    "insert into order_promises select * from json_populate_recordset(null::order_promises, %s::json)"
    " on conflict (of_order) do update set promised = excluded.promised, why = excluded.why,"
    " trouble = excluded.trouble, since = excluded.since, fulfilment = excluded.fulfilment,"
    " check_at = excluded.check_at"
)


def due(connection: sa.Connection, now: datetime, most: int) -> list[UUID]:
    """Orders whose promise may stand otherwise than it was last written."""
    told = {"now": now, "ship": now + SHIP_WARNING, "deliver": now + DELIVER_WARNING, "most": most}
    return [row[0] for row in driver_within_deadline(connection).execute(_DUE, told).fetchall()]


def facts(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, PromiseFacts]:
    """What is promised of orders and how far they are, in two statements."""
    news: dict[UUID, list[ParcelNews]] = {}
    for row in connection.execute(
        sa.select(parcels.c.of_order, parcels.c.state, parcels.c.last_at, parcels.c.handed_over_at).where(
            _any(parcels.c.of_order, wanted)
        )
    ):
        heard_at = max(row.handed_over_at, row.last_at or row.handed_over_at)
        news.setdefault(row.of_order, []).append(ParcelNews(State(row.state), heard_at))
    query = sa.select(orders.c.id, orders.c.fulfilment, orders.c.ship_by, orders.c.deliver_by).where(
        _any(orders.c.id, wanted)
    )
    return {
        row.id: PromiseFacts(Fulfilment(row.fulfilment), row.ship_by, row.deliver_by, tuple(news.get(row.id, ())))
        for row in connection.execute(query)
    }


def standings(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, KeptPromise]:
    """How they stood when they were last looked at."""
    query = sa.select(order_promises).where(_any(order_promises.c.of_order, wanted))
    return {row.of_order: _kept(row) for row in connection.execute(query)}


def write(connection: sa.Connection, made: Collection[KeptPromise]) -> None:
    """Writes how they stand."""
    rows = [
        {
            "of_order": one.order,
            "promised": int(one.standing.promised),
            "why": int(one.standing.why),
            "trouble": one.standing.trouble and int(one.standing.trouble),
            "since": one.since,
            "fulfilment": one.fulfilment,
            "check_at": one.check_at,
        }
        for one in sorted(made, key=lambda one: one.order)
    ]
    if rows:
        driver_within_deadline(connection).execute(_WRITE, (rows_json(rows),))


def listed(connection: sa.Connection, query: PromiseQuery, reach: Reach, day: date) -> list[ListedPromise]:
    """Those of orders within reach, those that have stood so longest first."""
    after, limit = query.page
    own, told = order_promises.c, orders.c
    place = own.since, own.of_order
    asked = (
        sa.select(order_promises, told.number, told.channel, told.ship_by, told.deliver_by)
        .join(orders, told.id == own.of_order)
        .where(own.promised > int(Promised.ON_TIME), reached(reach, day))
        .order_by(*place)
        .limit(limit)
    )
    if query.promised:
        asked = asked.where(own.promised == int(query.promised))
    if query.channel:
        asked = asked.where(told.channel == query.channel)
    if after:
        asked = asked.where(sa.tuple_(*place) > sa.tuple_(*map(sa.literal, after)))
    return [
        ListedPromise(_kept(row), row.number, row.channel, row.ship_by, row.deliver_by)
        for row in connection.execute(asked)
    ]


def _kept(row: Any) -> KeptPromise:
    trouble = State(row.trouble) if row.trouble else None
    return KeptPromise(
        row.of_order, Standing(Promised(row.promised), Why(row.why), trouble), row.since, row.fulfilment, row.check_at
    )


def _any(column: sa.Column[Any], wanted: Collection[UUID]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.bindparam("wanted", [*wanted], pg.ARRAY(sa.Uuid)))
