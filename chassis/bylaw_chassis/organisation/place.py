"""Where this service is in people's feed, which kinds of events it has taken from it, and how old what it knows is."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import cursors

FEED = "people"


class Place(NamedTuple):
    """A cursor (empty: the beginning), the kinds taken up to it, and when the feed was last read to its end."""

    cursor: str = ""
    kinds: frozenset[str] = frozenset()
    read_at: datetime | None = None

    def age(self, now: datetime) -> timedelta | None:
        """How old what is known is; nothing where the feed was never read to its end."""
        return max(timedelta(), now - self.read_at) if self.read_at else None


def read_place(connection: sa.Connection) -> Place:
    """Where this service is."""
    columns = cursors.c
    row = connection.execute(
        sa.select(columns.cursor, columns.kinds, columns.read_at).where(columns.feed == FEED)
    ).one_or_none()
    return Place(row.cursor, frozenset(row.kinds), row.read_at) if row else Place()


def read_at(connection: sa.Connection) -> datetime | None:
    """When the feed was last read to its end."""
    return read_place(connection).read_at


def move(
    connection: sa.Connection, seen: Place, cursor: str, *, kinds: Collection[str], ended_at: datetime | None
) -> bool:
    """Moves the cursor on from where it was seen; false where another worker has moved it since.

    `ended_at` is when people was asked for what turned out to be the end; nothing where there may be more.
    """
    start = pg.insert(cursors).values(feed=FEED, cursor="", read_at=ended_at or sa.func.now(), kinds=[])
    connection.execute(start.on_conflict_do_nothing())
    newest = sa.func.greatest(cursors.c.read_at, ended_at) if ended_at else cursors.c.read_at
    mine = cursors.update().where(cursors.c.feed == FEED, cursors.c.cursor == seen.cursor)
    return connection.execute(mine.values(cursor=cursor, read_at=newest, kinds=sorted(kinds))).rowcount == 1
