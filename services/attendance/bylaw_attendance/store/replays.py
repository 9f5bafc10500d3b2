"""Replays: asked for, moved batch by batch, ended, forgotten; and what they found of each person's month."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.kept_reach import reach_from_json, reach_to_json
from bylaw_chassis.organisation.queries import BY_NUMBER
from bylaw_chassis.organisation.tables import people
from bylaw_chassis.tables import jobs

from bylaw_attendance.rules.replay.replay import (
    NO_FIGURES,
    ListedMonth,
    Outcome,
    Position,
    Replay,
    ReplayedMonth,
    ReplayState,
    added,
    faults_from,
    faults_json,
)
from bylaw_attendance.store.replay_reach import seen
from bylaw_attendance.store.tables import replay_months, replays

PLAIN = ("id", "unit", "first_month", "last_month", "pattern", "replaced", "created_by", "created_at", "total")
MOVING = ("done", "change_count", "finished_at", "cancelled_by")
SHOWN_FAULTS = 100
ROWS_AT_ONCE = 20
"""Few, for a page of changes often ends within one person's month."""
_MONTHS = replay_months.c
_GOING_ON = [int(ReplayState.WAITING), int(ReplayState.RUNNING)]


def add(connection: sa.Connection, made: Replay) -> None:
    """Keeps a replay that waits."""
    row: dict[str, Any] = {name: getattr(made, name) for name in (*PLAIN, *MOVING)}
    row |= {"before_figures": list(NO_FIGURES), "after_figures": list(NO_FIGURES), "state": int(made.state)}
    row |= {"followed": list(made.followed)}
    row |= {"parameters": orjson.loads(made.parameters), "reach": reach_to_json(made.reach)}
    connection.execute(replays.insert().values(row))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Replay | None:
    """A replay; `lock` keeps others from moving it until the transaction ends."""
    query = sa.select(replays).where(replays.c.id == identifier)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _replay(row) if row else None


def _replay(row: Any) -> Replay:
    return Replay(
        state=ReplayState(row.state),
        parameters=orjson.dumps(row.parameters, option=orjson.OPT_SORT_KEYS).decode(),
        reach=reach_from_json(row.reach),
        position=Position.from_json(row.position) if row.position else None,
        before=tuple(row.before_figures),
        after=tuple(row.after_figures),
        followed=tuple(row.followed),
        **{name: getattr(row, name) for name in (*PLAIN, *MOVING)},
    )


def move(
    connection: sa.Connection, moved: Replay, position: Position, *, looked_at: int, months: Sequence[ReplayedMonth]
) -> None:
    """Adds what a batch came to, and says how far it is; behind the replay's lock."""
    if months:
        connection.execute(replay_months.insert(), [_row(moved.id, month) for month in months])
    compared = [(one.before, one.after) for one in months if one.before is not None and one.after is not None]
    _update(
        connection,
        moved.id,
        state=int(ReplayState.RUNNING),
        position=position.to_json(),
        done=moved.done + looked_at,
        before_figures=list(added(moved.before, *(before for before, _ in compared))),
        after_figures=list(added(moved.after, *(after for _, after in compared))),
        change_count=moved.change_count + sum(month.change_count for month in months),
        followed=list(moved.followed),
    )


def _row(replay: UUID, month: ReplayedMonth) -> dict[str, Any]:
    return {
        "replay": replay,
        "person": month.person,
        "month": month.month,
        "before_figures": month.before and list(month.before),
        "after_figures": month.after and list(month.after),
        "change_count": month.change_count,
        "changes": month.changes,
        "faults": faults_json(month.faults),
    }


def end(
    connection: sa.Connection, identifier: UUID, state: ReplayState, now: datetime, *, cancelled_by: str = ""
) -> None:
    """Ends it."""
    _update(connection, identifier, state=int(state), finished_at=now, cancelled_by=cancelled_by)


def listed(
    connection: sa.Connection,
    caller: Caller,
    reach: Reach,
    state: ReplayState | None,
    *,
    page: tuple[UUID | None, int],
) -> list[Replay]:
    """Those that a caller may see, newest first, behind a place: ids are in order of time."""
    after, limit = page
    conditions = [replays.c.id < after] if after else []
    conditions += [replays.c.state == int(state)] if state else []
    query = sa.select(replays).where(seen(caller, reach), *conditions).order_by(replays.c.id.desc())
    return [_replay(row) for row in connection.execute(query.limit(limit))]


def lock_unfinished(connection: sa.Connection, creator: str) -> list[Replay]:
    """What of somebody's waits or runs, oldest first; until the transaction ends nobody else may add to it."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"replays/{creator}", 0))))
    query = sa.select(replays).where(replays.c.created_by == creator, replays.c.state.in_(_GOING_ON))
    return [_replay(row) for row in connection.execute(query.order_by(replays.c.id))]


def _update(connection: sa.Connection, identifier: UUID, **values: object) -> None:
    connection.execute(replays.update().where(replays.c.id == identifier).values(values))


def parked(connection: sa.Connection, kind: str) -> list[Replay]:
    """Replays that nobody runs any more though they have not ended, locked: their job, of this kind, was parked."""
    mine = sa.and_(jobs.c.kind == kind, jobs.c.key == sa.cast(replays.c.id, sa.Text))
    given_up = sa.exists().where(mine, jobs.c.finished_at.is_not(None))
    query = sa.select(replays).where(replays.c.state.in_(_GOING_ON), given_up)
    return [_replay(row) for row in connection.execute(query.order_by(replays.c.id).with_for_update())]


def forget(connection: sa.Connection, before: datetime) -> int:
    """Removes replays that were started before, with all they found; answers how many."""
    return connection.execute(replays.delete().where(replays.c.created_at < before)).rowcount


def outcome(connection: sa.Connection, identifier: UUID) -> Outcome:
    """How many people change and how many months were compared, and the first of those that could not be."""
    counted = outcomes(connection, [identifier])[identifier]
    first = _listed(identifier).where(_MONTHS.faults.is_not(None)).limit(SHOWN_FAULTS)
    return counted._replace(faults=[_month(row) for row in connection.execute(first)])


def outcomes(connection: sa.Connection, identifiers: Sequence[UUID]) -> dict[UUID, Outcome]:
    """The same of several replays, the faults themselves left out."""
    uncompared = _MONTHS.faults.is_not(None)
    query = sa.select(
        _MONTHS.replay,
        sa.func.count(_MONTHS.person.distinct()).filter(_MONTHS.change_count > 0),
        sa.func.count().filter(~uncompared),
        sa.func.count().filter(uncompared),
        sa.func.coalesce(sa.func.sum(sa.func.jsonb_array_length(_MONTHS.faults)), 0),
    ).where(_MONTHS.replay.in_(identifiers))
    found = {row[0]: Outcome(*row[1:]) for row in connection.execute(query.group_by(_MONTHS.replay))}
    return {identifier: found.get(identifier, Outcome()) for identifier in identifiers}


def changed(
    connection: sa.Connection, identifier: UUID, *, start: tuple[str, UUID, date] | None
) -> Iterator[ListedMonth]:
    """The months with changes by number, person and month, from a place on; read as they are asked for."""
    query = _listed(identifier).where(_MONTHS.change_count > 0)
    if start:
        number, person, month = start
        place = sa.tuple_(sa.literal(number), sa.literal(person, _MONTHS.person.type), sa.literal(month))
        query = query.where(sa.tuple_(*BY_NUMBER, _MONTHS.month) >= place)
    with connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)) as rows:
        yield from map(_month, rows)


def every(connection: sa.Connection, identifier: UUID) -> Iterator[ListedMonth]:
    """All of its months, likewise, the changes left out."""
    for row in connection.execute(_listed(identifier, sa.literal(b"").label("changes"))):
        yield _month(row)


def _listed(replay: UUID, changes: sa.ColumnElement[bytes] = _MONTHS.changes) -> sa.Select[Any]:
    columns = [column for column in _MONTHS if column.name != "changes"]
    query = sa.select(people.c.number, people.c.display_name, *columns, changes)
    joined = query.join(people, people.c.person == _MONTHS.person)
    return joined.where(_MONTHS.replay == replay).order_by(*BY_NUMBER, _MONTHS.month)


def _month(row: Any) -> ListedMonth:
    before, after = (figures and tuple(figures) for figures in (row.before_figures, row.after_figures))
    said = (row.change_count, row.changes, faults_from(row.faults))
    return ListedMonth(row.number, row.display_name, ReplayedMonth(row.person, row.month, before, after, *said))
