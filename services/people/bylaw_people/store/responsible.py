"""Whose a duty is on a day, and what is within a reach, as conditions in SQL: lists and single reads ask the same."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.dated_tables import position_spans
from bylaw_people.store.duty_tables import duty_terms
from bylaw_people.store.reach import Within
from bylaw_people.store.tables import appointments, headships, holds_on, valid_on

Day = Any
"""A date, or the column that holds it."""


def responsible(terms: sa.FromClause, day: Day) -> sa.ColumnElement[Any]:
    """The people whose a duty is on a day, as an array in order of id."""
    named = pg.array([terms.c.person])
    holders = sa.select(appointments.c.person).where(
        appointments.c.position == terms.c.position, holds_on(appointments, day)
    )
    heads = sa.select(headships.c.person).where(headships.c.unit == terms.c.head_of, holds_on(headships, day))
    return sa.case(
        (terms.c.person.is_not(None), named),
        (terms.c.position.is_not(None), _array(holders, appointments.c.person)),
        else_=_array(heads, headships.c.person),
    ).label("responsible")


def is_of(person: UUID, terms: sa.FromClause, day: Day) -> sa.ColumnElement[bool]:
    """That a duty is somebody's on a day."""
    holds = sa.exists().where(
        appointments.c.person == person, appointments.c.position == terms.c.position, holds_on(appointments, day)
    )
    heads = sa.exists().where(
        headships.c.person == person, headships.c.unit == terms.c.head_of, holds_on(headships, day)
    )
    return sa.and_(terms.c.id.in_(_ever_of(person)), sa.or_(terms.c.person == person, holds, heads))


def _ever_of(person: UUID) -> sa.Select[Any]:
    """Terms that may be somebody's on some day: found by index, so that only their days are looked at one by one."""
    ever = duty_terms.alias("ever")
    positions = sa.select(appointments.c.position).where(appointments.c.person == person)
    units = sa.select(headships.c.unit).where(headships.c.person == person)
    return sa.select(ever.c.id).where(
        sa.or_(ever.c.person == person, ever.c.position.in_(positions), ever.c.head_of.in_(units))
    )


def answerable_unit(terms: sa.FromClause, day: Day) -> sa.ColumnElement[Any]:
    """The unit whose heads answer for a duty: that of the person, of the position, or the unit itself."""
    of_person = sa.select(appointments.c.unit).where(
        appointments.c.person == terms.c.person, holds_on(appointments, day)
    )
    of_position = sa.select(position_spans.c.unit).where(
        position_spans.c.position == terms.c.position, valid_on(position_spans, day)
    )
    found = sa.func.coalesce(terms.c.head_of, of_person.scalar_subquery(), of_position.scalar_subquery())
    return found.label("answerable_unit")


def within(reach: Reach, terms: sa.FromClause, day: Day, *, today: date) -> sa.ColumnElement[bool]:
    """That a duty is within a reach: one's own on the day, or that of units and people one answers for today."""
    if reach.everyone:
        return sa.true()
    found = [is_of(reach.own, terms, day)] if reach.own else []
    if reach.units or reach.subtrees:
        found.append(_of_units(Within(Reach(units=reach.units, subtrees=reach.subtrees), today), terms))
    return sa.or_(sa.false(), *found)


def of_unit(unit: UUID, terms: sa.FromClause, today: date) -> sa.ColumnElement[bool]:
    """That a duty belongs to a unit or one below it, today."""
    return _of_units(Within(Reach(subtrees=frozenset({unit})), today), terms)


def _of_units(places: Within, terms: sa.FromClause) -> sa.ColumnElement[bool]:
    positions = sa.select(position_spans.c.position).where(
        valid_on(position_spans, places.day), places.unit(position_spans.c.unit)
    )
    return sa.or_(
        sa.and_(terms.c.head_of.is_not(None), places.unit(terms.c.head_of)),
        sa.and_(terms.c.position.is_not(None), terms.c.position.in_(positions)),
        sa.and_(terms.c.person.is_not(None), places.person(terms.c.person)),
    )


def _array(people: sa.Select[Any], column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.array(people.order_by(column).scalar_subquery(), type_=pg.ARRAY(sa.Uuid))
