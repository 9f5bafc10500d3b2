"""Closed sheets in all their versions; nothing of them ever changes, a correction is one version more (SHT-3)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units, subtree
from bylaw_chassis.organisation.tables import people
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing import ClosedSheet, ShownVersion, VersionCause
from bylaw_attendance.store.closing_tables import closed_sheets
from bylaw_attendance.store.tables import punches

COLUMNS = closed_sheets.c
MARGIN = timedelta(hours=1)
"""A punch is stamped when it is received and seen when it is committed: it may have been on its way at the closing."""
_BEFORE = closed_sheets.alias("before")
_SHOWN = (
    sa.select(closed_sheets)
    .add_columns(people.c.number, people.c.display_name, _BEFORE.c.totals.label("before"))
    .outerjoin(people, people.c.person == COLUMNS.person)
    .outerjoin(
        _BEFORE,
        (_BEFORE.c.person == COLUMNS.person)
        & (_BEFORE.c.month == COLUMNS.month)
        & (_BEFORE.c.version == COLUMNS.version - 1),
    )
)
Place = tuple[str, UUID, date, int]
"""Where an adjustment stands in a list: employee number, person, month, version."""


def add(connection: sa.Connection, made: Sequence[ClosedSheet]) -> int:
    """Keeps versions, in the order of their people; one that is there already is left out."""
    statement = pg.insert(closed_sheets).on_conflict_do_nothing().returning(COLUMNS.person)
    rows = ({**one._asdict(), "cause": one.cause.value} for one in sorted(made, key=lambda one: one.person))
    return sum(len(connection.execute(statement, row).all()) for row in rows)


def newest(connection: sa.Connection, person: UUID, month: date) -> ClosedSheet | None:
    """The newest version of a person's closed month with all that it was judged from."""
    query = sa.select(closed_sheets).where(COLUMNS.person == person, COLUMNS.month == month)
    row = connection.execute(query.order_by(COLUMNS.version.desc()).limit(1)).one_or_none()
    return _whole(row) if row else None


def sample(connection: sa.Connection, count: int) -> list[ClosedSheet]:
    """Some versions by their digest, which is as good as by lot."""
    query = sa.select(closed_sheets).order_by(COLUMNS.digest, COLUMNS.version).limit(count)
    return [_whole(row) for row in connection.execute(query)]


def last_closed(connection: sa.Connection, person: UUID) -> date | None:
    """The last month that is closed for somebody."""
    return connection.execute(sa.select(sa.func.max(COLUMNS.month)).where(COLUMNS.person == person)).scalar()


def versions(connection: sa.Connection, person: UUID, month: date) -> list[ShownVersion]:
    """All versions of a sheet, the first one first."""
    query = _SHOWN.where(COLUMNS.person == person, COLUMNS.month == month)
    return [_shown(row) for row in connection.execute(query.order_by(COLUMNS.version))]


def adjustments(
    connection: sa.Connection, month: date, reach: Reach, *, unit: UUID, day: date, page: tuple[Place | None, int]
) -> list[ShownVersion]:
    """What counts in a month, of units within reach on a day, below one of them; by number, behind a place."""
    after, limit = page
    place = (people.c.number, COLUMNS.person, COLUMNS.month, COLUMNS.version)
    query = _SHOWN.where(
        COLUMNS.counted_in == month,
        COLUMNS.version > 1,
        COLUMNS.unit.in_(subtree({unit}, day)),
        COLUMNS.unit.in_(reached_units(reach, day)),
    )
    if after:
        query = query.where(sa.tuple_(*place) > sa.tuple_(*map(sa.literal, after)))
    return [_shown(row) for row in connection.execute(query.order_by(*place).limit(limit))]


def late(connection: sa.Connection, received_since: datetime) -> list[tuple[UUID, date]]:
    """Closed months near which a punch was received, since an instant, after their newest version was made, or so."""
    newest_at = (
        sa.select(sa.func.max(_BEFORE.c.made_at))
        .where(_BEFORE.c.person == COLUMNS.person, _BEFORE.c.month == COLUMNS.month)
        .scalar_subquery()
    )
    near = sa.and_(
        punches.c.instant >= COLUMNS.month - timedelta(days=1),
        punches.c.instant < COLUMNS.month + sa.text("interval '1 month 3 days'"),
    )
    punched = sa.exists().where(
        punches.c.person == COLUMNS.person,
        near,
        punches.c.received_at > received_since,
        punches.c.received_at > newest_at - MARGIN,
    )
    query = sa.select(COLUMNS.person, COLUMNS.month).where(COLUMNS.version == 1, punched)
    return [(row.person, row.month) for row in connection.execute(query.order_by(COLUMNS.month, COLUMNS.person))]


def _whole(row: Any) -> ClosedSheet:
    told = row._asdict() | {
        "digest": bytes(row.digest),
        "body": bytes(row.body),
        "totals": tuple(row.totals),
        "judged_from": bytes(row.judged_from),
        "cause": VersionCause(row.cause),
    }
    return ClosedSheet(**told)


def _shown(row: Any) -> ShownVersion:
    totals, before = tuple(row.totals), tuple(row.before or row.totals)
    return ShownVersion(
        row.person,
        row.number or "",
        row.display_name or "",
        row.month,
        row.version,
        VersionCause(row.cause),
        row.reason,
        row.counted_in,
        row.made_at,
        row.made_by,
        bytes(row.digest),
        totals,
        tuple(now - then for now, then in zip(totals, before, strict=True)),
        row.unit,
    )
