"""The timers every service has: the outbox drains though nobody reads, the audit is sealed, nothing else is kept."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import sqlalchemy as sa

from bylaw_chassis.audit.heads import HeadKey
from bylaw_chassis.audit.sealing import SEAL_SECONDS, keep_sealed
from bylaw_chassis.audit.tail import ROWS_WAIT
from bylaw_chassis.database import Database
from bylaw_chassis.feed import FORGOTTEN, OUTBOX_WAITS, drain
from bylaw_chassis.jobs import Lease, Timer

SEQUENCE_SECONDS = 2.0
HOUR_SECONDS = 3_600.0
REQUEST_KEY_HOURS = 48
FEED_DAYS = 90
ENDED_TOKEN_HOURS = 26
"""Longer than any token lives, so that none outlives the row that ends it."""

PASSING_KINDS = ("tokens_ended",)
"""Kinds of facts that are forgotten whole, where of others the newest of each key stays for ever."""

FINISHED_JOB_DAYS = 30
BATCH = 5_000
"""Rows a transaction deletes at most: short locks, and a worker that stops loses little."""

# The server's clock wrote these times and decides here too: a worker with a wrong one cannot forget keys too soon.
_PURGE_KEYS = sa.text("""
    delete from request_keys where ctid = any (array(
        select ctid from request_keys where created_at < now() - make_interval(hours => :hours) limit :batch))
""")

_PURGE_ENDED_TOKENS = sa.text("delete from ended_tokens where ended_at < now() - make_interval(hours => :hours)")

# Parked jobs (`last_error`) stay until somebody has looked at them.
_PURGE_JOBS = sa.text("""
    delete from jobs where ctid = any (array(
        select ctid from jobs where finished_at < now() - make_interval(days => :days) and last_error = ''
        limit :batch))
""")

# A forgotten entry keeps its position, so that positions go on without gaps; of all forgotten ones pruning leaves one.
_FORGET = sa.text("""
    update feed set kind = :forgotten, key = '', payload = '' where kind = any(:kinds) and occurred_at < :before
""")

_HORIZON = sa.text("select coalesce(max(position), 0) from feed where occurred_at < :before")

# Of each key the newest entry stays, so that who begins at the beginning still learns how everything is.
_PRUNE = sa.text("""
    delete from feed as old where old.position <= :horizon and exists (
        select 1 from feed as newer
        where newer.kind = old.kind and newer.key = old.key and newer.position > old.position)
""")


def chassis_timers(
    database: Database,
    *,
    request_key_hours: int = REQUEST_KEY_HOURS,
    feed_days: int = FEED_DAYS,
    head_key: HeadKey | None = None,
) -> tuple[Timer, ...]:
    """`sequence`, `seal_audit` and what is forgotten in time, to stand among a service's own timers.

    With `head_key` each head of the audit is said in the log, signed by it.
    """

    def timer(
        kind: str, every_seconds: float, act: Callable[[], int], needed: sa.ColumnElement[bool] | None = None
    ) -> Timer:
        def function(_lease: Lease) -> None:
            act()

        return Timer(kind, every_seconds, function, needed)

    def prune() -> int:
        return forget_passing(database) + prune_feed(database, days=feed_days)

    return (
        timer("sequence", SEQUENCE_SECONDS, lambda: drain(database), OUTBOX_WAITS),
        timer("seal_audit", SEAL_SECONDS, lambda: keep_sealed(database, head_key), ROWS_WAIT),
        timer("purge_request_keys", HOUR_SECONDS, lambda: purge_request_keys(database, hours=request_key_hours)),
        timer("prune_feed", HOUR_SECONDS, prune),
        timer("purge_jobs", HOUR_SECONDS, lambda: purge_jobs(database, days=FINISHED_JOB_DAYS)),
        timer("purge_ended_tokens", HOUR_SECONDS, lambda: purge_ended_tokens(database, hours=ENDED_TOKEN_HOURS)),
    )


def purge_request_keys(database: Database, *, hours: int) -> int:
    """Forgets keys older than so many hours; answers how many."""
    return _in_batches(database, _PURGE_KEYS, {"hours": hours})


def purge_jobs(database: Database, *, days: int) -> int:
    """Forgets jobs that ended well so many days ago; answers how many."""
    return _in_batches(database, _PURGE_JOBS, {"days": days})


def purge_ended_tokens(database: Database, *, hours: int) -> int:
    """Forgets what ended so many hours ago: no token it could stop is left; answers how many."""
    with database.engine.begin() as connection:
        return connection.execute(_PURGE_ENDED_TOKENS, {"hours": hours}).rowcount


def forget_passing(database: Database, *, kinds: Sequence[str] = PASSING_KINDS, hours: int = ENDED_TOKEN_HOURS) -> int:
    """Forgets entries of kinds that mean nothing any more after so many hours, the newest of a key too.

    Answers how many. A reader that was away for longer misses them and is not told. Of `tokens_ended` that is safe: it
    stops tokens before they expire, and by then every one has expired by itself. Those that people makes live 15
    minutes; none is taken whose life is longer than 25 hours.
    """
    given = {"forgotten": FORGOTTEN, "kinds": list(kinds), "before": database.clock() - timedelta(hours=hours)}
    with database.engine.begin() as connection:
        return connection.execute(_FORGET, given).rowcount


def prune_feed(database: Database, *, days: int) -> int:
    """Forgets feed entries older than so many days that a newer one of the same key replaced; answers how many.

    Readers whose cursor is behind the horizon are told FEED_RESTARTED and begin again.
    """
    before = database.clock() - timedelta(days=days)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("select from feed_state for update")
        horizon = connection.execute(_HORIZON, {"before": before}).scalar_one()
        pruned = connection.execute(_PRUNE, {"horizon": horizon}).rowcount
        if pruned:
            connection.execute(sa.text("update feed_state set pruned_to = :horizon"), {"horizon": horizon})
    return pruned


def _in_batches(database: Database, statement: sa.TextClause, given: dict[str, int]) -> int:
    total = 0
    while True:
        with database.engine.begin() as connection:
            deleted = connection.execute(statement, {**given, "batch": BATCH}).rowcount
        total += deleted
        if deleted < BATCH:
            return total
