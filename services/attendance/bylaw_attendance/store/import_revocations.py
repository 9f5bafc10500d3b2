"""Imports that were taken back: their punches struck but for those of closed months, and their record (SHT-3)."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import people
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.closing import PersonMonth
from bylaw_attendance.rules.closing.import_taken_back import NearClosed
from bylaw_attendance.rules.import_revocation import MOST_AGAIN, MOST_REMAINING, Remaining, Revocation
from bylaw_attendance.store.closing_tables import closed_sheets
from bylaw_attendance.store.import_tables import import_revocations
from bylaw_attendance.store.struck_tables import struck_punches
from bylaw_attendance.store.tables import imports, punches

KEY = sa.func.hashtextextended("imports taken back", 0)
"""Held alone by whoever takes one back, and shared by whoever looks whether a punch was: see `taken_again`."""
_CLOSED, _REVOKED = closed_sheets.c, import_revocations.c
_OFFSET = sa.func.make_interval(0, 0, 0, 0, 0, punches.c.utc_offset_minutes)
_MONTH = sa.cast(sa.func.date_trunc("month", sa.func.timezone("UTC", punches.c.instant) + _OFFSET), sa.Date)
_OF_CLOSED = sa.and_(_CLOSED.person == punches.c.person, _CLOSED.version == 1)


def among(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, Revocation]:
    """Those of these imports that were taken back; the others hold."""
    query = sa.select(import_revocations).where(_REVOKED.import_id == sa.any_(uuids(ids)))
    return {row.import_id: _revocation(row) for row in connection.execute(query)}


def _revocation(row: Any) -> Revocation:
    remaining = [
        Remaining(UUID(person), number, date.fromisoformat(month), count)
        for person, number, month, count in row.remaining
    ]
    again = [UUID(one) for one in row.again]
    told = (row.revoked_at, row.revoked_by, row.reason, row.struck_count, row.remaining_count)
    return Revocation(*told, remaining, again)


def hold(connection: sa.Connection) -> None:
    """Until the transaction ends nobody else takes an import back, nor looks whether a punch was taken back."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(KEY)))


def near_closed(connection: sa.Connection, import_id: UUID, taken_at: datetime) -> list[NearClosed]:
    """Its punches of open months that lie beside the edge of a month that is closed for their person."""
    starts, ends = _CLOSED.month - sa.text("interval '1 day'"), _CLOSED.month + sa.text("interval '1 month 2 days'")
    instant = sa.func.timezone("UTC", punches.c.instant)
    query = (
        sa.select(punches.c.id, punches.c.person, punches.c.instant, _CLOSED.month)
        .join(closed_sheets, _OF_CLOSED)
        .where(*_of_import(import_id, taken_at), _CLOSED.month != _MONTH, instant >= starts, instant < ends)
    )
    return [NearClosed(*row) for row in connection.execute(query)]


def judged_from(connection: sa.Connection, whose: Collection[PersonMonth]) -> dict[PersonMonth, bytes]:
    """What the newest versions of closed sheets were judged from."""
    if not whose:
        return {}
    query = (
        sa.select(_CLOSED.person, _CLOSED.month, _CLOSED.judged_from)
        .ext(pg.distinct_on(_CLOSED.person, _CLOSED.month))
        .where(_CLOSED.person == sa.any_(uuids({person for person, _ in whose})))
        .where(_CLOSED.month == sa.any_(sa.literal(sorted({month for _, month in whose}), pg.ARRAY(sa.Date))))
        .order_by(_CLOSED.person, _CLOSED.month, _CLOSED.version.desc())
    )
    return {(person, month): kept for person, month, kept in connection.execute(query) if (person, month) in whose}


def strike(
    connection: sa.Connection, import_id: UUID, taken_at: datetime, said: Revocation, *, but: Collection[UUID]
) -> int:
    """Strikes its punches of open months but for some; answers how many count no more by it."""
    in_closed = sa.exists().where(_OF_CLOSED, _CLOSED.month == _MONTH)
    told = (said.revoked_at, said.revoked_by, said.reason, import_id)
    mine = sa.select(punches.c.id, punches.c.person, *map(sa.literal, told)).where(
        *_of_import(import_id, taken_at), ~in_closed, punches.c.id != sa.all_(uuids(but))
    )
    names = ["punch", "person", "struck_at", "struck_by", "reason", "import_id"]
    statement = pg.insert(struck_punches).from_select(names, mine).on_conflict_do_nothing()
    return int(connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount)


def remaining(
    connection: sa.Connection, import_id: UUID, taken_at: datetime, but: Iterable[NearClosed]
) -> list[Remaining]:
    """Its punches that still count, because they are of closed months, by employee number and month."""
    struck = sa.exists().where(struck_punches.c.punch == punches.c.id)
    query = (
        sa.select(punches.c.person, _CLOSED.month, sa.func.count())
        .join(closed_sheets, _OF_CLOSED & (_CLOSED.month == _MONTH))
        .where(*_of_import(import_id, taken_at), ~struck)
        .group_by(punches.c.person, _CLOSED.month)
    )
    counted = Counter({(person, month): count for person, month, count in connection.execute(query)})
    counted.update((one.person, one.month) for one in but)
    known = sa.select(people.c.person, people.c.number).where(
        people.c.person == sa.any_(uuids({person for person, _ in counted}))
    )
    numbers = {row.person: row.number for row in connection.execute(known)}
    found = [Remaining(person, numbers.get(person, ""), month, count) for (person, month), count in counted.items()]
    return sorted(found, key=lambda one: (one.number, one.month, one.person))


def found_meanwhile(connection: sa.Connection, import_id: UUID, taken_at: datetime) -> list[UUID]:
    """Imports behind it that found punches on record, and hold; newest first, so many as are named."""
    revoked = sa.exists().where(_REVOKED.import_id == imports.c.id)
    later = (imports.c.created_at >= taken_at, imports.c.id != import_id, imports.c.repeated_count > 0, ~revoked)
    query = sa.select(imports.c.id).where(*later).order_by(imports.c.created_at.desc(), imports.c.id).limit(MOST_AGAIN)
    return list(connection.execute(query).scalars())


def add(connection: sa.Connection, import_id: UUID, made: Revocation) -> None:
    """Puts it on record."""
    named = [[str(one.person), one.number, one.month.isoformat(), one.punch_count] for one in made.remaining]
    row = made._asdict() | {
        "import_id": import_id,
        "remaining": named[:MOST_REMAINING],
        "again": [str(one) for one in made.again],
    }
    connection.execute(import_revocations.insert().values(row))


def _of_import(import_id: UUID, taken_at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The punches of an import, found without an index of their own: their ids were made with its moment in them."""
    moment = int(taken_at.timestamp() * 1000).to_bytes(6, "big")
    first, last = UUID(bytes=moment + bytes(10)), UUID(bytes=moment + b"\xff" * 10)
    return punches.c.id.between(first, last), punches.c.import_id == import_id
