"""Whose punches came late: noted by the database as they come, looked at once, and forgotten (SHT-3)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.closing import LateBatch
from bylaw_attendance.store.closing_tables import closed_sheets
from bylaw_attendance.store.tables import metadata

late_punches = sa.Table(
    "late_punches",
    metadata,
    sa.Column("place", sa.BigInteger, primary_key=True),
    sa.Column("person", pg.UUID(as_uuid=True)),
    sa.Column("month", sa.Date),
)
"""A row is added by the trigger on punches for whoever has one that is more than a day old when it comes.

It is never changed and seen by nobody before its punch is: nothing is skipped, whoever commits first.
"""


def settled(connection: sa.Connection, place: int, limit: int) -> LateBatch:
    """The next ones behind a place; those whose month is open are forgotten: its closing sees the punch.

    Only while nobody closes a month: see `closed_months.keep_open`.
    """
    is_closed = sa.exists().where(
        closed_sheets.c.person == late_punches.c.person,
        closed_sheets.c.month == late_punches.c.month,
        closed_sheets.c.version == 1,
    )
    query = sa.select(late_punches, is_closed.label("closed")).where(late_punches.c.place > place)
    rows = connection.execute(query.order_by(late_punches.c.place).limit(limit)).all()
    closed: dict[tuple[UUID, date], list[int]] = defaultdict(list)
    for row in rows:
        if row.closed:
            closed[row.person, row.month].append(row.place)
    forget(connection, [row.place for row in rows if not row.closed])
    return LateBatch(closed, rows[-1].place if rows else None)


def forget(connection: sa.Connection, places: Collection[int]) -> None:
    """Those that were looked at."""
    if places:
        connection.execute(late_punches.delete().where(late_punches.c.place == sa.any_(_numbers(places))))


def _numbers(places: Collection[int]) -> sa.BindParameter[list[int]]:
    return sa.literal(list(places), pg.ARRAY(sa.BigInteger))
