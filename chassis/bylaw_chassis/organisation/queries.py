"""Looks the organisation up: people by id, number and unit, their appointments, units, heads and sites."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts, SiteVersion, Stay, UnitVersion
from bylaw_chassis.organisation.reach import reached, reached_units, subtree
from bylaw_chassis.organisation.tables import holds, people, sites, stays, units
from bylaw_chassis.organisation.writing import uuids

BY_NUMBER = (sa.collate(people.c.number, "C"), people.c.person)
"""As code points order it: a database's own order of text differs from one to the next."""

_STAYS = sa.select(*(stays.c[name] for name in Stay._fields))


def find_people(
    connection: sa.Connection, reach: Reach, day: date, *, ids: Collection[UUID] = (), numbers: Collection[str] = ()
) -> list[KnownPerson]:
    """The people of these ids and numbers whom a reach holds on a day."""
    wanted = sa.or_(people.c.person == sa.any_(uuids(ids)), people.c.number == sa.any_(_texts(numbers)))
    return _people(connection, wanted, reached(reach, people.c.person, day, day))


def people_between(
    connection: sa.Connection,
    reach: Reach,
    days: tuple[date, date],
    *,
    unit: UUID | None,
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> list[KnownPerson]:
    """The people of a unit (None: of any), or of one below it, on some of these days, as far as a reach holds them.

    By number, or those behind a place (number, id), at most so many.
    """
    inside = sa.select(stays.c.person).where(holds(stays.c, *days))
    if unit:
        inside = inside.where(stays.c.unit.in_(subtree({unit}, days[1])))
    conditions = [people.c.person.in_(inside), reached(reach, people.c.person, *days)]
    if after:
        conditions.append(sa.tuple_(*BY_NUMBER) > sa.tuple_(sa.literal(after[0]), sa.literal(UUID(after[1]))))
    return _people(connection, *conditions, limit=limit)


def person_between(
    connection: sa.Connection, reach: Reach, days: tuple[date, date], *, person: UUID
) -> list[KnownPerson]:
    """The person, if a reach holds them on some of these days."""
    return _people(connection, people.c.person == person, reached(reach, people.c.person, *days))


def _people(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int | None = None
) -> list[KnownPerson]:
    rows = connection.execute(sa.select(people).where(*conditions).order_by(*BY_NUMBER).limit(limit))
    return [KnownPerson(*row) for row in rows]


def stays_of(connection: sa.Connection, ids: Collection[UUID]) -> list[Stay]:
    """Every appointment of these people."""
    return [Stay(*row) for row in connection.execute(_STAYS.where(stays.c.person == sa.any_(uuids(ids))))]


def stays_between(connection: sa.Connection, ids: Collection[UUID], first: date, last: date) -> list[Stay]:
    """The appointments of these people that hold on some day from `first` to `last`."""
    query = _STAYS.where(stays.c.person == sa.any_(uuids(ids)), holds(stays.c, first, last))
    return [Stay(*row) for row in connection.execute(query)]


def all_sites(connection: sa.Connection) -> dict[UUID, SiteFacts]:
    """Every site by id, with all its versions."""
    query = sa.select(*(sites.c[name] for name in SiteVersion._fields)).order_by(sites.c.site, sites.c.first_day)
    rows = groupby(connection.execute(query), key=attrgetter("site"))
    return {site: SiteFacts(site, tuple(SiteVersion(*row) for row in of_site)) for site, of_site in rows}


def unit_versions(connection: sa.Connection, first: date, last: date) -> list[UnitVersion]:
    """How the units stand on the days from `first` to `last`."""
    query = sa.select(*(units.c[name] for name in UnitVersion._fields)).where(holds(units.c, first, last))
    return [UnitVersion(*row) for row in connection.execute(query)]


def unit_within(connection: sa.Connection, reach: Reach, unit: UUID, day: date) -> bool:
    """Whether there is such a unit and a reach holds it as of a day."""
    known = sa.exists().where(units.c.unit == unit)
    held = sa.literal(unit, pg.UUID(as_uuid=True)).in_(reached_units(reach, day))
    return bool(connection.execute(sa.select(sa.and_(known, held))).scalar())


def _texts(texts: Collection[str]) -> sa.BindParameter[Any]:
    return sa.literal(list(texts), pg.ARRAY(sa.Text))
