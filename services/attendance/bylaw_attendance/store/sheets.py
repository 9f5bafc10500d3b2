"""Kept sheets and the plans they were judged by: digests and totals of many, bodies of a few."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.closing.closing import ClosedMark
from bylaw_attendance.rules.sheets.sheet import JudgedSheet, KeptSheet
from bylaw_attendance.store.closed_bodies import beside_of
from bylaw_attendance.store.punches import driver
from bylaw_attendance.store.tables import plans

_INCOMING = "create temporary table incoming_sheets (like sheets) on commit drop"
_COPY = "copy incoming_sheets (person, month, digest, body, totals, judged_at) from stdin (format binary)"
_TYPES = ("uuid", "date", "bytea", "bytea", "int4[]", "timestamptz")
_REPLACE = """
    insert into sheets select * from incoming_sheets order by person
    on conflict (person, month) do update
        set digest = excluded.digest, body = excluded.body, totals = excluded.totals, judged_at = excluded.judged_at
        where sheets.digest <> excluded.digest
"""

# Behind the sheets' rows, which are locked by now: whoever keeps the same sheets at the same time waits there.
_FORGET_FINDINGS = """
    delete from clause_findings using incoming_sheets
    where clause_findings.person = incoming_sheets.person and clause_findings.month = incoming_sheets.month
"""
_COPY_FINDINGS = "copy clause_findings (person, month, clause, days) from stdin (format binary)"
_FINDING_TYPES = ("uuid", "date", "text", "int2[]")
_KEEP_PLANS = """
    insert into plans (key, body) select * from unnest(%b::bytea[], %b::bytea[]) as made (key, body) order by key
    on conflict do nothing
"""
_NEWEST = """
    select distinct on (newest.person) newest.person, newest.version, first.made_at, newest.digest, newest.totals,
        case when newest.person = any(%s) then newest.body else '' end,
        case when newest.person = any(%s) then newest.judged_from else '' end, newest.statutory_days,
        newest.beside_seconds, newest.beside_directions
    from closed_sheets newest join closed_sheets first using (person, month)
    where newest.month = %s and newest.person = any(%s) and first.version = 1
    order by newest.person, newest.version desc
"""


def kept(
    connection: sa.Connection, people: Collection[UUID], month: date, *, bodies_of: Collection[UUID]
) -> dict[UUID, KeptSheet]:
    """The kept sheets of people, with the bodies of some of them."""
    with driver(connection).cursor(binary=True) as cursor:
        cursor.execute(
            "select person, digest, totals, case when person = any(%s) then body else '' end"
            " from sheets where month = %s and person = any(%s)",
            (list(bodies_of), month, list(people)),
        )
        return {person: KeptSheet(digest, tuple(totals), body) for person, digest, totals, body in cursor}


def keep(connection: sa.Connection, month: date, judged: Sequence[JudgedSheet], now: datetime) -> None:
    """Keeps sheets in the order of their people, so that two who keep the same do not wait for each other."""
    with driver(connection).cursor() as cursor:
        cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for sheet in judged:
                copy.write_row((sheet.person, month, sheet.digest, sheet.body, list(sheet.totals), now))
        cursor.execute(_REPLACE)
        cursor.execute(_FORGET_FINDINGS)
        with cursor.copy(_COPY_FINDINGS) as copy:
            copy.set_types(_FINDING_TYPES)
            for sheet in judged:
                for clause, days in sheet.spoken.items():
                    copy.write_row((sheet.person, month, clause, list(days)))
        cursor.execute("drop table incoming_sheets")


def keep_plans(connection: sa.Connection, bodies: Mapping[bytes, bytes]) -> None:
    """Keeps plans by their key; one that is on record stays as it is."""
    if bodies:
        keys = sorted(bodies)
        driver(connection).execute(_KEEP_PLANS, (keys, [bodies[key] for key in keys]))


def plan_bodies(connection: sa.Connection, keys: Collection[bytes]) -> dict[bytes, bytes]:
    """The kept plans of these keys."""
    rows = connection.execute(sa.select(plans).where(plans.c.key.in_(list(keys))))
    return {bytes(row.key): bytes(row.body) for row in rows}


def closed(
    connection: sa.Connection, ids: Collection[UUID], month: date, *, bodies_of: Collection[UUID]
) -> dict[UUID, tuple[ClosedMark, KeptSheet]]:
    """The newest versions of people's closed sheets, with the bodies of some of them."""
    with driver(connection).cursor(binary=True) as cursor:
        whole = list(bodies_of)
        cursor.execute(_NEWEST, (whole, whole, month, list(ids)))
        return {
            person: (
                ClosedMark(version, closed_at, judged_from, statutory),
                KeptSheet(digest, tuple(totals), body, beside_of(*around)),
            )
            for person, version, closed_at, digest, totals, body, judged_from, statutory, *around in cursor
        }
