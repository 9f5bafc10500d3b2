"""What is not sealed yet: in which incarnations of the server, from which transaction on, how much and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.audit.tables import audit, audit_seals

LATE_AFTER = timedelta(seconds=6)
"""A row that waits for its seal five seconds longer than it should raises an alarm: in the log, and with the doctor."""

# From incarnation to incarnation by the index; of each whether a row waits behind its last seal. The present one last.
_UNFINISHED = sa.text("""
    with recursive every (incarnation) as (
        (select min(incarnation) from audit)
        union all
        select (select min(incarnation) from audit where incarnation > every.incarnation) from every
        where every.incarnation is not null
    )
    select every.incarnation, coalesce(last.to_xid, '0')::text as sealed_to
    from every left join lateral (
        select to_xid from audit_seals where incarnation = every.incarnation order by number desc limit 1
    ) as last on true
    where exists (
        select from audit where incarnation = every.incarnation and xid >= coalesce(last.to_xid, '0')
    )
    order by every.incarnation = pg_postmaster_start_time(), every.incarnation
""")


ROWS_WAIT: sa.ColumnElement[bool] = sa.literal_column(
    """coalesce((
        select last.incarnation <> pg_postmaster_start_time() or exists (
            select from audit where audit.incarnation = last.incarnation and audit.xid >= last.to_xid)
        from audit_seals as last order by number desc limit 1
    ), exists (select from audit))""",
    sa.Boolean,
)
"""Whether a row may wait for its seal; of a server that was started anew: until the first one."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An incarnation of the server in which rows wait, from this transaction on."""

    incarnation: datetime
    sealed_to: int


@dataclass(frozen=True, slots=True)
class Tail:
    """How many rows are not sealed, and since when the oldest waits."""

    rows: int
    oldest: datetime | None

    def age(self, now: datetime) -> timedelta:
        """How long the oldest row has waited."""
        return max(now - self.oldest, timedelta()) if self.oldest else timedelta()

    def is_late(self, now: datetime) -> bool:
        """Whether it has waited too long."""
        return self.age(now) > LATE_AFTER


def newest_seal(connection: sa.Connection) -> Any:
    """The row of the newest seal; nothing before the first."""
    return connection.execute(sa.select(audit_seals).order_by(audit_seals.c.number.desc()).limit(1)).one_or_none()


def unfinished(connection: sa.Connection, newest: Any, current: datetime) -> list[Unfinished]:
    """Where something may wait; once the present incarnation has a seal, all before it are finished."""
    if newest and newest.incarnation == current:
        return [Unfinished(current, newest.to_xid)]
    return [Unfinished(row.incarnation, int(row.sealed_to)) for row in connection.execute(_UNFINISHED)]


def unsealed(connection: sa.Connection) -> Tail:
    """The tail, as one snapshot has it."""
    columns = audit.c
    current: datetime = connection.execute(sa.select(sa.func.pg_postmaster_start_time())).scalar_one()
    rows, oldest = 0, None
    for part in unfinished(connection, newest_seal(connection), current):
        waiting = sa.and_(columns.incarnation == part.incarnation, columns.xid >= part.sealed_to)
        counted = sa.select(sa.func.count(), sa.func.min(columns.recorded_at)).where(waiting)
        more, since = connection.execute(counted).one()
        rows += more
        oldest = min(filter(None, (oldest, since)), default=None)
    return Tail(rows, oldest)
