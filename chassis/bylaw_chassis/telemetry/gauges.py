"""What is measured of a service's database each time metrics are sent: its pool of connections, and its outbox."""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from bylaw_chassis.database import Database
from bylaw_chassis.tables import outbox

_WAITING = sa.select(
    sa.func.count(), sa.func.coalesce(sa.func.extract("epoch", sa.func.now() - sa.func.min(outbox.c.occurred_at)), 0)
)


def add_gauges(meter: Meter, database: Database) -> None:
    """Adds them to a meter."""
    pool: Any = database.engine.pool
    _gauge(meter, "db.client.connection.count", lambda: [(pool.checkedout(), "used"), (pool.checkedin(), "idle")])
    _gauge(meter, "db.client.connection.max", lambda: [(database.pool_size, "")])
    _gauge(meter, "bylaw.outbox.waiting", lambda: [(_waiting(database)[0], "")])
    _gauge(meter, "bylaw.outbox.age", lambda: [(_waiting(database)[1], "")], unit="s")


def _gauge(meter: Meter, name: str, look: Callable[[], Iterable[tuple[float, str]]], *, unit: str = "") -> None:
    def observe(_options: CallbackOptions) -> Iterable[Observation]:
        try:
            return [
                Observation(value, {"db.client.connection.state": state} if state else {}) for value, state in look()
            ]
        except sa.exc.SQLAlchemyError:
            return []  # the database is away: health says so, and this has nothing to say

    meter.create_observable_gauge(name, [observe], unit)


def _waiting(database: Database) -> tuple[int, float]:
    """How many facts wait for their place in the feed, and for how many seconds the oldest has."""
    with database.read() as connection:
        count, seconds = connection.execute(_WAITING).one()
    return count, max(0.0, float(seconds))
