"""Channels, within a caller's reach (SEC-1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.organisation.reach import reached_units
from bylaw_chassis.queries import Query, text_of
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.channels.channel import Channel, ChannelWarehouse, ChannelWish, Shortage
from bylaw_orders.store.goods_tables import known_warehouses
from bylaw_orders.store.tables import channels


def add(connection: sa.Connection, made: Channel) -> bool:
    """Opens a channel; says no where its code or its shop is another's."""
    row = {"id": made.identifier, "created_at": made.created_at, **_row(made)}
    done = pg.insert(channels).values(row).on_conflict_do_nothing().returning(channels.c.id)
    return connection.execute(done).first() is not None


def change(connection: sa.Connection, made: Channel) -> None:
    """Writes what may change of a channel."""
    connection.execute(channels.update().where(channels.c.id == made.identifier).values(**_row(made)))


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False) -> Channel | None:
    """A channel that a unit within reach runs."""
    query = sa.select(channels).where(channels.c.id == identifier, within(reach, day))
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _channel(row) if row else None


def asked(identifier: UUID, reach: Reach, day: date) -> Query[Channel | None]:
    """The same, to be asked together with others."""
    text, said = _asked_within(reach, day)
    return Query(Said(text, {**said, "channel": identifier}), _only)


def listed(
    connection: sa.Connection, reach: Reach, day: date, *, page: tuple[tuple[str, UUID] | None, int]
) -> list[Channel]:
    """The channels within reach by code, behind a place."""
    after, limit = page
    order = sa.func.lower(channels.c.code), channels.c.id
    query = sa.select(channels).where(within(reach, day)).order_by(*order).limit(limit)
    if after:
        query = query.where(sa.tuple_(*order) > sa.tuple_(sa.func.lower(sa.literal(after[0])), sa.literal(after[1])))
    return [_channel(row) for row in connection.execute(query)]


def warehouses(
    connection: sa.Connection, reach: Reach, day: date, *, page: tuple[tuple[str, UUID] | None, int]
) -> list[ChannelWarehouse]:
    """What the channels within reach are shipped from, and what units within reach keep, by code, behind a place."""
    after, limit = page
    own, known = channels.c, known_warehouses.c
    shipped = sa.select(sa.func.array_agg(pg.aggregate_order_by(own.id, own.id)))
    ships = shipped.where(own.warehouse == known.warehouse, within(reach, day)).scalar_subquery()
    kept = sa.true() if reach.everyone else known.unit.in_(reached_units(reach, day))
    order = sa.func.lower(known.code), known.warehouse
    query = sa.select(known.warehouse, known.code, ships.label("ships")).where(sa.or_(kept, ships.is_not(None)))
    if after:
        query = query.where(sa.tuple_(*order) > sa.tuple_(sa.func.lower(sa.literal(after[0])), sa.literal(after[1])))
    found = connection.execute(query.order_by(*order).limit(limit))
    return [ChannelWarehouse(row.warehouse, row.code, tuple(row.ships or ())) for row in found]


def within(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the channel."""
    return sa.true() if reach.everyone else channels.c.unit.in_(reached_units(reach, day))


@lru_cache(1_000)
def _asked_within(reach: Reach, day: date) -> tuple[str, Mapping[str, object]]:
    own = channels.c.id == sa.bindparam("channel")
    return text_of(sa.select(channels).where(own, within(reach, day)), channel=None)


def _only(rows: Sequence[Row]) -> Channel | None:
    return _channel(rows[0]) if rows else None


def _row(made: Channel) -> dict[str, Any]:
    wish = made.wish
    return {
        "code": wish.code,
        "title_zh": wish.title[0],
        "title_en": wish.title[1],
        "platform": wish.platform,
        "shop": wish.shop,
        "unit": wish.unit,
        "currency": wish.currency,
        "warehouse": wish.warehouse,
        "sales_channel": wish.sales_channel,
        "shortage": int(wish.shortage),
        "ship_hours": wish.ship_hours,
        "deliver_hours": wish.deliver_hours,
        "history": wish.history,
        "revision": made.revision,
    }


def _channel(row: Sequence[Any]) -> Channel:
    of = dict(zip(channels.c.keys(), row, strict=True))
    wish = ChannelWish(
        of["code"],
        (of["title_zh"], of["title_en"]),
        of["platform"],
        of["shop"],
        of["unit"],
        of["currency"],
        of["warehouse"],
        of["sales_channel"],
        Shortage(of["shortage"]),
        of["ship_hours"],
        of["deliver_hours"],
        of["history"],
    )
    return Channel(of["id"], wish, of["created_at"], of["revision"])
