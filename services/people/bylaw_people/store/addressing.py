"""Whom a notice reaches, as selections of notice, person and instant: settled when it is sent, and for who joins."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.notices.notice import Addressees, Notice, people_of
from bylaw_people.store.notice_tables import notice_addressees, notices
from bylaw_people.store.reach import Within, subtree, units_as_of
from bylaw_people.store.role_holders import holders_of
from bylaw_people.store.tables import appointments, holds_on, people


def addressed(notice: Notice, reach: Reach, day: date) -> sa.Select[Any]:
    """Those of a new notice within its sender's reach; a sender who is not named is no addressee of their own."""
    found = _people(notice.to, day)
    column = found.c[0]
    statement = sa.select(sa.literal(notice.id), column, sa.literal(notice.sent_at))
    within = statement.where(Within(reach, day).person(column)).distinct().order_by(column)
    return within if notice.to.people or not notice.sender else within.where(column != notice.sender)


def joiners(day: date, now: datetime) -> sa.Select[Any]:
    """Who works today in a unit of a standing notice and has not got it."""
    columns, tree = notices.c, units_as_of(day)
    of_unit = sa.select(columns.id, columns.sender, columns.unit, columns.with_subtree).where(
        columns.standing, columns.withdrawn_at.is_(None), columns.end_date >= day
    )
    place = of_unit.cte("places", recursive=True)
    below = sa.select(place.c.id, place.c.sender, tree.c.unit, place.c.with_subtree)
    place = place.union(below.join(tree, tree.c.parent == place.c.unit).where(place.c.with_subtree))
    has_it = sa.exists().where(
        notice_addressees.c.notice == place.c.id, notice_addressees.c.person == appointments.c.person
    )
    return (
        sa.select(place.c.id, appointments.c.person, sa.literal(now))
        .join(appointments, appointments.c.unit == place.c.unit)
        .where(holds_on(appointments, day), appointments.c.person.is_distinct_from(place.c.sender), ~has_it)
        .distinct()
        .order_by(place.c.id, appointments.c.person)
    )


def _people(to: Addressees, day: date) -> Any:
    """The people of a way to name them, each once or more, in one column."""
    if to.people:
        return sa.select(people.c.id).where(people.c.id.in_(people_of(to))).subquery()
    if to.role:
        return holders_of(to.role, day).subquery()
    there = sa.select(appointments.c.person).where(holds_on(appointments, day))
    if to.position:
        return there.where(appointments.c.position == to.position).subquery()
    return there.where(_in_unit(to, day)).subquery()


def _in_unit(to: Addressees, day: date) -> sa.ColumnElement[bool]:
    unit: UUID | None = to.unit
    if to.with_subtree and unit:
        return appointments.c.unit.in_(subtree([unit], day))
    return appointments.c.unit == unit
