"""What jobs and timers say to PostgreSQL: every time is the server's, so that no wrong clock steals a lease."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import jobs
from bylaw_chassis.values import new_id

_NOW = sa.func.now()
ABANDONED_SECONDS = 60.0


def _seconds(number: Any) -> Any:
    return sa.func.make_interval(0, 0, 0, 0, 0, 0, sa.cast(number, sa.Double))


_RELEASED = {"claim": None, "lease_until": None}
_DUE = sa.and_(
    jobs.c.finished_at.is_(None),
    jobs.c.run_at <= _NOW,
    sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until < _NOW),
)
_NEXT = (
    sa.select(jobs.c.id)
    .where(_DUE, jobs.c.kind.in_(sa.bindparam("kinds", expanding=True)))
    .order_by(jobs.c.run_at)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = (
    jobs.update()
    .where(jobs.c.id == _NEXT)
    .values(
        claim=sa.bindparam("new_claim"),
        lease_until=_NOW + _seconds(sa.bindparam("lease_seconds")),
        attempts=jobs.c.attempts + 1,
    )
    .returning(jobs)
)
_FINISH = (
    jobs.update()
    .where(jobs.c.id == sa.bindparam("job"), jobs.c.claim == sa.bindparam("held"))
    .values(
        **_RELEASED,
        attempts=0,
        last_error="",
        run_at=sa.func.coalesce(_NOW + _seconds(jobs.c.every_seconds), jobs.c.run_at),
        finished_at=sa.case((jobs.c.every_seconds.is_(None), _NOW), else_=None),
    )
)


def write_timers(connection: sa.Connection, timers: Iterable[tuple[str, float]]) -> None:
    """A row a timer for the whole installation; a shorter interval holds from now, not from the next run.

    A timer of a kind not among them is forgotten once nobody has run it for a minute: a later version knows it no more.
    One that is run belongs to another version's worker beside this one.
    """
    timers = sorted(timers)  # every worker locks them in this order
    _forget_others(connection, [kind for kind, _ in timers])
    rows = [
        {"id": new_id(), "kind": kind, "key": "timer", "every_seconds": every_seconds, "run_at": _NOW}
        for kind, every_seconds in timers
    ]
    if rows:
        written = pg.insert(jobs).values(rows)
        every_seconds = written.excluded.every_seconds
        sooner = sa.func.least(jobs.c.run_at, _NOW + _seconds(every_seconds))
        again = {"every_seconds": every_seconds, "run_at": sooner, "finished_at": None}
        connection.execute(written.on_conflict_do_update(index_elements=["kind", "key"], set_=again))


def _forget_others(connection: sa.Connection, kinds: Sequence[str]) -> None:
    unknown = sa.and_(jobs.c.every_seconds.is_not(None), jobs.c.kind.not_in(kinds))
    abandoned = sa.and_(
        jobs.c.run_at < _NOW - _seconds(ABANDONED_SECONDS), sa.func.coalesce(jobs.c.lease_until, jobs.c.run_at) < _NOW
    )
    connection.execute(jobs.delete().where(unknown, abandoned))


def add(connection: sa.Connection, kind: str, key: str, payload: bytes) -> None:
    """A job due now; the same kind and key again changes nothing."""
    row = {"id": new_id(), "kind": kind, "key": key, "payload": payload, "run_at": _NOW}
    connection.execute(pg.insert(jobs).values(row).on_conflict_do_nothing())


def due_kinds(conditions: Mapping[str, sa.ColumnElement[bool]]) -> sa.Select[tuple[str]]:
    """The kinds of which something is due and nobody's, of some only where there is anything to do.

    Asked several times a second by whoever has nothing else to do: made once, for making it costs more than it does.
    """
    worth = [sa.and_(jobs.c.kind == kind, condition) for kind, condition in conditions.items()]
    return sa.select(jobs.c.kind).distinct().where(_DUE, sa.or_(jobs.c.kind.not_in([*conditions]), *worth))


def claim(connection: sa.Connection, kinds: Sequence[str], claim: UUID, *, lease_seconds: float) -> Any:
    """The row of a due job that is now ours, or nothing."""
    asked = {"kinds": list(kinds), "new_claim": claim, "lease_seconds": lease_seconds}
    return connection.execute(_CLAIM, asked).one_or_none()


def hold(connection: sa.Connection, job: UUID, claim: UUID) -> bool:
    """Locks a claim until the transaction ends; says whether it is still ours."""
    mine = sa.select(jobs.c.id).where(jobs.c.id == job, jobs.c.claim == claim).with_for_update()
    return connection.execute(mine).first() is not None


def renew(connection: sa.Connection, job: UUID, claim: UUID, *, lease_seconds: float) -> bool:
    """Extends a lease; says whether the claim is still ours. A row that its holder has locked is left as it is."""
    mine = sa.and_(jobs.c.id == job, jobs.c.claim == claim)
    unlocked = sa.select(jobs.c.id).where(mine).with_for_update(skip_locked=True).scalar_subquery()
    until = _NOW + _seconds(lease_seconds)
    if connection.execute(jobs.update().where(jobs.c.id == unlocked).values(lease_until=until)).rowcount:
        return True
    return connection.execute(sa.select(jobs.c.id).where(mine)).first() is not None


def finish(connection: sa.Connection, job: UUID, claim: UUID) -> None:
    """A job is done; a timer is due again after its interval."""
    connection.execute(_FINISH, {"job": job, "held": claim})


def fail(
    connection: sa.Connection, job: UUID, claim: UUID, *, error: str, retry_seconds: float, most_attempts: int
) -> None:
    """Tries again later, ever later; after the last attempt a job is parked, a timer never."""
    parked = sa.and_(jobs.c.every_seconds.is_(None), jobs.c.attempts >= most_attempts)
    values = {
        **_RELEASED,
        "last_error": error,
        "run_at": _NOW + _seconds(sa.func.least(jobs.c.attempts * retry_seconds, 60.0)),
        "finished_at": sa.case((parked, _NOW), else_=None),
    }
    _end(connection, job, claim, values)


def postpone(connection: sa.Connection, job: UUID, claim: UUID, *, seconds: float) -> None:
    """Tries again later as if it had not been tried."""
    values = {**_RELEASED, "attempts": jobs.c.attempts - 1, "run_at": _NOW + _seconds(seconds)}
    _end(connection, job, claim, values)


def _end(connection: sa.Connection, job: UUID, claim: UUID, values: Mapping[str, object]) -> None:
    connection.execute(jobs.update().where(jobs.c.id == job, jobs.c.claim == claim).values(**values))
