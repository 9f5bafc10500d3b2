"""The feed: one sequencer gives positions to what left the outbox, so that no cursor ever skips a later commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.database import Database
from bylaw_chassis.faults import sqlstate
from bylaw_chassis.refusals import FeedRestarted
from bylaw_chassis.tables import feed, feed_state, outbox

SEQUENCER_BATCH = 1_000
FORGOTTEN = "forgotten"
"""The kind of an entry that nobody needs to learn of any more; it holds its position and is not read."""

# A reader waits a moment for another sequencer, so that it sees its own commit; not for one that hangs. The server ends
# a sequencer that hangs with the lock (a stopped process): what it would write on waking fails.
_BOUNDS = "set local lock_timeout = '1s'; set local idle_in_transaction_session_timeout = '10s'"

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


OUTBOX_WAITS = sa.exists().select_from(outbox)
"""Whether anything waits for its place in the feed."""


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
    """Entries behind a cursor, the cursor behind them, and how far the feed was pruned when it was read."""

    entries: Sequence[Entry]
    cursor: str
    incarnation: UUID
    pruned_to: int = 0


def sequence(database: Database) -> int | None:
    """Moves what waits in the outbox into the feed; answers how many entries it placed, None where another hangs at it.

    None means that the feed may lack what was committed before: its reader is not at the end, whatever it reads.
    """
    try:
        with database.engine.begin() as connection:
            waiting = connection.execute(sa.select(OUTBOX_WAITS)).scalar()
            return _place(connection) if waiting else 0
    except sa.exc.OperationalError as error:
        if sqlstate(error.orig) == "55P03":  # lock_not_available
            return None
        raise


def drain(database: Database) -> int:
    """Sequences until nothing waits; answers how many entries it placed."""
    total = 0
    while placed := sequence(database):
        total += placed
    return total


def read_feed(database: Database, after_cursor: str, limit: int) -> Page:
    """Entries behind a cursor (empty: the beginning); refuses FEED_RESTARTED for a foreign or outlived one."""
    with database.read() as connection:
        state = connection.execute(sa.select(feed_state)).one()
        position = _position(after_cursor, state)
        rows = connection.execute(
            sa.select(feed)
            .where(feed.c.position > position, feed.c.kind != FORGOTTEN)
            .order_by(feed.c.position)
            .limit(limit)
        ).all()
    entries = [Entry(row.position, row.kind, row.key, row.payload, row.occurred_at) for row in rows]
    last = entries[-1].position if entries else position
    cursor = cursor_text(state.incarnation, last, state.pruned_to)
    return Page(entries, cursor, state.incarnation, state.pruned_to)


def cursor_text(incarnation: UUID, position: int, pruned_to: int = 0) -> str:
    """A cursor: the feed's incarnation, a position in it, and how far it was pruned when its reader was there."""
    return f"{incarnation.hex}.{position}.{pruned_to}"


def _place(connection: sa.Connection) -> int:
    connection.exec_driver_sql(_BOUNDS)
    last = int(connection.execute(sa.select(feed_state.c.last_position).with_for_update()).scalar_one())
    placed = int(connection.execute(_MOVE, {"batch": SEQUENCER_BATCH, "last": last}).scalar_one())
    connection.execute(feed_state.update().values(last_position=placed))
    return placed - last


def _position(cursor: str, state: sa.Row[tuple[object, ...]]) -> int:
    """Where a cursor is. Behind what was pruned since its reader was there, it would miss entries and is refused."""
    if not cursor:
        return 0
    incarnation, *numbers = cursor.split(".")
    if incarnation != state.incarnation.hex or len(numbers) != 2 or not all(map(_is_number, numbers)):
        raise FeedRestarted
    position, pruned_to = map(int, numbers)
    if position > state.last_position or (position < state.pruned_to and pruned_to != state.pruned_to):
        raise FeedRestarted
    return position


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
