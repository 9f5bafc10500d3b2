"""Requests for overtime: asked for, ended once, confirmed; behind a person's lock no cap is outrun."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.ports.overtime import OvertimeWishes
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.overtime.overtime import (
    COUNTING,
    Compensation,
    OvertimeDay,
    OvertimeEnd,
    OvertimeRequest,
    OvertimeState,
    OvertimeWish,
    Percent,
)
from bylaw_attendance.store.overtime_tables import overtime_requests

COLUMNS = overtime_requests.c
WAITS = COLUMNS.state == OvertimeState.WAITING.value
COUNTS = COLUMNS.state.in_([state.value for state in COUNTING])
_KNOWN = sa.select(overtime_requests, people.c.number).outerjoin(people, people.c.person == COLUMNS.person)


def lock_person(connection: sa.Connection, person: UUID) -> None:
    """One change at a time of a person's overtime, until the transaction ends."""
    key = sa.func.hashtextextended(f"overtime/{person}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def add(connection: sa.Connection, made: OvertimeRequest, *, wish_key: str | None) -> None:
    """Keeps a request that waits."""
    wish = made.wish
    row = {
        "id": made.identifier,
        "person": made.person,
        "work_date": wish.work_date,
        "wall_start": wish.span[0],
        "wall_end": wish.span[1],
        "start_minute": made.start,
        "end_minute": made.end,
        "compensation": wish.compensation.value,
        "reason": wish.reason,
        "wish_key": wish_key,
        "asked_at": made.asked_at,
        **_day(made.day),
    }
    connection.execute(overtime_requests.insert().values(row))


def find(connection: sa.Connection, identifier: UUID) -> OvertimeRequest | None:
    """A request as it stands."""
    return _first(connection, _KNOWN.where(COLUMNS.id == identifier))


def by_wish(connection: sa.Connection, person: UUID, wish_key: str) -> OvertimeRequest | None:
    """What was kept of the same wish before."""
    return _first(connection, _KNOWN.where(COLUMNS.person == person, COLUMNS.wish_key == wish_key))


def counting(connection: sa.Connection, of_people: Collection[UUID], first: date, last: date) -> list[OvertimeRequest]:
    """What waits or was agreed of these people from one day to another, by day."""
    query = _KNOWN.where(COUNTS, COLUMNS.person == sa.any_(uuids(of_people)), COLUMNS.work_date.between(first, last))
    return [_request(row) for row in connection.execute(query.order_by(COLUMNS.start_minute))]


def on_day(connection: sa.Connection, person: UUID, day: date) -> list[OvertimeRequest]:
    """All that somebody asked for on a day, whatever became of it, in the order of its time."""
    query = _KNOWN.where(COLUMNS.person == person, COLUMNS.work_date == day).order_by(COLUMNS.start_minute, COLUMNS.id)
    return [_request(row) for row in connection.execute(query)]


def ask(connection: sa.Connection, identifier: UUID, decision: UUID) -> OvertimeRequest | None:
    """Notes the decision that was asked for, once."""
    unasked = COLUMNS.decision.is_(None)
    connection.execute(overtime_requests.update().where(COLUMNS.id == identifier, unasked).values(decision=decision))
    return find(connection, identifier)


def end(connection: sa.Connection, identifier: UUID, ending: OvertimeEnd) -> OvertimeRequest | None:
    """Ends a request that waits, or takes back an agreed one; nothing where it is neither."""
    before = COUNTS if ending.state is OvertimeState.WITHDRAWN else WAITS
    told = {"state": ending.state.value, "ended_at": ending.at, "ended_by": ending.by}
    return _changed(connection, identifier, before, told)


def confirm(connection: sa.Connection, identifier: UUID, day: OvertimeDay) -> OvertimeRequest | None:
    """Keeps what the day of an agreed request is now; nothing where it is not agreed."""
    return _changed(connection, identifier, COLUMNS.state == OvertimeState.AGREED.value, _day(day))


def for_time_off(connection: sa.Connection, first: date, last: date) -> list[OvertimeRequest]:
    """What was agreed and is wanted as time off, from one day to another."""
    agreed, wanted = OvertimeState.AGREED.value, Compensation.TIME_OFF.value
    of_days = COLUMNS.work_date.between(first, last)
    query = _KNOWN.where(COLUMNS.state == agreed, COLUMNS.compensation == wanted, of_days)
    return [_request(row) for row in connection.execute(query.order_by(COLUMNS.id))]


def forget(connection: sa.Connection, identifier: UUID) -> None:
    """Takes out what was kept and that people would not have asked: it never waited for anybody."""
    never = (COLUMNS.id == identifier, WAITS, COLUMNS.decision.is_(None))
    connection.execute(overtime_requests.delete().where(*never))


def never_asked(connection: sa.Connection, before: datetime) -> list[OvertimeRequest]:
    """Requests kept before an instant that wait without a decision."""
    query = _KNOWN.where(WAITS, COLUMNS.decision.is_(None), COLUMNS.asked_at < before)
    return [_request(row) for row in connection.execute(query)]


def listed(
    connection: sa.Connection, wish: OvertimeWishes, reach: Reach, *, day: date, page: tuple[UUID | None, int]
) -> list[OvertimeRequest]:
    """Requests of whom a reach holds on a day, newest first, behind a place."""
    after, limit = page
    query = _KNOWN.where(reached(reach, COLUMNS.person, day, day), *_wished(wish, day))
    if after:
        query = query.where(COLUMNS.id < after)
    return [_request(row) for row in connection.execute(query.order_by(COLUMNS.id.desc()).limit(limit))]


def _wished(wish: OvertimeWishes, day: date) -> Iterator[sa.ColumnElement[bool]]:
    if wish.unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, day, day), stays.c.unit.in_(subtree({wish.unit}, day)))
        yield COLUMNS.person.in_(inside)
    if wish.person:
        yield COLUMNS.person == wish.person
    if wish.month:
        yield COLUMNS.work_date.between(wish.month, last_day(wish.month))
    if wish.state:
        yield COLUMNS.state == wish.state.value


def _changed(
    connection: sa.Connection, identifier: UUID, before: sa.ColumnElement[bool], told: dict[str, Any]
) -> OvertimeRequest | None:
    changed = overtime_requests.update().where(COLUMNS.id == identifier, before)
    found = connection.execute(changed.values(revision=COLUMNS.revision + 1, **told)).rowcount
    return find(connection, identifier) if found else None


def _day(day: OvertimeDay) -> dict[str, Any]:
    return {"percent": day.percent.value, "planned": [list(span) for span in day.planned]}


def _first(connection: sa.Connection, query: sa.Select[Any]) -> OvertimeRequest | None:
    row = connection.execute(query).one_or_none()
    return _request(row) if row else None


def _request(row: Any) -> OvertimeRequest:
    wish = OvertimeWish(row.work_date, (row.wall_start, row.wall_end), Compensation(row.compensation), row.reason)
    day = OvertimeDay(Percent(row.percent), tuple((start, end) for start, end in row.planned))
    ending = OvertimeEnd(OvertimeState(row.state), row.ended_at, row.ended_by) if row.ended_at else None
    return OvertimeRequest(
        row.id,
        row.person,
        wish,
        row.start_minute,
        row.end_minute,
        day,
        row.asked_at,
        row.decision,
        row.revision,
        ending,
        row.number or "",
    )
