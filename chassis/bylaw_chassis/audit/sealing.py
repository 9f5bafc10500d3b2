"""The sealer: links what was committed into the chain, in batches, behind the writers and never in their way.

Rows are sealed by the transactions that wrote them, all below the oldest one still running: nothing can commit into a
sealed range any more, and no row is touched. Transaction ids only count within one incarnation of the database server;
rows of earlier ones (a restart, a restore on another server) are final and are sealed first.

Any number of sealers may run: the number of a seal and the head before it are unique, so that one of them wins. The one
that won says so in the log, with the signed head: whatever collects the logs keeps heads outside the database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.audit.canonical import FIRST, head_sql, row_hash_sql
from bylaw_chassis.audit.heads import Head, HeadKey
from bylaw_chassis.audit.tail import newest_seal, unfinished, unsealed
from bylaw_chassis.database import Database
from bylaw_chassis.faults import sqlstate
from bylaw_chassis.observe import log

SEAL_SECONDS = 1.0
SEALED_EVENT = "audit_sealed"
"""What a line of the log is called that holds a head; the doctor reads it back."""

BATCH = 10_000
ANOTHER_WAS_QUICKER = frozenset({"23505", "55P03"})
"""The number is taken, or another sealer holds it and has not committed."""

# A sealer waits a moment for another one's number, not for one that hangs; the server ends that.
_TIMES = "set local lock_timeout = '1s'; set local idle_in_transaction_session_timeout = '10s'"

_SERVER = sa.text("""
    select pg_postmaster_start_time() as incarnation, pg_snapshot_xmin(pg_current_snapshot())::text as xmin
""")

_BOUND = sa.text("""
    select xid::text from audit
    where incarnation = :incarnation and xid >= cast(:lower as xid8) and xid < cast(:upper as xid8)
    order by audit.xid offset :batch limit 1
""")  # `order by xid` alone would go by the text that is selected: 100 before 98

# One statement: a sealer that is killed leaves a whole seal or none.
_SEAL = sa.text(f"""
    with hashed as (
        select id, {row_hash_sql()} as hash from audit
        where incarnation = :incarnation and xid >= cast(:lower as xid8) and xid < cast(:upper as xid8)
    ),
    whole as (
        select count(*)::integer as entries, min(id) as first_id, max(id) as last_id,
            sha256(string_agg(hash, ''::bytea order by id)) as rows,
            string_agg(int8send(id) || substr(hash, 1, 8), ''::bytea order by id) as marks
        from hashed
    ),
    sealed as (
        select cast(:number as bigint) as number, cast(:previous as bytea) as previous,
            cast(:incarnation as timestamptz) as incarnation, cast(:lower as xid8) as from_xid,
            cast(:upper as xid8) as to_xid, cast(:now as timestamptz) as sealed_at, whole.*
        from whole where entries > 0
    )
    insert into audit_seals (
        number, previous, head, incarnation, from_xid, to_xid, first_id, last_id, entries, marks, sealed_at)
    select number, previous, {head_sql()}, incarnation, from_xid, to_xid, first_id, last_id, entries, marks, sealed_at
    from sealed returning entries, number, head, sealed_at
""")  # noqa: S608 - our own expressions

_ABOVE_ALL = 2**63
"""Above every transaction id: the end of an incarnation that gives no more."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many rows a seal covers, its head, and whether more waited when it was made: a batch, an incarnation."""

    rows: int = 0
    more: bool = False
    head: Head | None = None


def seal(database: Database, *, batch: int = BATCH) -> Sealed:
    """Seals what can be sealed, up to one batch of rows; nothing where another sealer was quicker."""
    try:
        with database.engine.begin() as connection:
            return seal_in(connection, database.clock(), batch=batch, service=database.schema)
    except sa.exc.DBAPIError as error:
        if sqlstate(error.orig) in ANOTHER_WAS_QUICKER:
            return Sealed()
        raise


def keep_sealed(database: Database, key: HeadKey | None = None) -> int:
    """Seals what waits, and says in the log what waits too long and cannot be sealed; answers how many rows.

    With a key each new head is said in the log, signed. What is written meanwhile waits for the next time: else busy
    writers would get a seal for every few rows.
    """
    sealed = _seal_and_tell(database, key)
    total = sealed.rows
    while sealed.more:
        sealed = _seal_and_tell(database, key)
        total += sealed.rows
    with database.read() as connection:
        tail = unsealed(connection)
    if not tail.is_late(database.clock()):
        return total
    # It may have been written meanwhile, of an hour long past: that can be sealed, and is not late.
    late = _seal_and_tell(database, key)
    if not late.rows:
        log().error("audit_seal_late", schema=database.schema, rows=tail.rows, since=str(tail.oldest))
    return total + late.rows


def _seal_and_tell(database: Database, key: HeadKey | None) -> Sealed:
    sealed = seal(database)
    if key and sealed.head:
        log().info(SEALED_EVENT, rows=sealed.rows, **key.export(sealed.head, database.clock()).fields())
    return sealed


def seal_in(connection: sa.Connection, now: datetime, *, batch: int = BATCH, service: str = "") -> Sealed:
    """Adds one seal in a transaction, which is its own."""
    connection.exec_driver_sql(_TIMES)
    server = connection.execute(_SERVER).one()
    newest = newest_seal(connection)
    for part in unfinished(connection, newest, server.incarnation):
        is_past = part.incarnation != server.incarnation
        upper = _ABOVE_ALL if is_past else int(server.xmin)
        bounds = {"incarnation": part.incarnation, "lower": part.sealed_to, "upper": upper}
        bound = connection.execute(_BOUND, _as_text({**bounds, "batch": batch})).scalar()
        bounds["upper"] = bound or upper
        link = {"number": newest.number + 1, "previous": newest.head} if newest else {"number": 1, "previous": FIRST}
        made = connection.execute(_SEAL, _as_text({**bounds, **link, "now": now})).one_or_none()
        if made:
            head = Head(service, made.number, made.head.hex(), made.sealed_at)
            return Sealed(made.entries, more=is_past or bound is not None, head=head)
    return Sealed()


def _as_text(given: dict[str, Any]) -> dict[str, Any]:
    """Transaction ids travel as text: a driver's integer has no cast to them."""
    return {**given, "lower": str(given["lower"]), "upper": str(given["upper"])}
