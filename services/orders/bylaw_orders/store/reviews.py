"""Product reviews within a caller's reach: taken in once, answered once, counted (CUS-3)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.reviews.review import FigureQuery, Review, ReviewFigure, ReviewQuery, ReviewWish
from bylaw_orders.store.channels import within
from bylaw_orders.store.review_tables import reviews
from bylaw_orders.store.tables import channels

COLUMNS = reviews.c
MOST_ROWS = 1_000
"""So many are written by one statement."""
Place = tuple[datetime, UUID]


def add(connection: sa.Connection, made: Sequence[Review]) -> set[UUID]:
    """Puts reviews on record, in the order of their ids; answers which were new."""
    rows = [
        {
            "id": one.identifier,
            "channel": one.channel,
            **one.wish._asdict(),
            "due_at": one.due_at,
            "created_at": one.created_at,
            "answer": "",
            "answered_by": "",
        }
        for one in sorted(made, key=lambda one: one.identifier)
    ]
    new = set[UUID]()
    for first in range(0, len(rows), MOST_ROWS):
        done = pg.insert(reviews).values(rows[first : first + MOST_ROWS]).on_conflict_do_nothing()
        new |= set(connection.execute(done.returning(COLUMNS.id)).scalars())
    return new


def known(connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]:
    """Which of these are on record."""
    query = sa.select(COLUMNS.id).where(COLUMNS.id == sa.any_(uuids(wanted)))
    return set(connection.execute(query).scalars()) if wanted else set()


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False) -> Review | None:
    """A review within reach."""
    query = sa.select(reviews).where(COLUMNS.id == identifier, _reached(reach, day))
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _review(row) if row else None


def answer(connection: sa.Connection, made: Review) -> None:
    """Writes what it was answered with; the caller holds its lock."""
    values = {"answer": made.answer, "answered_at": made.answered_at, "answered_by": made.answered_by}
    connection.execute(reviews.update().where(COLUMNS.id == made.identifier).values(**values))


def listed(
    connection: sa.Connection, query: ReviewQuery, reach: Reach, day: date, *, page: tuple[Place | None, int]
) -> list[Review]:
    """Reviews within reach, the newest first, behind a place."""
    after, limit = page
    order = COLUMNS.placed_at.desc(), COLUMNS.id.desc()
    asked = sa.select(reviews).where(_reached(reach, day)).order_by(*order).limit(limit)
    if query.channel:
        asked = asked.where(COLUMNS.channel == query.channel)
    if query.code:
        asked = asked.where(COLUMNS.code == query.code)
    if query.unanswered:
        asked = asked.where(COLUMNS.answered_at.is_(None))
    if query.overdue_at:
        asked = asked.where(COLUMNS.answered_at.is_(None), COLUMNS.due_at < query.overdue_at)
    if after:
        asked = asked.where(sa.tuple_(COLUMNS.placed_at, COLUMNS.id) < sa.tuple_(*map(sa.literal, after)))
    return [_review(row) for row in connection.execute(asked)]


def figures(
    connection: sa.Connection, query: FigureQuery, reach: Reach, day: date, *, page: tuple[str, int]
) -> list[ReviewFigure]:
    """Reviews within reach counted by code, in its order, behind one."""
    after, limit = page
    in_time = COLUMNS.answered_at <= COLUMNS.due_at
    late = sa.or_(
        COLUMNS.answered_at > COLUMNS.due_at, sa.and_(COLUMNS.answered_at.is_(None), COLUMNS.due_at < query.now)
    )
    code = sa.collate(COLUMNS.code, "C")
    asked = (
        sa.select(
            COLUMNS.code,
            sa.func.count(),
            sa.func.sum(COLUMNS.stars),
            sa.func.count(COLUMNS.answered_at),
            sa.func.count().filter(in_time),
            sa.func.count().filter(late),
        )
        .where(_reached(reach, day))
        .group_by(COLUMNS.code)
        .order_by(code)
        .limit(limit)
    )
    if query.channel:
        asked = asked.where(COLUMNS.channel == query.channel)
    if query.start:
        asked = asked.where(COLUMNS.placed_at >= query.start)
    if query.end:
        asked = asked.where(COLUMNS.placed_at < query.end)
    if after:
        asked = asked.where(code > after)
    return [ReviewFigure(*row) for row in connection.execute(asked)]


def overdue(connection: sa.Connection, now: datetime) -> dict[UUID, int]:
    """Of each channel how many unanswered reviews are late and nobody was told; they count as told from now on."""
    late = COLUMNS.answered_at.is_(None), COLUMNS.due_at < now, COLUMNS.told_at.is_(None)
    done = reviews.update().where(*late).values(told_at=now).returning(COLUMNS.channel)
    found = dict[UUID, int]()
    for channel in connection.execute(done).scalars():
        found[channel] = found.get(channel, 0) + 1
    return found


def _review(row: Any) -> Review:
    wish = ReviewWish(row.number, row.code, row.stars, row.text, row.placed_at)
    answered = (row.answer, row.answered_at, row.answered_by)
    return Review(row.id, row.channel, wish, row.due_at, row.created_at, *answered)


def _reached(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the review's channel."""
    return sa.true() if reach.everyone else COLUMNS.channel.in_(sa.select(channels.c.id).where(within(reach, day)))
