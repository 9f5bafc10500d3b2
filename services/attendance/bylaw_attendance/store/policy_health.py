"""Where shift patterns failed: an entry a person's month, from the failure to the next good run."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import people, stays
from bylaw_chassis.organisation.writing import uuids
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.policy_health import HealthEntry, HealthWish, PolicyFault
from bylaw_attendance.store.tables import policy_health

_COLUMNS = policy_health.c
_OPEN = _COLUMNS.ended_at.is_(None)


def open_among(connection: sa.Connection, ids: Collection[UUID], month: date) -> set[UUID]:
    """Of which of these people it is on record that the month could not be judged."""
    return set(connection.execute(sa.select(_COLUMNS.person).where(_open_of(month, ids))).scalars())


def note(connection: sa.Connection, month: date, faults: Mapping[UUID, PolicyFault], now: datetime) -> None:
    """Opens an entry for each person, or sees the open one once more: it tells what was seen last.

    One of another pattern ends first: the person follows that one no longer.
    """
    known = connection.execute(_locked(month, faults, _COLUMNS.policy)).all()
    settle(connection, month, [row.person for row in known if row.policy != faults[row.person].policy], now)
    insert = pg.insert(policy_health)
    told = {name: insert.excluded[name] for name in ("distribution", "reason", "rule", "work_date", "last_seen")}
    again = insert.on_conflict_do_update(
        index_elements=["month", "person"],
        index_where=_OPEN,
        set_={**told, "seen_count": _COLUMNS.seen_count + 1},
    )
    seen = {"month": month, "first_seen": now, "last_seen": now, "seen_count": 1}
    rows = [{"id": new_id(), "person": who, **fault._asdict(), **seen} for who, fault in sorted(faults.items())]
    connection.execute(again, rows)


def open_by_policy(connection: sa.Connection) -> dict[str, int]:
    """How many months cannot be judged, by the pattern at fault."""
    counted = sa.select(_COLUMNS.policy, sa.func.count().label("months")).where(_OPEN).group_by(_COLUMNS.policy)
    return {row.policy: row.months for row in connection.execute(counted)}


def settle(connection: sa.Connection, month: date, ids: Collection[UUID], now: datetime) -> None:
    """Ends the open entries of these people's month."""
    ended = list(connection.execute(_locked(month, ids)).scalars()) if ids else []
    if ended:
        statement = policy_health.update().where(_open_of(month, ended))
        connection.execute(statement.values(ended_at=now))


def _locked(month: date, ids: Collection[UUID], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The open entries, locked in the order of their people, so that two who note the same wait and do not lock up."""
    query = sa.select(_COLUMNS.person, *columns).where(_open_of(month, ids))
    return query.order_by(_COLUMNS.person).with_for_update()


def _open_of(month: date, ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    return sa.and_(_OPEN, _COLUMNS.month == month, _COLUMNS.person == sa.any_(uuids(list(ids))))


def unsettled(month: date | None, units: sa.Select[tuple[UUID]] | None) -> sa.Select[Any]:
    """The open entries of a month (None: of any), of who worked in these units in it (None: of everybody).

    As long as there is one, the month of these units is not settled.
    """
    return _entries(month, units).where(_OPEN)


def _entries(month: date | None, units: sa.Select[tuple[UUID]] | None) -> sa.Select[Any]:
    query = sa.select(policy_health, people.c.number).join(people, people.c.person == _COLUMNS.person)
    if month:
        query = query.where(_COLUMNS.month == month)
    if units is not None:
        month_end = sa.cast(_COLUMNS.month + sa.text("interval '1 month'"), sa.Date) - 1
        held = sa.and_(stays.c.first_day <= month_end, sa.func.coalesce(stays.c.last_day, month_end) >= _COLUMNS.month)
        there = sa.exists().where(stays.c.person == _COLUMNS.person, held, stays.c.unit.in_(units))
        query = query.where(there)
    return query


def listed(
    connection: sa.Connection, wish: HealthWish, reach: Reach, *, day: date, page: tuple[UUID | None, int]
) -> list[HealthEntry]:
    """Entries of people whom a reach holds on a day, newest first, behind a place; their ids are in order of time."""
    units = subtree({wish.unit}, last_day(wish.month) if wish.month else day) if wish.unit else None
    query = (_entries if wish.ended else unsettled)(wish.month, units)
    after, limit = page
    if after:
        query = query.where(_COLUMNS.id < after)
    query = query.where(reached(reach, _COLUMNS.person, day, day)).order_by(_COLUMNS.id.desc()).limit(limit)
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Any) -> HealthEntry:
    fault = PolicyFault(*(getattr(row, name) for name in PolicyFault._fields))
    seen = (row.first_seen, row.last_seen, row.seen_count, row.ended_at)
    return HealthEntry(row.id, row.person, row.number, row.month, fault, *seen)
