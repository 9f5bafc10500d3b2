"""Keeps every statement of a call within the call's deadline, whoever sends it."""

import time
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus

from bylaw_chassis.call import current_call

STALE_SECONDS = 0.05
"""A bound set so long ago is set anew, so that no chain of statements outlives the deadline by more than this."""

SHARE_FOR_LOCKS = 0.9
"""Waits for locks end a little before the deadline, so that their refusal still comes in time."""


def bound_by_deadline(engine: sa.Engine) -> None:
    """Has each transaction in a call begin with `statement_timeout` and `lock_timeout` from what remains."""
    sa.event.listen(engine, "begin", _forget)
    sa.event.listen(engine, "before_cursor_execute", _bound)


def driver_within_deadline(connection: sa.Connection) -> "psycopg.Connection[Any]":
    """The psycopg connection below, in the same transaction and within the call's deadline, at no statement's cost.

    For COPY, for binary results, and where what SQLAlchemy does around a statement costs more than the statement.
    """
    if not connection.in_transaction():
        connection.begin()  # else nobody would commit what only the driver began
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)  # noqa: S101 - psycopg is the one driver
    with found.cursor() as cursor:
        _bound(connection, cursor)
    return found


def _forget(connection: sa.Connection) -> None:
    connection.info["bound_at"] = float("-inf")


def _bound(connection: sa.Connection, cursor: Any, *_: Any) -> None:
    call = current_call()
    if cursor.connection.info.transaction_status is TransactionStatus.INERROR:
        return  # all that may follow is a rollback, to a savepoint too: anything else would fail it
    if call is None or time.monotonic() - connection.info.get("bound_at", 0) < STALE_SECONDS:
        return
    milliseconds = max(2, int(call.remaining_seconds * 1000))
    _set(cursor.connection, milliseconds)
    connection.info["bound_at"] = time.monotonic()


def _set(driver: Any, milliseconds: int) -> None:
    """Both bounds in one round trip; a pipeline takes them along, but only one by one."""
    bounds = {"statement_timeout": milliseconds, "lock_timeout": int(milliseconds * SHARE_FOR_LOCKS)}
    said = [f"set local {name} = {value}" for name, value in bounds.items()]
    for statement in said if driver.pgconn.pipeline_status else ["; ".join(said)]:
        driver.execute(statement, prepare=False)
