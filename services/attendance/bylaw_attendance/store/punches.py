"""Punches: added once by their natural key, never changed; listed, and loaded as columns for judging."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_attendance.rules.judging.punch_facts import TURN, PersonPunches, Punch
from bylaw_attendance.store.struck_punches import counts
from bylaw_attendance.store.tables import punches
from bylaw_attendance.store.taken_again import take_again

NATURAL_KEY = ("person", "instant", "device", "status")
COLUMNS = (
    "id",
    "person",
    "instant",
    "local_text",
    "utc_offset_minutes",
    "time_zone",
    "device",
    "direction",
    "status",
    "source",
    "received_at",
    "import",
)
TYPES = (
    "uuid",
    "uuid",
    "timestamptz",
    "text",
    "int2",
    "text",
    "text",
    "int2",
    "text",
    "text",
    "timestamptz",
    "uuid",
)
MICROSECONDS, EPOCH_2000 = 1_000_000, 946_684_800
_COLUMN_LIST = ", ".join(COLUMNS)
_FROM_ARRAYS = (
    f"insert into punches ({_COLUMN_LIST}) select * from unnest("  # noqa: S608 - only names written above
    + ", ".join(f"%s::{kind}[]" for kind in TYPES)
    + ") on conflict (person, instant, device, status) do nothing"
)
# Instants and directions as bytes, one row a person: a row a punch would cost more to fetch than to judge.
# An instant as the server holds it, in microseconds since 2000: extract() goes through numeric, at twice the time.
_MONTH = """
    select person,
        string_agg(timestamptz_send(instant), ''::bytea order by instant, direction),
        string_agg(set_byte('\\x00'::bytea, 0, direction), ''::bytea order by instant, direction)
    from punches where person = any(%s) and instant >= %s and instant < %s
        and not exists (select from struck_punches where punch = id) group by person
"""


def add(connection: sa.Connection, rows: Sequence[Punch]) -> int:
    """Adds punches; answers how many were new. For up to some thousands: files go through `store.bulk`."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    with driver(connection).cursor() as cursor:
        cursor.execute(_FROM_ARRAYS, columns)
        count = cursor.rowcount
        return count if count == len(rows) else count + len(take_again(cursor, columns))


def same_as(connection: sa.Connection, punch: Punch) -> Punch:
    """The punch on record with this one's natural key; the last that came, where what was taken back came again."""
    same = [punches.c[name] == getattr(punch, name) for name in NATURAL_KEY if name != "status"]
    status = sa.func.split_part(punches.c.status, TURN, 1) == punch.status
    query = sa.select(punches).where(*same, status).order_by(punches.c.id.desc()).limit(1)
    return Punch(*connection.execute(query).one())


def listed(
    connection: sa.Connection,
    person: UUID,
    days: tuple[date | None, date | None],
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Punch]:
    """A person's punches, struck ones too, oldest first, of the local dates from..to, behind a place."""
    local_day = sa.cast(_local(punches), sa.Date)
    query = sa.select(punches).where(punches.c.person == person).order_by(punches.c.instant, punches.c.id)
    if days[0]:
        query = query.where(local_day >= days[0])
    if days[1]:
        query = query.where(local_day <= days[1])
    if after:
        query = query.where(sa.tuple_(punches.c.instant, punches.c.id) > sa.tuple_(*map(sa.literal, after)))
    return [Punch(*row) for row in connection.execute(query.limit(limit))]


def of_person(connection: sa.Connection, person: UUID, start: datetime, end: datetime) -> list[Punch]:
    """A person's punches that count, from an instant to before another, with all that is on record, oldest first."""
    within = (punches.c.instant >= start) & (punches.c.instant < end)
    query = sa.select(punches).where(punches.c.person == person, within, counts())
    return [Punch(*row) for row in connection.execute(query.order_by(punches.c.instant, punches.c.id))]


def _local(table: sa.Table) -> sa.ColumnElement[datetime]:
    offset = sa.func.make_interval(0, 0, 0, 0, 0, table.c.utc_offset_minutes)
    return sa.func.timezone("UTC", table.c.instant) + offset


def between(
    connection: sa.Connection, people: Collection[UUID], start: datetime, end: datetime
) -> dict[UUID, PersonPunches]:
    """The punches of people that count, from an instant to before another, as columns."""
    with driver(connection).cursor(binary=True) as cursor:
        cursor.execute(_MONTH, (list(people), start, end))
        return {
            person: PersonPunches(_seconds(instants), directions if any(directions) else b"")
            for person, instants, directions in cursor
        }


def _seconds(instants: bytes) -> tuple[int, ...]:
    """Epoch seconds of the server's instants."""
    return tuple((np.frombuffer(instants, ">i8") // MICROSECONDS + EPOCH_2000).tolist())


def driver(connection: sa.Connection) -> "psycopg.Connection[Any]":
    """The psycopg connection below, in the same transaction and within the call's deadline."""
    return driver_within_deadline(connection)
