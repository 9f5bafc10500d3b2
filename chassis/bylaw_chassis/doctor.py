"""The doctor: what can be proved of a service's database by looking at it; every check says what to do when it fails.

A check reads on one snapshot with the service's own role and writes nothing. What belongs to a business stands in the
service's own `doctor.py`; these are the checks of what every service has.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from bylaw_chassis.audit.checks import audit_chain, audit_heads, audit_tail
from bylaw_chassis.findings import NO_CURE, Check, Examined, Finding, Words
from bylaw_chassis.migrate import newest_revisions
from bylaw_chassis.outcome_check import NAME as OUTCOMES
from bylaw_chassis.outcome_check import outcomes_applied
from bylaw_chassis.tables import feed, feed_state, jobs, outbox, request_keys

__all__ = ["NO_CURE", "Check", "Examined", "Finding", "Words", "examine"]

OUTBOX_AGE = timedelta(seconds=60)
TIMER_DELAY = timedelta(minutes=5)
PURGE_DELAY = timedelta(hours=3)
FAILURES_IN_A_ROW = 3


def examine(examined: Examined, checks: Sequence[tuple[str, Check]] = ()) -> list[Finding]:
    """Runs the checks every service has, then the service's own, on one snapshot.

    Of a schema that is not up to date only that is said: the rest would be noise.
    """
    with examined.database.read() as connection:
        revisions = _safely(connection, examined, ("schema", schema_is_newest))
        if not revisions.holds:
            return [revisions]
        named: list[tuple[str, Check]] = [
            *GENERAL,
            *(
                (f"append-only {table}", partial(append_only, table=table))
                for table in examined.migrations.unchangeable
            ),
            *checks,
        ]
        return [revisions, *(_safely(connection, examined, check) for check in named)]


def _safely(connection: sa.Connection, examined: Examined, named: tuple[str, Check]) -> Finding:
    """Runs a check; one that cannot be made has not been passed."""
    name, check = named
    try:
        with connection.begin_nested():
            return check(connection, examined)
    except sa.exc.SQLAlchemyError as error:
        why = type(getattr(error, "orig", error)).__name__
        return Finding(
            name,
            holds=False,
            seen=Words(f"无法检查({why})。", f"could not be examined ({why})."),
            cure=Words(
                "请先运行 `bylaw migrate`，再查看数据库日志。", "Run `bylaw migrate`, then see the database's log."
            ),
        )


def schema_is_newest(connection: sa.Connection, examined: Examined) -> Finding:
    """The schema has every revision of the chassis and of the service."""
    newest = newest_revisions(examined.migrations)
    held = {
        table: connection.execute(sa.text(f"select version_num from {table}")).scalar()  # noqa: S608 - our own names
        for table in newest
        if connection.execute(sa.select(sa.func.to_regclass(table))).scalar()
    }
    shown = ", ".join(str(held.get(table) or "-") for table in newest)
    wanted = ", ".join(newest.values())
    return Finding(
        "schema",
        held == newest,
        Words(f"现为 {shown}，最新为 {wanted}。", f"its revisions are {shown}; the newest are {wanted}."),
        Words("请运行 `bylaw migrate`(单机版重启即可)。", "Run `bylaw migrate` (on one machine a restart does it)."),
    )


def feed_has_no_gaps(connection: sa.Connection, _: Examined) -> Finding:
    """Positions run without gaps from where the feed was pruned to the last one that was given."""
    state = connection.execute(sa.select(feed_state)).one()
    above = feed.c.position > state.pruned_to
    count, highest = connection.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(feed.c.position), state.pruned_to)).where(above)
    ).one()
    missing = state.last_position - state.pruned_to - count
    beyond = highest > state.last_position
    return Finding(
        "feed",
        missing == 0 and not beyond,
        Words(
            f"最后位置 {state.last_position}，位置 {state.pruned_to} 之后有 {count} 条，缺 {missing} 条。",
            f"ends at position {state.last_position}; {count} entries behind position {state.pruned_to},"
            f" {missing} missing.",
        ),
        Words(
            "有人绕过系统改动了事件流：请从备份恢复，并查明谁有数据库管理权限。",
            "Somebody changed the feed behind Bylaw's back: restore a back-up and find out who may administer the"
            " database.",
        ),
    )


def outbox_drains(connection: sa.Connection, examined: Examined) -> Finding:
    """Nothing waits in the outbox for longer than a minute."""
    late = sa.func.count().filter(outbox.c.occurred_at < sa.func.now() - OUTBOX_AGE)
    count, old = connection.execute(sa.select(sa.func.count(), late).select_from(outbox)).one()
    return Finding(
        "outbox",
        not (old and examined.running),
        Words(f"等待 {count} 条，其中 {old} 条超过一分钟。", f"{count} facts wait, {old} of them over a minute."),
        Words(
            "定时任务没有运行：请查看日志中的 job_failed。", "The timers do not run: look for job_failed in the log."
        ),
    )


def jobs_run(connection: sa.Connection, examined: Examined) -> Finding:
    """No job was given up, no timer fails again and again, and none is long overdue."""
    timed = jobs.c.every_seconds.is_not(None)
    parked = sa.and_(jobs.c.finished_at.is_not(None), jobs.c.last_error != "")
    failing = sa.and_(timed, jobs.c.last_error != "", jobs.c.attempts >= FAILURES_IN_A_ROW)
    overdue = sa.and_(timed, jobs.c.run_at < sa.func.now() - TIMER_DELAY, sa.literal(examined.running))
    rows = connection.execute(
        sa.select(jobs.c.kind, jobs.c.key, jobs.c.last_error).where(sa.or_(parked, failing, overdue))
    ).all()
    kinds = ", ".join(sorted({f"{row.kind} {row.key} {row.last_error or 'overdue'}" for row in rows}))
    return Finding(
        "jobs",
        not rows,
        Words(f"放弃、屡败或逾期的任务：{kinds or '无'}。", f"given up, failing or overdue: {kinds or 'none'}."),
        Words(
            "查看日志中该任务的错误并改正；导入任务请重新提交文件，"
            "其他任务在 jobs 表中清空 finished_at 与 last_error 即重新运行。",
            "See its error in the log and mend it; hand an import's file in again;"
            " any other job runs again once its finished_at and last_error in `jobs` are cleared.",
        ),
    )


def keys_are_purged(connection: sa.Connection, examined: Examined) -> Finding:
    """Request keys, which hold answers, are forgotten in time."""
    latest = sa.func.now() - timedelta(hours=examined.request_key_hours) - PURGE_DELAY
    old = sa.func.count().filter(request_keys.c.created_at < latest)
    count, late = connection.execute(sa.select(sa.func.count(), old).select_from(request_keys)).one()
    return Finding(
        "request keys",
        not (late and examined.running),
        Words(
            f"{count} 个，其中 {late} 个超过 {examined.request_key_hours} 小时仍未清除。",
            f"{count} kept, {late} of them beyond {examined.request_key_hours} hours.",
        ),
        Words(
            "清理任务没有运行：请查看日志中的 job_failed。", "The purge does not run: look for job_failed in the log."
        ),
    )


def append_only(connection: sa.Connection, examined: Examined, table: str) -> Finding:
    """The service's own role cannot change the table, and nobody has since the server began to count."""
    name = f"{examined.migrations.schema}.{table}"
    may = connection.execute(
        sa.text(
            "select has_table_privilege(:name, 'update, delete, truncate') or has_any_column_privilege(:name, 'update')"
        ),
        {"name": name},
    ).scalar_one()
    changed = connection.execute(
        sa.text(
            "select coalesce(pg_stat_get_tuples_updated(:name ::regclass), 0)"
            " + coalesce(pg_stat_get_tuples_deleted(:name ::regclass), 0)"
        ),
        {"name": name},
    ).scalar_one()
    return Finding(
        f"append-only {table}",
        not may and not changed,
        Words(
            f"服务角色{'可以' if may else '不能'}改写；已被改写或删除 {changed} 行。",
            f"the service's role {'CAN' if may else 'cannot'} change it; {changed} rows were changed or deleted.",
        ),
        Words(
            "权限由 `bylaw migrate` 收回；被改写的行请与备份比对，并查明谁有数据库管理权限。",
            "`bylaw migrate` takes the right away again; compare changed rows with a back-up and find out who may"
            " administer the database.",
        ),
    )


GENERAL: Sequence[tuple[str, Check]] = (
    ("feed", feed_has_no_gaps),
    ("outbox", outbox_drains),
    ("jobs", jobs_run),
    ("request keys", keys_are_purged),
    ("audit chain", audit_chain),
    ("audit tail", audit_tail),
    ("audit heads", audit_heads),
    (OUTCOMES, outcomes_applied),
)
