"""Punches by the ten thousand: copied into a table of their own, then taken where they are new."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.rules.judging.punch_facts import instant_of
from bylaw_attendance.store.punches import driver
from bylaw_attendance.store.taken_again import take_again

FEW = 500
"""Up to so many punches go in one statement."""
_INCOMING = """
    create temporary table incoming (
        id uuid, person uuid, second bigint, local_text text, utc_offset_minutes smallint, device text,
        direction smallint, status text
    ) on commit drop
"""
_COPY = "copy incoming from stdin (format binary)"
# Ids go as their sixteen bytes and instants as seconds: as objects they would cost the driver more than the server.
_TYPES = ("bytea", "bytea", "int8", "text", "int2", "text", "int2", "text")
_TAKE = """
    insert into punches (id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction, status,
        source, received_at, import)
    select id, person, to_timestamp(second), local_text, utc_offset_minutes, %s, device, direction, status, %s, %s, %s
    from incoming on conflict (person, instant, device, status) do nothing
"""
# A column is one text, parted by a character that no text on record holds: as lists they would cost the driver more
# than the server. A column of a single empty text has no part; hence `coalesce`.
PARTED = "\x1f"
_TAKE_FEW = """
    insert into punches (id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction, status,
        source, received_at, import)
    select id, person, to_timestamp(second), coalesce(local_text, ''), utc_offset_minutes,
        %s, coalesce(device, ''), direction, coalesce(status, ''), %s, %s, %s
    from unnest(string_to_array(%s, E'\\x1f')::uuid[], string_to_array(%s, E'\\x1f')::uuid[],
        string_to_array(%s, E'\\x1f')::bigint[], string_to_array(%s, E'\\x1f'),
        string_to_array(%s, E'\\x1f')::smallint[], string_to_array(%s, E'\\x1f'),
        string_to_array(%s, E'\\x1f')::smallint[], string_to_array(%s, E'\\x1f')) with ordinality
        as sent (id, person, second, local_text, utc_offset_minutes, device, direction, status, place)
    order by place
    on conflict (person, instant, device, status) do nothing returning id
"""
_LEFT = "select id from incoming where not exists (select from punches where punches.id = incoming.id)"


def add_many(connection: sa.Connection, batch: PunchBatch) -> list[int]:
    """Adds punches and answers the lines of those that were on record; the order of the batch is that of the locks.

    What was struck because its import was taken back is no longer on record in that sense: it is taken again.
    """
    ids = new_ids(len(batch.seconds), batch.received_at)
    left = _add_few(connection, batch, ids) if len(ids) <= FEW else _add_copied(connection, batch, ids)
    if left:
        with driver(connection).cursor() as cursor:
            again = take_again(cursor, _left(batch, ids, left))
        left = [place for place in left if UUID(bytes=ids[place]) not in again]
    return [batch.line_numbers[place] for place in left]


def _left(batch: PunchBatch, ids: list[bytes], left: Sequence[int]) -> tuple[Sequence[Any], ...]:
    """Those of a batch that were on record, in the columns of the table."""
    return (
        [UUID(bytes=ids[place]) for place in left],
        [UUID(bytes=batch.persons[place]) for place in left],
        [instant_of(batch.seconds[place]) for place in left],
        [batch.local_texts[place] for place in left],
        [batch.offsets_minutes[place] for place in left],
        [batch.time_zone] * len(left),
        [batch.devices[place] for place in left],
        [batch.directions[place] for place in left],
        [batch.statuses[place] for place in left],
        [batch.source] * len(left),
        [batch.received_at] * len(left),
        [batch.import_id] * len(left),
    )


def _add_few(connection: sa.Connection, batch: PunchBatch, ids: list[bytes]) -> list[int]:
    """In one statement: for what a clock sends at once, a table of its own costs more than all the rest."""
    columns = _parted(batch, ids)
    if columns is None:
        return _add_copied(connection, batch, ids)
    told = (batch.time_zone, batch.source, batch.received_at, batch.import_id)
    with driver(connection).cursor() as cursor:
        taken = {row[0].bytes for row in cursor.execute(_TAKE_FEW, (*told, *columns))}
    return [place for place, identifier in enumerate(ids) if identifier not in taken]


def _parted(batch: PunchBatch, ids: list[bytes]) -> list[str] | None:
    """Each column as one text; None where a text holds what parts them: nothing may slip into another's place."""
    columns = (
        map(bytes.hex, ids),
        map(bytes.hex, batch.persons),
        map(str, batch.seconds),
        batch.local_texts,
        map(str, batch.offsets_minutes),
        batch.devices,
        map(str, batch.directions),
        batch.statuses,
    )
    joined = [PARTED.join(column) for column in columns]
    return joined if all(text.count(PARTED) == len(ids) - 1 for text in joined) else None


def _add_copied(connection: sa.Connection, batch: PunchBatch, ids: list[bytes]) -> list[int]:
    with driver(connection).cursor() as cursor:
        cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for row in zip(*_columns(batch, ids), strict=True):
                copy.write_row(row)
        cursor.execute(_TAKE, (batch.time_zone, batch.source, batch.received_at, batch.import_id))
        left = set()
        if cursor.rowcount < len(ids):
            left = {row[0].bytes for row in cursor.execute(_LEFT)}
        cursor.execute("drop table incoming")
    return [place for place, identifier in enumerate(ids) if identifier in left]


def _columns(batch: PunchBatch, ids: list[bytes]) -> tuple[Sequence[Any], ...]:
    """What differs from punch to punch, in the order in which both statements take it."""
    return (
        ids,
        batch.persons,
        batch.seconds,
        batch.local_texts,
        batch.offsets_minutes,
        batch.devices,
        batch.directions,
        batch.statuses,
    )


def new_ids(count: int, now: datetime) -> list[bytes]:
    """UUIDv7s of one moment in order: a counter of 18 bits stands where they would else be random (RFC 9562, 6.2)."""
    made = np.frombuffer(os.urandom(16 * count), np.uint8).reshape(count, 16).copy()
    made[:, :6] = np.frombuffer(int(now.timestamp() * 1000).to_bytes(6, "big"), np.uint8)
    number = np.arange(count)
    made[:, 6] = 0x70 | (number >> 14) & 0x0F
    made[:, 7] = (number >> 6) & 0xFF
    made[:, 8] = 0x80 | number & 0x3F
    flat = made.tobytes()
    return [flat[start : start + 16] for start in range(0, 16 * count, 16)]
