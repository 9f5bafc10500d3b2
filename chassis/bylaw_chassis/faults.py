"""What a database's error means to the caller: busy, late, unavailable, not to be stored, or a fault of ours."""

import psycopg
import sqlalchemy.exc as sa

from bylaw_chassis.refusals import (
    DeadlinePassed,
    FieldInvalid,
    InternalFault,
    Overloaded,
    Refusal,
    Unavailable,
)

TRANSIENT = frozenset({"40001", "40P01", "25P03", "25P04"})
"""Serialisation failure, deadlock, a transaction ended as idle or too long: undone, so it may be tried again."""

OUT_OF_TIME = frozenset({"57014", "55P03"})
"""A statement or a wait for a lock that outlasted what remained of the deadline."""

UNSTORABLE = frozenset({"22001", "22003", "22007", "22008", "22021", "22P05"})
"""Too long, out of range, no such date, no such character: the request's values, not ours."""


class TransientFault(Unavailable):
    """Writes got into each other's way, or the session was lost before COMMIT: nothing was done, so try again."""


class OutcomeUnknown(Unavailable):
    """The session was lost during COMMIT: the effect is there or not, and only a repeat under the same key can tell."""


def refusal_of(error: Exception) -> Refusal:
    """The refusal an exception comes to; anything unknown is INTERNAL and shows nothing of itself."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, sa.TimeoutError):
        return Overloaded()
    if isinstance(error, sa.DBAPIError):
        return TransientFault() if error.connection_invalidated else _by_state(error.orig)
    if isinstance(error, psycopg.Error):
        return TransientFault() if _is_lost(error) else _by_state(error)
    return InternalFault()


def sqlstate(error: BaseException | None) -> str:
    """The five characters PostgreSQL gives an error; empty where it has none."""
    return getattr(error, "sqlstate", None) or ""


def _by_state(error: BaseException | None) -> Refusal:
    state = sqlstate(error)
    if state in TRANSIENT:
        return TransientFault()
    if state in OUT_OF_TIME:
        return DeadlinePassed()
    if state == "53300":  # too_many_connections
        return Overloaded()
    if state in UNSTORABLE or (isinstance(error, psycopg.DataError) and not state):
        return FieldInvalid(field="request", zh="含有无法保存的值", en="it holds a value that cannot be stored")
    return Unavailable() if isinstance(error, psycopg.OperationalError) else InternalFault()


def _is_lost(error: psycopg.Error) -> bool:
    """Whether the session ended under a statement that went past SQLAlchemy, which says so of its own; never COMMIT."""
    ended = not sqlstate(error) or sqlstate(error).startswith(("57P", "08"))
    return (
        isinstance(error, psycopg.OperationalError) and ended and not isinstance(error, psycopg.errors.PipelineAborted)
    )


def told_to_operator(error: sa.DBAPIError) -> str:
    """Why the database cannot be used, in one line and without a password: for a process that ends over it."""
    why = str(error.orig).strip().partition("\n")[0]
    return f"BYLAW_DATABASE_URL：无法使用数据库 / the database cannot be used: {why}"
