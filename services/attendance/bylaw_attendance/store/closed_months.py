"""Which months are closed for whom; nothing is closed while somebody writes what months are judged from (SHT-3)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.reach import subtree
from bylaw_chassis.organisation.tables import people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.rules.closing.closing_refusals import MonthClosed
from bylaw_attendance.store.closing_tables import closed_sheets

_COLUMNS = closed_sheets.c
_KEY = sa.func.hashtextextended("closed months", 0)
_WRITE = sa.select(sa.func.pg_advisory_xact_lock_shared(_KEY))
_CLOSE = sa.select(sa.func.pg_advisory_xact_lock(_KEY))


def check_open(connection: sa.Connection, person: UUID, first: date, last: date | None) -> None:
    """Of a person."""
    _check(connection, _COLUMNS.person == person, first, last)


def check_open_among(connection: sa.Connection, of_people: Collection[UUID], first: date, last: date | None) -> None:
    """Of any of these people."""
    _check(connection, _COLUMNS.person == sa.any_(uuids(of_people)), first, last)


def check_open_below(connection: sa.Connection, unit: UUID, first: date, last: date | None) -> None:
    """Of whoever worked in a unit, or below it, in the month."""
    _check(connection, _who(stays.c.unit.in_(subtree({unit}, first))), first, last)


def check_open_at(connection: sa.Connection, site: UUID, first: date, last: date | None) -> None:
    """Of whoever worked at a site in the month."""
    _check(connection, _who(stays.c.site == site), first, last)


def check_open_everywhere(connection: sa.Connection, first: date, last: date | None) -> None:
    """Of anybody."""
    _check(connection, sa.true(), first, last)


def keep_open(connection: sa.Connection) -> None:
    """Until the transaction ends nobody closes a month; waits for whoever does."""
    connection.execute(_WRITE)


def shut(connection: sa.Connection) -> None:
    """For whoever closes: until the transaction ends nobody writes what months are judged from."""
    connection.execute(_CLOSE)


def _who(there: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whose appointment was so on some day of the month."""
    ends = sa.or_(stays.c.last_day.is_(None), stays.c.last_day >= _COLUMNS.month)
    begins = stays.c.first_day < _COLUMNS.month + sa.text("interval '1 month'")
    return sa.exists().where(stays.c.person == _COLUMNS.person, there, begins, ends)


def _check(connection: sa.Connection, whose: sa.ColumnElement[bool], first: date, last: date | None) -> None:
    keep_open(connection)
    if last and last < first:
        return
    until = _COLUMNS.month <= last if last else sa.true()
    query = (
        sa.select(closed_sheets, people.c.number)
        .outerjoin(people, people.c.person == _COLUMNS.person)
        .where(_COLUMNS.version == 1, whose, _COLUMNS.month >= first.replace(day=1), until)
    )
    found = connection.execute(query.order_by(_COLUMNS.month, people.c.number).limit(1)).one_or_none()
    if found:
        raise MonthClosed(person=found.number or f"people/{found.person}", month=found.month, since=found.made_at)
