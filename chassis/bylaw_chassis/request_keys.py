"""A caller's key of a write: claimed before the effect, filled with the answer in the same transaction."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import psycopg
import sqlalchemy as sa

from bylaw_chassis.call import Call, RequestKey
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
CLAIMED = f"claimed as ({_CLAIM})"
"""The same as a part of a statement with `claim_said`: it has a row where the key is claimed now."""
NOTHING_CLAIMED = "claimed as (select '' as key)"
"""That part where there is no key: it always has a row."""
KEPT = """
    kept as (
        update request_keys set answer = %(kept_answer)s
        where caller = %(kept_caller)s and method = %(kept_method)s and key = %(kept_key)s
    )
"""
"""The part of a statement that fills the claimed row, with `kept_said`."""


def claim_key(connection: sa.Connection, call: Call, key: RequestKey) -> None:
    """Inserts the key first; a repeat waits for the first run's end, then answers what it stored."""
    if not _claimed(connection, call, key):
        answer_again(connection, call, key)


def answer_again(connection: sa.Connection, call: Call, key: RequestKey) -> NoReturn:
    """Answers what the first run under a key stored, which is not claimed; refuses where it was another request."""
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


def claim_said(call: Call, key: RequestKey) -> dict[str, object]:
    """What the claim of a key says."""
    row = {"caller": call.caller.key, "method": call.method, "key": key.key, "digest": key.digest}
    return {**row, "slot": _slot(call, key)}


def kept_said(call: Call, key: RequestKey, answer: bytes) -> Mapping[str, object]:
    """What is kept under a claimed key; an answer with a secret is not."""
    of = {"kept_caller": call.caller.key, "kept_method": call.method, "kept_key": key.key}
    return {**of, "kept_answer": b"" if key.secret else answer}


@contextmanager
def refusing_to_wait() -> Iterator[None]:
    """Refuses REQUEST_IN_PROGRESS where the first run of a key is longer than its claim may wait."""
    try:
        yield
    except psycopg.errors.LockNotAvailable as error:
        if "request_keys" not in (error.diag.context or ""):
            raise  # the statement waited for something else
        raise RequestInProgress from error


def _claimed(connection: sa.Connection, call: Call, key: RequestKey) -> bool:
    with refusing_to_wait():
        driver = driver_within_deadline(connection)
        return driver.execute(_CLAIM, claim_said(call, key)).fetchone() is not None


def _slot(call: Call, key: RequestKey) -> int:
    digest = hashlib.sha256(f"{call.caller.key}\n{call.method}\n{key.key}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 2


def _same_key(call: Call, key: RequestKey) -> tuple[sa.ColumnElement[bool], ...]:
    columns = request_keys.c
    return (columns.caller == call.caller.key, columns.method == call.method, columns.key == key.key)
