"""Requests for leave with what they take of each day; behind a person's lock no two take the same part of a day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.leave.leave_request import (
    STANDING,
    Leave,
    LeaveChange,
    LeaveDayTaken,
    LeaveState,
    LeaveTerms,
    LeaveWish,
    LeaveWishes,
    leave_name,
)
from bylaw_attendance.rules.rota.floating_day import FLOATING, FloatingDay
from bylaw_attendance.store.leave_day_rows import (
    OF_DAY,
    OF_REQUEST,
    day_row,
    day_taken,
    excused_day,
    hours_of,
    measured,
)
from bylaw_attendance.store.leave_tables import leave_days, leave_requests

COLUMNS, DAYS = leave_requests.c, leave_days.c
_STANDING = [state.value for state in STANDING]
_KNOWN = sa.select(leave_requests, people.c.number).outerjoin(people, people.c.person == COLUMNS.person)


def add(connection: sa.Connection, made: Leave, *, wish_key: str | None) -> None:
    """Keeps a request that waits."""
    connection.execute(leave_requests.insert().values(_row(made, wish_key)))
    if made.days:
        connection.execute(leave_days.insert(), [day_row(made, day) for day in made.days])


def find(connection: sa.Connection, identifier: UUID) -> Leave | None:
    """A request as it stands."""
    return next(iter(_leaves(connection, _KNOWN.where(COLUMNS.id == identifier))), None)


def by_wish(connection: sa.Connection, person: UUID, wish_key: str) -> Leave | None:
    """What was kept of the same wish before."""
    query = _KNOWN.where(COLUMNS.person == person, COLUMNS.wish_key == wish_key)
    return next(iter(_leaves(connection, query)), None)


def standing(connection: sa.Connection, person: UUID) -> list[Leave]:
    """A person's requests that wait or were agreed."""
    of_person = _KNOWN.where(COLUMNS.person == person, COLUMNS.state.in_(_STANDING))
    return _leaves(connection, of_person.order_by(COLUMNS.id))


def ask(connection: sa.Connection, identifier: UUID, decision: UUID) -> Leave | None:
    """Notes the decision that was asked for, once."""
    unasked = COLUMNS.decision.is_(None)
    changed = leave_requests.update().where(COLUMNS.id == identifier, unasked).values(decision=decision)
    connection.execute(changed)
    return find(connection, identifier)


def settle(connection: sa.Connection, identifier: UUID, state: LeaveState, change: LeaveChange) -> Leave | None:
    """Moves a request that waits, or was agreed and is cancelled, to another state; nothing where it does neither."""
    before = LeaveState.AGREED if state is LeaveState.CANCELLED else LeaveState.WAITING
    here = leave_requests.update().where(COLUMNS.id == identifier, COLUMNS.state == before.value)
    if not connection.execute(here.values(state=state.value, **_changed(change))).rowcount:
        return None
    if state is not LeaveState.AGREED:
        connection.execute(leave_days.update().where(DAYS.request == identifier).values(stands=False))
    return find(connection, identifier)


def give_back(connection: sa.Connection, identifier: UUID, since: date, change: LeaveChange) -> Leave | None:
    """Marks days of an agreed request as given back, from one on."""
    agreed = COLUMNS.state == LeaveState.AGREED.value
    here = leave_requests.update().where(COLUMNS.id == identifier, agreed)
    if not connection.execute(here.values(**_changed(change))).rowcount:
        return None
    back = leave_days.update().where(DAYS.request == identifier, DAYS.work_date >= since)
    connection.execute(back.values(stands=False, given_back=True))
    return find(connection, identifier)


def measure(
    connection: sa.Connection, identifier: UUID, days: Iterable[LeaveDayTaken], change: LeaveChange
) -> Leave | None:
    """Puts right what days of a request that waits or was agreed take; nothing where it is neither."""
    here = leave_requests.update().where(COLUMNS.id == identifier, COLUMNS.state.in_(_STANDING))
    if not connection.execute(here.values(**_changed(change))).rowcount:
        return None
    for day in days:
        own = sa.and_(DAYS.request == identifier, DAYS.work_date == day.work_date)
        connection.execute(leave_days.update().where(own).values(**measured(day)))
    return find(connection, identifier)


def on_days(
    connection: sa.Connection, first: date, last: date | None, of_people: Collection[UUID] | None = None
) -> list[UUID]:
    """Requests that wait or were agreed, and reach one of these days; None: without end, those of everybody."""
    query = sa.select(DAYS.request).distinct().where(DAYS.stands, DAYS.work_date >= first).order_by(DAYS.request)
    if last:
        query = query.where(DAYS.work_date <= last)
    if of_people is not None:
        query = query.where(DAYS.person == sa.any_(uuids(of_people)))
    return list(connection.scalars(query))


def give_back_on(
    connection: sa.Connection, identifier: UUID, days: Collection[date], change: LeaveChange
) -> Leave | None:
    """Marks some days of an agreed request as given back."""
    agreed = COLUMNS.state == LeaveState.AGREED.value
    here = leave_requests.update().where(COLUMNS.id == identifier, agreed)
    if not connection.execute(here.values(**_changed(change))).rowcount:
        return None
    back = leave_days.update().where(DAYS.request == identifier, DAYS.work_date.in_(list(days)))
    connection.execute(back.values(stands=False, given_back=True))
    return find(connection, identifier)


def forget(connection: sa.Connection, identifier: UUID) -> None:
    """Takes out what was kept and that people would not have asked: it never waited for anybody."""
    never = (COLUMNS.id == identifier, COLUMNS.state == LeaveState.WAITING.value, COLUMNS.decision.is_(None))
    waits = sa.exists().where(*never)
    connection.execute(leave_days.delete().where(DAYS.request == identifier, waits))
    connection.execute(leave_requests.delete().where(*never))


def never_asked(connection: sa.Connection, before: datetime) -> list[Leave]:
    """Requests kept before an instant that wait without a decision."""
    lost = (COLUMNS.state == LeaveState.WAITING.value, COLUMNS.decision.is_(None), COLUMNS.asked_at < before)
    return _leaves(connection, _KNOWN.where(*lost))


def excused_between(
    connection: sa.Connection, of_people: Collection[UUID], first: date, last: date
) -> list[ExcusedDay]:
    """The days of agreed requests, from one to another, that were not given back."""
    query = (
        sa.select(*(DAYS[name] for name in OF_DAY), *(COLUMNS[name] for name in OF_REQUEST))
        .join(leave_requests, COLUMNS.id == DAYS.request)
        .where(
            DAYS.stands,
            DAYS.person == sa.any_(uuids(of_people)),
            DAYS.work_date.between(first, last),
            COLUMNS.state == LeaveState.AGREED.value,
        )
    )
    return [excused_day(tuple(row)) for row in connection.execute(query).all()]


def floating_days(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, list[FloatingDay]]:
    """The floating days that these people have asked for as leave, which waits or was agreed."""
    query = (
        sa.select(leave_days)
        .join(leave_requests, COLUMNS.id == DAYS.request)
        .where(DAYS.stands, DAYS.person == sa.any_(uuids(ids)), COLUMNS.balance == FLOATING, DAYS.days_over > 0)
        .order_by(DAYS.work_date, DAYS.request)
    )
    found: dict[UUID, list[FloatingDay]] = {}
    for row in connection.execute(query):
        day = FloatingDay(row.work_date, Fraction(row.days_over, row.days_under), leave_name(row.request))
        found.setdefault(row.person, []).append(day)
    return found


def listed(
    connection: sa.Connection, wish: LeaveWishes, reach: Reach, *, day: date, page: tuple[UUID | None, int]
) -> list[Leave]:
    """Requests of whom a reach holds on a day, newest first, behind a place."""
    after, limit = page
    query = _KNOWN.where(reached(reach, COLUMNS.person, day, day), *_wished(wish, day))
    if after:
        query = query.where(COLUMNS.id < after)
    return _leaves(connection, query.order_by(COLUMNS.id.desc()).limit(limit))


def _wished(wish: LeaveWishes, day: date) -> Iterator[sa.ColumnElement[bool]]:
    if wish.unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, day, day), stays.c.unit.in_(subtree({wish.unit}, day)))
        yield COLUMNS.person.in_(inside)
    if wish.person:
        yield COLUMNS.person == wish.person
    if wish.state:
        yield COLUMNS.state == wish.state.value
    if wish.first:
        yield COLUMNS.last_day >= wish.first
    if wish.last:
        yield COLUMNS.first_day <= wish.last


def _changed(change: LeaveChange) -> dict[str, Any]:
    told = {"changed_at": change.at, "changed_by": change.by, "change_text": change.text}
    return {**told, "revision": COLUMNS.revision + 1}


def _leaves(connection: sa.Connection, query: sa.Select[Any]) -> list[Leave]:
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    found: dict[UUID, list[LeaveDayTaken]] = {identifier: [] for identifier in ids}
    of_days = sa.select(leave_days).where(DAYS.request == sa.any_(uuids(ids))).order_by(DAYS.work_date)
    hours = {row.id: hours_of(row) for row in rows}
    for day in connection.execute(of_days) if ids else ():
        found[day.request].append(day_taken(day, hours[day.request]))
    return [_leave(row, found[row.id]) for row in rows]


def _leave(row: Any, days: Iterable[LeaveDayTaken]) -> Leave:
    return Leave(
        row.id,
        row.person,
        LeaveWish(row.kind, row.first_day, row.last_day, row.starts, row.ends, hours_of(row), row.reason, row.evidence),
        LeaveTerms(row.policy, (row.title_zh, row.title_en), row.clause, row.balance, row.balance_unit, row.paid),
        tuple(days),
        row.asked_at,
        LeaveState(row.state),
        row.decision,
        row.revision,
        LeaveChange(row.changed_at, row.changed_by, row.change_text) if row.changed_at else None,
        row.number or "",
        tuple(row.steps),
    )


def _row(made: Leave, wish_key: str | None) -> dict[str, object]:
    wish, terms = made.wish, made.terms
    start, end = wish.hours or (None, None)
    return {
        "id": made.identifier,
        "person": made.person,
        "wish_key": wish_key,
        "kind": wish.kind,
        "first_day": wish.first,
        "last_day": wish.last,
        "starts": wish.starts,
        "ends": wish.ends,
        "from_minute": start,
        "to_minute": end,
        "reason": wish.reason,
        "evidence": wish.evidence,
        "policy": terms.policy,
        "title_zh": terms.title[0],
        "title_en": terms.title[1],
        "clause": terms.clause,
        "steps": list(made.steps),
        "balance": terms.balance,
        "balance_unit": terms.unit,
        "paid": terms.paid,
        "asked_at": made.asked_at,
        "state": made.state.value,
        "decision": made.decision,
        "revision": made.revision,
    }
