"""The doctor: what can be proved of a service's database by looking at it, each proof by name and in both languages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bylaw_chassis.database import Database
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.tables import feed, feed_state, jobs, outbox

OUTBOX_AGE = timedelta(seconds=60)
TIMER_DELAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: whether it holds, and what was seen."""

    check: str
    holds: bool
    zh: str
    en: str


Check = Callable[[sa.Connection, Database], Finding]


def examine(database: Database, migrations: Migrations, checks: Sequence[Check] = ()) -> list[Finding]:
    """Runs the chassis's checks and the service's own on one snapshot; writes nothing."""
    with database.read() as connection:
        general = (feed_has_no_gaps, outbox_drains, jobs_run)
        found = [check(connection, database) for check in (*general, *checks)]
        return [*found, *append_only(connection, database, migrations.append_only)]


def feed_has_no_gaps(connection: sa.Connection, _: Database) -> Finding:
    """Positions run without gaps up to the last one that was given."""
    last = connection.execute(sa.select(feed_state.c.last_position)).scalar_one()
    lowest, highest, count = connection.execute(
        sa.select(sa.func.min(feed.c.position), sa.func.max(feed.c.position), sa.func.count()).select_from(feed)
    ).one()
    whole = count == 0 or (highest - lowest + 1 == count and highest == last)
    return Finding(
        "feed",
        whole,
        f"事件流共 {count} 条,最后位置 {last}。",
        f"The feed holds {count} entries; the last position is {last}.",
    )


def outbox_drains(connection: sa.Connection, database: Database) -> Finding:
    """Nothing waits in the outbox for longer than a minute."""
    count, oldest = connection.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.occurred_at))).one()
    fresh = oldest is None or database.clock() - oldest < OUTBOX_AGE
    return Finding("outbox", fresh, f"待发事件 {count} 条。", f"{count} facts wait for their place in the feed.")


def jobs_run(connection: sa.Connection, database: Database) -> Finding:
    """No job was given up, and no timer is long overdue."""
    parked = sa.and_(jobs.c.finished_at.is_not(None), jobs.c.last_error != "")
    overdue = sa.and_(jobs.c.every_seconds.is_not(None), jobs.c.run_at < database.clock() - TIMER_DELAY)
    rows = connection.execute(sa.select(jobs.c.kind, jobs.c.last_error).where(sa.or_(parked, overdue))).all()
    kinds = ", ".join(sorted({row.kind for row in rows})) or "-"
    return Finding(
        "jobs", not rows, f"放弃或逾期的任务:{kinds}。", f"Jobs that were given up or timers long overdue: {kinds}."
    )


def append_only(connection: sa.Connection, database: Database, tables: Iterable[str]) -> Iterable[Finding]:
    """The service's own role cannot change or delete what is append-only."""
    for table in tables:
        may = connection.execute(
            sa.text("select has_table_privilege(current_user, :table, 'update, delete, truncate')"),
            {"table": f"{database.schema}.{table}"},
        ).scalar_one()
        yield Finding(
            f"append-only {table}",
            not may,
            f"表 {table} 只可追加。" if not may else f"表 {table} 可被改写!",
            f"{table} can only be added to." if not may else f"{table} can be changed by the service!",
        )
