"""What the doctor examines of decisions: what waits asks whom the rule says, and what is over was told."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from bylaw.people.v1 import feed_pb2
from bylaw_chassis.doctor import Examined, Finding, Words
from bylaw_chassis.tables import feed, outbox

from bylaw_people.events import DECISION_STATES
from bylaw_people.rules.decisions.decision import Decision, State
from bylaw_people.rules.decisions.reseating import changed_slots, reseated, wanted_by
from bylaw_people.store.decision_posts import PostsOfDay
from bylaw_people.store.decision_reading import with_open_slots
from bylaw_people.store.decision_tables import decisions, slots
from bylaw_people.store.decision_times import organisation_asked

NAME = "decisions"
CURE = Words(
    "有人改动过数据库：请与备份比对并恢复；若定时任务停了，请查看日志中的 job_failed。",
    "Somebody changed the database: compare with a back-up and restore it; if the timers stopped, see job_failed in"
    " the log.",
)
OVER = [state.value for state in State if state.over]


def decided(connection: sa.Connection, _: Examined) -> Finding:
    """What waits has an open place and asks whom the rule says; nothing else has; the feed tells what is over."""
    waiting = _waiting(connection)
    idle = sum(not one.open_slots for one in waiting)
    astray = _open_though_over(connection)
    otherwise, day = _asked_otherwise(connection, waiting)
    untold = _untold(connection)
    asked_zh, asked_en = (
        (f"问错人的 {otherwise} 项", f"{otherwise} ask others than the rule says")
        if day
        else ("组织刚有变化，所问之人本次未核对", "the organisation has just changed, whom they ask was not compared")
    )
    return Finding(
        NAME,
        not (idle or astray or otherwise or untold),
        Words(
            f"待决 {len(waiting)} 项，不在任何一步的 {idle} 项，{asked_zh}；"
            f"已结仍开着的 {astray} 处，结果未告知的 {untold} 项。",
            f"{len(waiting)} wait, {idle} of them at no step, {asked_en}; {astray} places are open though it is over,"
            f" {untold} outcomes were not told.",
        ),
        CURE,
    )


def _waiting(connection: sa.Connection) -> list[Decision]:
    statement = sa.select(decisions).where(decisions.c.state == State.WAITING.value).order_by(decisions.c.id)
    return with_open_slots(connection, connection.execute(statement).all())


def _open_though_over(connection: sa.Connection) -> int:
    joined = slots.join(decisions, decisions.c.id == slots.c.decision)
    counted = sa.select(sa.func.count()).select_from(joined)
    return connection.execute(counted.where(slots.c.open, decisions.c.state != State.WAITING.value)).scalar_one()


def _asked_otherwise(connection: sa.Connection, waiting: Sequence[Decision]) -> tuple[int, date | None]:
    """How many ask others than the organisation has them ask, and the day of it; none while that is still followed.

    A place that nobody is asked at is in order where the rule finds nobody: opinions of a unit without a head wait on.
    """
    day = organisation_asked(connection)
    if day is None:
        return 0, None
    posts = PostsOfDay(connection).on(day, wanted_by(waiting))
    pairs = ((before, now) for one in waiting for before, now in changed_slots(one, reseated(one, posts)))
    return sum(set(before.seats) != set(now.seats) for before, now in pairs), day


def _untold(connection: sa.Connection) -> int:
    """Decisions that are over and whose newest event says something else, or that have none."""
    over = connection.execute(sa.select(decisions.c.id, decisions.c.state).where(decisions.c.state.in_(OVER))).all()
    told = {key: feed_pb2.Event.FromString(payload) for key, payload in _newest_events(connection)}
    return sum(
        str(row.id) not in told or told[str(row.id)].decision_changed.state != DECISION_STATES[State(row.state)]
        for row in over
    )


def _newest_events(connection: sa.Connection) -> list[tuple[str, bytes]]:
    """By decision: what waits in the outbox comes behind what has its place in the feed."""
    placed, waiting = (
        sa.select(table.c.key, table.c.payload).where(table.c.kind == "decision_changed").order_by(order)
        for table, order in ((feed, feed.c.position), (outbox, outbox.c.id))
    )
    rows = [*connection.execute(placed), *connection.execute(waiting)]
    return [(row.key, row.payload) for row in rows]
