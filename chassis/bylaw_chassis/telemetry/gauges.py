"""What is looked up each time metrics are sent: of a service's database its connections and outbox; its own figures."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from bylaw_chassis.database import Database
from bylaw_chassis.server import Look
from bylaw_chassis.tables import outbox

_WAITING = sa.select(
    sa.func.count(), sa.func.coalesce(sa.func.extract("epoch", sa.func.now() - sa.func.min(outbox.c.occurred_at)), 0)
)


def add_gauges(meter: Meter, database: Database) -> None:
    """Adds them to a meter."""
    pool: Any = database.engine.pool
    add_figure(
        meter,
        "db.client.connection.count",
        lambda: [(pool.checkedout(), _state("used")), (pool.checkedin(), _state("idle"))],
    )
    add_figure(meter, "db.client.connection.max", lambda: [(database.pool_size, {})])
    add_figure(meter, "bylaw.outbox.waiting", lambda: [(_waiting(database)[0], {})])
    add_figure(meter, "bylaw.outbox.age", lambda: [(_waiting(database)[1], {})], unit="s")


def add_figure(meter: Meter, name: str, look: Look, *, unit: str = "", total: bool = False) -> None:
    """Adds one figure: a gauge, or where it is a `total` a counter."""

    def observe(_options: CallbackOptions) -> Iterable[Observation]:
        try:
            return [Observation(value, parted_by) for value, parted_by in look()]
        except sa.exc.SQLAlchemyError:
            return []  # the database is away: health says so, and this has nothing to say

    (meter.create_observable_counter if total else meter.create_observable_gauge)(name, [observe], unit)


def _state(name: str) -> dict[str, str]:
    return {"db.client.connection.state": name}


def _waiting(database: Database) -> tuple[int, float]:
    """How many facts wait for their place in the feed, and for how many seconds the oldest has."""
    with database.read() as connection:
        count, seconds = connection.execute(_WAITING).one()
    return count, max(0.0, float(seconds))
