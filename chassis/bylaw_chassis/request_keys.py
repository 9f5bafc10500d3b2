"""A caller's key of a write: claimed before the effect, filled with the answer in the same transaction."""

import hashlib

import sqlalchemy as sa

from bylaw_chassis.call import Call, RequestKey
from bylaw_chassis.faults import sqlstate
from bylaw_chassis.refusals import KeyReused, RequestInProgress, ResultNotKept
from bylaw_chassis.replay import Replayed
from bylaw_chassis.tables import request_keys
from bylaw_chassis.time_bounds import driver_within_deadline

# One run and two waiters hold a slot of the key; a fourth is refused at once, so that repeats cannot drain the pool.
_CLAIM = """
    insert into request_keys (caller, method, key, digest, created_at)
    select %(caller)s::text, %(method)s::text, %(key)s::text, %(digest)s::bytea, now()
    where case when pg_try_advisory_xact_lock(%(slot)s::bigint) then true
               when pg_try_advisory_xact_lock(%(slot)s::bigint + 1) then true
               else pg_try_advisory_xact_lock(%(slot)s::bigint + 2) end
    on conflict do nothing
    returning key
"""
_STORE = "update request_keys set answer = %s where caller = %s and method = %s and key = %s"


def claim_key(connection: sa.Connection, call: Call, key: RequestKey) -> None:
    """Inserts the key first; a repeat waits for the first run's end, then answers what it stored."""
    if _claimed(connection, call, key):
        return
    found = connection.execute(
        sa.select(request_keys.c.digest, request_keys.c.answer).where(*_same_key(call, key))
    ).one_or_none()
    if found is None:
        raise RequestInProgress
    if not key.is_of(found.digest):
        raise KeyReused
    if found.answer is None:
        raise RequestInProgress
    if key.secret:
        raise ResultNotKept
    raise Replayed(found.answer)


def store_answer(connection: sa.Connection, call: Call, key: RequestKey, answer: bytes) -> None:
    """Fills the claimed row; an answer with a secret is not stored. Waits for no reply, where the caller pipelines."""
    kept = b"" if key.secret else answer
    driver_within_deadline(connection).execute(_STORE, (kept, call.caller.key, call.method, key.key))


def _claimed(connection: sa.Connection, call: Call, key: RequestKey) -> bool:
    row = {"caller": call.caller.key, "method": call.method, "key": key.key, "digest": key.digest}
    try:
        claimed = connection.exec_driver_sql(_CLAIM, {**row, "slot": _slot(call, key)})
        return claimed.first() is not None
    except sa.exc.OperationalError as error:
        if sqlstate(error.orig) == "55P03":  # lock_not_available: the first run is longer than we may wait
            raise RequestInProgress from error
        raise


def _slot(call: Call, key: RequestKey) -> int:
    digest = hashlib.sha256(f"{call.caller.key}\n{call.method}\n{key.key}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 2


def _same_key(call: Call, key: RequestKey) -> tuple[sa.ColumnElement[bool], ...]:
    columns = request_keys.c
    return (columns.caller == call.caller.key, columns.method == call.method, columns.key == key.key)
