"""What a database's error means to the caller: busy, late, unavailable, or a fault of ours."""

import sqlalchemy.exc as sa

from bylaw_chassis.refusals import (
    DeadlinePassed,
    InternalFault,
    Overloaded,
    Refusal,
    RequestInProgress,
    Unavailable,
)

TRANSIENT = frozenset({"40001", "40P01"})
"""Serialisation failure and deadlock: the only errors after which the same work is tried again."""


class TransientFault(Unavailable):
    """Two writes got into each other's way; another try may well succeed."""


def refusal_of(error: Exception) -> Refusal:
    """The refusal an exception comes to; anything unknown is INTERNAL and shows nothing of itself."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, sa.TimeoutError):
        return Overloaded()
    if isinstance(error, sa.DBAPIError):
        return _database_refusal(error)
    return InternalFault()


def _database_refusal(error: sa.DBAPIError) -> Refusal:
    state = getattr(error.orig, "sqlstate", None)
    if state in TRANSIENT:
        return TransientFault()
    if state == "57014":  # query_canceled: statement_timeout is what remained of the deadline
        return DeadlinePassed()
    if state == "55P03":  # lock_not_available
        return RequestInProgress()
    if state == "53300":  # too_many_connections
        return Overloaded()
    if error.connection_invalidated or isinstance(error, sa.OperationalError):
        return Unavailable()
    return InternalFault()
