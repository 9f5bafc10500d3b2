"""Items listed on channels (GDS-1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.listing.listing import Listing, ListingsWish
from bylaw_inventory.store.goods_tables import listings

_OPEN = listings.c.ended_at.is_(None)


def on_channel(connection: sa.Connection, channel: str, wanted: Collection[UUID]) -> dict[UUID, Listing]:
    """Which of these items are listed there now, by item."""
    query = sa.select(listings).where(_OPEN, listings.c.channel == channel, listings.c.item.in_(list(wanted)))
    return {row.item: _listing(row) for row in connection.execute(query)}


def add(connection: sa.Connection, made: Sequence[Listing]) -> None:
    """Lists them."""
    rows = [
        {
            "id": one.identifier,
            "item": one.item,
            "channel": one.channel,
            "listed_at": one.listed_at,
            "listed_by": one.listed_by,
            "ended_by": "",
            "end_reason": "",
        }
        for one in made
    ]
    connection.execute(listings.insert(), rows)


def end(connection: sa.Connection, wanted: Collection[UUID], *, now: datetime, by: str, reason: str) -> list[Listing]:
    """Ends listings that are open, by their ids; answers those that were."""
    among = sa.cast(list(wanted), pg.ARRAY(pg.UUID(as_uuid=True)))
    ended = listings.update().where(listings.c.id == sa.any_(among), _OPEN)
    done = ended.values(ended_at=now, ended_by=by, end_reason=reason).returning(listings)
    return [_listing(row) for row in connection.execute(done)]


def listed(connection: sa.Connection, wish: ListingsWish, *, page: tuple[UUID | None, int]) -> list[Listing]:
    """Listings, newest first, behind one."""
    after, limit = page
    query = sa.select(listings).order_by(listings.c.id.desc()).limit(limit)
    if not wish.ended:
        query = query.where(_OPEN)
    if wish.channel:
        query = query.where(listings.c.channel == wish.channel)
    if wish.item:
        query = query.where(listings.c.item == wish.item)
    if after:
        query = query.where(listings.c.id < after)
    return [_listing(row) for row in connection.execute(query)]


def _listing(row: Any) -> Listing:
    said = (row.id, row.item, row.channel, row.listed_at, row.listed_by, row.ended_at, row.ended_by, row.end_reason)
    return Listing(*said)
