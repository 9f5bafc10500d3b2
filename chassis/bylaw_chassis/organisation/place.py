"""Where this service is in a neighbour's feed, which kinds of events it has taken, and how old what it knows is."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import cursors

PEOPLE = "people"
"""Whose feed every service follows."""


class Place(NamedTuple):
    """A cursor (empty: the beginning), the kinds taken up to it, and when the feed was last read to its end."""

    cursor: str = ""
    kinds: frozenset[str] = frozenset()
    read_at: datetime | None = None

    def age(self, now: datetime) -> timedelta | None:
        """How old what is known is; nothing where the feed was never read to its end."""
        return max(timedelta(), now - self.read_at) if self.read_at else None


def read_place(connection: sa.Connection, feed: str = PEOPLE) -> Place:
    """Where this service is in somebody's feed."""
    columns = cursors.c
    row = connection.execute(
        sa.select(columns.cursor, columns.kinds, columns.read_at).where(columns.feed == feed)
    ).one_or_none()
    return Place(row.cursor, frozenset(row.kinds), row.read_at) if row else Place()


def read_at(connection: sa.Connection) -> datetime | None:
    """When people's feed was last read to its end."""
    return read_place(connection).read_at


def move(
    connection: sa.Connection,
    seen: Place,
    cursor: str,
    *,
    kinds: Collection[str],
    ended_at: datetime | None,
    feed: str = PEOPLE,
) -> bool:
    """Moves the cursor on from where it was seen; false where another worker has moved it since.

    `ended_at` is when the neighbour was asked for what turned out to be the end; nothing where there may be more.
    """
    start = pg.insert(cursors).values(feed=feed, cursor="", read_at=ended_at or sa.func.now(), kinds=[])
    connection.execute(start.on_conflict_do_nothing())
    newest = sa.func.greatest(cursors.c.read_at, ended_at) if ended_at else cursors.c.read_at
    mine = cursors.update().where(cursors.c.feed == feed, cursors.c.cursor == seen.cursor)
    return connection.execute(mine.values(cursor=cursor, read_at=newest, kinds=sorted(kinds))).rowcount == 1
