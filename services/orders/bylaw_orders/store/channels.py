"""Channels, within a caller's reach (SEC-1)."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.channels.channel import Channel, ChannelWish, Shortage
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


def within(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the channel."""
    return sa.true() if reach.everyone else channels.c.unit.in_(reached_units(reach, day))


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


def _channel(row: Any) -> Channel:
    wish = ChannelWish(
        row.code,
        (row.title_zh, row.title_en),
        row.platform,
        row.shop,
        row.unit,
        row.currency,
        row.warehouse,
        row.sales_channel,
        Shortage(row.shortage),
        row.ship_hours,
        row.deliver_hours,
        row.history,
    )
    return Channel(row.id, wish, row.created_at, row.revision)
