"""The projection of the organisation: written from people's feed, read by id, number, code and reach."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.tables import cursors
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.organisation import (
    Change,
    KnownPerson,
    PersonFacts,
    SiteFacts,
    Stay,
    UnitFacts,
    UnitVersion,
)
from bylaw_attendance.store.reach import reached, reached_units, subtree
from bylaw_attendance.store.tables import appointments, heads, holds, people, sites, units

FEED = "people"
BY_NUMBER = (sa.collate(people.c.number, "C"), people.c.person)
"""As code points order it: a database's own order of text differs from one to the next."""
_STAYS = sa.select(*(appointments.c[name] for name in Stay._fields))
PROJECTED = (units, heads, people, appointments, sites)


def read_cursor(connection: sa.Connection) -> str:
    """Where this service is in people's feed; empty: at its beginning."""
    found = connection.execute(sa.select(cursors.c.cursor).where(cursors.c.feed == FEED)).scalar()
    return str(found or "")


def read_at(connection: sa.Connection) -> datetime | None:
    """When the feed was last read with success."""
    found: datetime | None = connection.execute(sa.select(cursors.c.read_at).where(cursors.c.feed == FEED)).scalar()
    return found


def advance(connection: sa.Connection, *, seen: str, cursor: str, now: datetime) -> bool:
    """Moves the cursor on from where it was seen; false where another worker has moved it since."""
    start = pg.insert(cursors).values(feed=FEED, cursor="", read_at=now).on_conflict_do_nothing()
    connection.execute(start)
    mine = cursors.update().where(cursors.c.feed == FEED, cursors.c.cursor == seen)
    return connection.execute(mine.values(cursor=cursor, read_at=now)).rowcount == 1


def forget(connection: sa.Connection) -> None:
    """Empties the projection, to be filled again in the same transaction."""
    for table in PROJECTED:
        connection.execute(table.delete())


def apply(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Writes changes; of a thing that changed several times only the last counts, for each says it whole."""
    last = {(type(change), change[0]): change for change in changes}
    _write_people(connection, [change for change in last.values() if isinstance(change, PersonFacts)])
    _write_units(connection, [change for change in last.values() if isinstance(change, UnitFacts)])
    _write_sites(connection, [change for change in last.values() if isinstance(change, SiteFacts)])


def _write_people(connection: sa.Connection, changed: Sequence[PersonFacts]) -> None:
    ids = [change.person for change in changed]
    for table in (appointments, people):
        connection.execute(table.delete().where(table.c.person.in_(ids)))
    _insert(connection, people, [change._asdict() for change in changed], leave_out="stays")
    _insert(connection, appointments, [stay._asdict() for change in changed for stay in change.stays])


def _write_units(connection: sa.Connection, changed: Sequence[UnitFacts]) -> None:
    ids = [change.unit for change in changed]
    for table in (units, heads):
        connection.execute(table.delete().where(table.c.unit.in_(ids)))
    _insert(connection, units, [version._asdict() for change in changed for version in change.versions])
    _insert(connection, heads, [head._asdict() for change in changed for head in change.heads])


def _write_sites(connection: sa.Connection, changed: Sequence[SiteFacts]) -> None:
    connection.execute(sites.delete().where(sites.c.site.in_([change.site for change in changed])))
    _insert(connection, sites, [change._asdict() for change in changed])


def _insert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]], *, leave_out: str = ""
) -> None:
    if rows:
        kept = [{name: value for name, value in row.items() if name != leave_out} for row in rows]
        connection.execute(table.insert(), kept)


def find_people(
    connection: sa.Connection, reach: Reach, day: date, *, ids: Collection[UUID] = (), numbers: Collection[str] = ()
) -> list[KnownPerson]:
    """The people of these ids and numbers whom a reach holds on a day."""
    wanted = sa.or_(people.c.person == sa.any_(_uuids(ids)), people.c.number == sa.any_(_texts(numbers)))
    return _people(connection, wanted, reached(reach, people.c.person, day, day))


def people_between(
    connection: sa.Connection,
    reach: Reach,
    days: tuple[date, date],
    *,
    unit: UUID,
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> list[KnownPerson]:
    """The people of a unit, or of one below it, on some of these days, as far as a reach holds them.

    By number, or those behind a place (number, id), at most so many.
    """
    inside = sa.select(appointments.c.person).where(
        holds(appointments.c, *days), appointments.c.unit.in_(subtree({unit}, days[1]))
    )
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
    query = _STAYS.where(appointments.c.person == sa.any_(_uuids(ids)))
    return [Stay(*row) for row in connection.execute(query)]


def stays_between(connection: sa.Connection, ids: Collection[UUID], first: date, last: date) -> list[Stay]:
    """The appointments of these people that hold on some day from `first` to `last`."""
    query = _STAYS.where(appointments.c.person == sa.any_(_uuids(ids)), holds(appointments.c, first, last))
    return [Stay(*row) for row in connection.execute(query)]


def all_sites(connection: sa.Connection) -> dict[UUID, SiteFacts]:
    """Every site by id."""
    rows = connection.execute(sa.select(sites))
    facts = (SiteFacts(row.site, row.code, row.title_zh, row.title_en, row.time_zone, row.calendar) for row in rows)
    return {site.site: site for site in facts}


def unit_versions(connection: sa.Connection, first: date, last: date) -> list[UnitVersion]:
    """How the units stand on the days from `first` to `last`."""
    rows = connection.execute(sa.select(units).where(holds(units.c, first, last)))
    return [UnitVersion(row.unit, row.first_day, row.last_day, row.parent, row.code) for row in rows]


def unit_within(connection: sa.Connection, reach: Reach, unit: UUID, day: date) -> bool:
    """Whether there is such a unit and a reach holds it as of a day."""
    known = sa.exists().where(units.c.unit == unit)
    held = sa.literal(unit, pg.UUID(as_uuid=True)).in_(reached_units(reach, day))
    return bool(connection.execute(sa.select(sa.and_(known, held))).scalar())


def _uuids(ids: Collection[UUID]) -> sa.BindParameter[Any]:
    return sa.literal(list(ids), pg.ARRAY(pg.UUID(as_uuid=True)))


def _texts(texts: Collection[str]) -> sa.BindParameter[Any]:
    return sa.literal(list(texts), pg.ARRAY(sa.Text))
