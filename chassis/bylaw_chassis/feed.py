"""The feed: one sequencer gives positions to what left the outbox, so that no cursor ever skips a later commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FeedRestarted
from bylaw_chassis.tables import feed, feed_state, outbox

SEQUENCER_BATCH = 1_000

# The state row's lock makes one sequencer at a time; the next statement sees every commit before it. A transaction that
# commits later gets a later position, however early it took its outbox id.
_MOVE = sa.text("""
    with moved as (
        delete from outbox where id in (select id from outbox order by id limit :batch) returning *
    ),
    placed as (
        insert into feed (position, id, kind, key, payload, occurred_at)
        select :last + row_number() over (order by id), id, kind, key, payload, occurred_at from moved
        returning position
    )
    select coalesce(max(position), :last) from placed
""")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its place in the feed."""

    position: int
    kind: str
    key: str
    payload: bytes
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Entries behind a cursor, and the cursor behind them."""

    entries: Sequence[Entry]
    cursor: str
    incarnation: UUID


def sequence(database: Database) -> int:
    """Moves what waits in the outbox into the feed; answers how many entries it placed."""
    with database.engine.begin() as connection:
        if not connection.execute(sa.select(sa.exists().select_from(outbox))).scalar():
            return 0
        last = connection.execute(sa.select(feed_state.c.last_position).with_for_update()).scalar_one()
        placed = int(connection.execute(_MOVE, {"batch": SEQUENCER_BATCH, "last": last}).scalar_one())
        connection.execute(feed_state.update().values(last_position=placed))
    return placed - int(last)


def read_feed(database: Database, after_cursor: str, limit: int) -> Page:
    """Entries behind a cursor (empty: the beginning); refuses FEED_RESTARTED for a foreign or outlived one."""
    with database.read() as connection:
        state = connection.execute(sa.select(feed_state)).one()
        position = _position(after_cursor, state.incarnation)
        rows = connection.execute(
            sa.select(feed).where(feed.c.position > position).order_by(feed.c.position).limit(limit)
        ).all()
        _require_kept(position, rows[0].position if rows else state.last_position + 1)
    entries = [Entry(row.position, row.kind, row.key, row.payload, row.occurred_at) for row in rows]
    last = entries[-1].position if entries else position
    return Page(entries, cursor_text(state.incarnation, last), state.incarnation)


def cursor_text(incarnation: UUID, position: int) -> str:
    """A cursor: the feed's incarnation and a position in it."""
    return f"{incarnation.hex}.{position}"


def _position(cursor: str, incarnation: UUID) -> int:
    if not cursor:
        return 0
    of, _, position = cursor.partition(".")
    if of != incarnation.hex or not position.isdecimal() or len(position) > 18:
        raise FeedRestarted
    return int(position)


def _require_kept(position: int, next_position: int) -> None:
    """Positions have no gaps, so a hole behind a cursor means that entries were pruned before they were read."""
    if position and next_position > position + 1:
        raise FeedRestarted
