"""Punches that come again after their import was taken back: added anew, beside those that were struck with it (ATT-1).

Punches are told apart by person, instant, clock and status, and what is on record is never changed. So one that comes
again carries in its status which time this is: `0`, then `0↻2`. Who reads it is shown the status as it was sent.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from bylaw_attendance.rules.judging.punch_facts import TURN

_COLUMNS = (
    "id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction, status, source, received_at"
)
_WAIT = "select pg_advisory_xact_lock_shared(hashtextextended('imports taken back', 0))"
_ANY = "select exists (select from struck_punches where import is not null)"
_AGAIN = f"""
    with sent as (
        select * from unnest(
            %s::uuid[], %s::uuid[], %s::timestamptz[], %s::text[], %s::int2[], %s::text[], %s::text[], %s::int2[],
            %s::text[], %s::text[], %s::timestamptz[], %s::uuid[]
        ) with ordinality as sent ({_COLUMNS}, import, place)
        where not exists (select from punches where punches.id = sent.id)
    ), turned as (
        select sent.*, (
            select count(*) from punches known join struck_punches struck on struck.punch = known.id
            where known.person = sent.person and known.instant = sent.instant and known.device = sent.device
                and split_part(known.status, '{TURN}', 1) = sent.status and struck.import is not null
        ) as turn from sent
    )
    insert into punches ({_COLUMNS}, import)
    select id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction,
        status || '{TURN}' || (turn + 1), source, received_at, import
    from turned where turn > 0 order by place
    on conflict (person, instant, device, status) do nothing returning id
"""  # noqa: S608 - only names written above


def take_again(cursor: "psycopg.Cursor[Any]", columns: Sequence[Sequence[Any]]) -> set[UUID]:
    """Adds those of some punches, in columns, that are on record and were struck with their import; answers which.

    Waits for whoever takes an import back, and they for us: what is struck a moment later is theirs to name.
    """
    cursor.execute(_WAIT)
    cursor.execute(_ANY)
    (any_struck,) = cursor.fetchone() or (False,)
    if not any_struck:
        return set()
    return {row[0] for row in cursor.execute(_AGAIN, [list(column) for column in columns])}
