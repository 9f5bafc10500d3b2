"""Keeps every statement of a call within the call's deadline, whoever sends it."""

import time
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from bylaw_chassis.call import current_call
from bylaw_chassis.conversation import Said

STALE_SECONDS = 0.05
"""A bound set so long ago is set anew, so that no chain of statements outlives the deadline by more than this."""

SHARE_FOR_LOCKS = 0.9
"""Waits for locks end a little before the deadline, so that their refusal still comes in time."""

BOUND_AT = "bound_at"
"""When the transaction of a connection was bounded, in what is known of the connection; NEVER in a new one."""
NEVER = float("-inf")

_BOUNDS = "select set_config('statement_timeout', %(all)s, true), set_config('lock_timeout', %(locks)s, true)"


def bound_by_deadline(engine: sa.Engine) -> None:
    """Has each transaction in a call begin with `statement_timeout` and `lock_timeout` from what remains."""
    sa.event.listen(engine, "begin", _forget)
    sa.event.listen(engine, "before_cursor_execute", _bound)


def begin_within_deadline(driver: "psycopg.Connection[Any]", known: dict[Any, Any]) -> None:
    """Begins a transaction and bounds it, in one round trip; `known` is what is known of the connection."""
    call = current_call()
    bounds = _bounds(max(2, int(call.remaining_seconds * 1000))) if call else []
    if driver.pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError("the connection is lost")
    done = driver.pgconn.exec_("; ".join(["begin", *bounds]).encode())
    if done.status != ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(done)
    known[BOUND_AT] = time.monotonic()


def bounds_said() -> Said | None:
    """What bounds a transaction that has just begun, as a statement among others; nothing outside of any call."""
    call = current_call()
    if call is None:
        return None
    milliseconds = max(2, int(call.remaining_seconds * 1000))
    return Said(_BOUNDS, {"all": str(milliseconds), "locks": str(int(milliseconds * SHARE_FOR_LOCKS))})


def driver_of(connection: sa.PoolProxiedConnection) -> "psycopg.Connection[Any]":
    """The psycopg connection below, whatever stands there; for `converse`."""
    found = connection.driver_connection
    assert isinstance(found, psycopg.Connection)  # noqa: S101 - psycopg is the one driver
    return found


def driver_within_deadline(connection: sa.Connection) -> "psycopg.Connection[Any]":
    """The psycopg connection below, in the same transaction and within the call's deadline, at no statement's cost.

    For COPY, for binary results, and where what SQLAlchemy does around a statement costs more than the statement.
    """
    if not connection.in_transaction():
        connection.begin()  # else nobody would commit what only the driver began
    found = driver_of(connection.connection)
    keep_within_deadline(found, connection.info)
    return found


def keep_within_deadline(driver: "psycopg.Connection[Any]", known: dict[Any, Any]) -> None:
    """Bounds an open transaction anew where that was too long ago; `known` is what is known of the connection."""
    call = current_call()
    if call is None or time.monotonic() - known.get(BOUND_AT, 0) < STALE_SECONDS:
        return
    if driver.pgconn.transaction_status == TransactionStatus.INERROR:
        return  # all that may follow is a rollback, to a savepoint too: anything else would fail it
    _set(driver, max(2, int(call.remaining_seconds * 1000)))
    known[BOUND_AT] = time.monotonic()


def _forget(connection: sa.Connection) -> None:
    connection.info[BOUND_AT] = NEVER


def _bound(connection: sa.Connection, cursor: Any, *_: Any) -> None:
    keep_within_deadline(cursor.connection, connection.info)


def _set(driver: "psycopg.Connection[Any]", milliseconds: int) -> None:
    """Both bounds in one round trip; a pipeline takes them along, but only one by one."""
    said = _bounds(milliseconds)
    for statement in said if driver.pgconn.pipeline_status else ["; ".join(said)]:
        driver.execute(statement, prepare=False)


def _bounds(milliseconds: int) -> list[str]:
    return [
        f"set local statement_timeout = {milliseconds}",
        f"set local lock_timeout = {int(milliseconds * SHARE_FOR_LOCKS)}",
    ]
