"""Closed sheets in all their versions; nothing of them ever changes, a correction is one version more (SHT-3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units, subtree
from bylaw_chassis.organisation.tables import people
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.closing import ClosedSheet, ShownVersion, VersionCause
from bylaw_attendance.rules.leave.shown_leave import NOTHING_EXCUSED, ExcusedMinutes
from bylaw_attendance.rules.sheets.sheet_changes import SheetChanges
from bylaw_attendance.store.closed_bodies import BESIDE, beside_of
from bylaw_attendance.store.closing_tables import closed_sheets

COLUMNS = closed_sheets.c
MINUTES = ("excused_minutes", "outside_minutes", "outside_halves", "outside_days")
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
    return sum(len(connection.execute(statement, _row(one)).all()) for one in sorted(made, key=lambda one: one.person))


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


def counted_later(
    connection: sa.Connection, month: date, reach: Reach, *, unit: UUID, day: date, limit: int
) -> list[ShownVersion]:
    """Versions of a month's sheets that count in later months, of the same units; by number."""
    query = _SHOWN.where(
        COLUMNS.month == month,
        COLUMNS.version > 1,
        COLUMNS.unit.in_(subtree({unit}, day)),
        COLUMNS.unit.in_(reached_units(reach, day)),
    )
    ordered = query.order_by(people.c.number, COLUMNS.person, COLUMNS.version)
    return [_shown(row) for row in connection.execute(ordered.limit(limit))]


def _row(made: ClosedSheet) -> dict[str, Any]:
    told = {name: value for name, value in made._asdict().items() if name in COLUMNS}
    minutes = dict(zip(MINUTES, made.excused, strict=True))
    around = zip(BESIDE, made.beside or (None, None), strict=True)
    return {**told, **minutes, **dict(around), "cause": made.cause.value, "changes": made.changes.pack()}


def _whole(row: Any) -> ClosedSheet:
    told = {name: value for name, value in row._asdict().items() if name not in (*MINUTES, *BESIDE)} | {
        "excused": _excused(row),
        "digest": bytes(row.digest),
        "body": bytes(row.body),
        "totals": tuple(row.totals),
        "judged_from": bytes(row.judged_from),
        "cause": VersionCause(row.cause),
        "changes": SheetChanges.unpack(row.changes),
        "beside": beside_of(row.beside_seconds, row.beside_directions),
    }
    return ClosedSheet(**told)


def _excused(row: Any) -> ExcusedMinutes:
    return ExcusedMinutes(*(getattr(row, name) for name in MINUTES))


def _shown(row: Any) -> ShownVersion:
    totals, before = tuple(row.totals), tuple(row.before or row.totals)
    changes = SheetChanges.unpack(row.changes)
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
        _excused(row),
        changes.excused(NOTHING_EXCUSED),
        changes,
    )
