"""Published rota cells: put in place by person and day, shown by the month, taken back; changes are counted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.queries import BY_NUMBER
from bylaw_chassis.organisation.reach import reached, subtree
from bylaw_chassis.organisation.tables import holds, people, stays
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import PersonMonth, Place, PublishedCell, RotaCell, RotaMonthChange
from bylaw_attendance.store.punches import driver
from bylaw_attendance.store.tables import rota_cells, rota_months

# In the order of the key, so that two who publish the same cells do not wait for each other.
_PUBLISH = """
    insert into rota_cells
    select cell.*, %s::timestamptz, %s, work_date < %s from unnest(
        %s::uuid[], %s::date[], %s::text[], %s::text[], %s::jsonb[]
    ) as cell (person, work_date, code, pattern, parameters)
    order by person, work_date
    on conflict (person, work_date) do update
        set code = excluded.code, pattern = excluded.pattern, parameters = excluded.parameters,
            published_at = excluded.published_at, published_by = excluded.published_by,
            short_notice = excluded.short_notice
        where (rota_cells.code, rota_cells.pattern, rota_cells.parameters)
            is distinct from (excluded.code, excluded.pattern, excluded.parameters)
    returning person, work_date, code
"""
_TAKE_BACK = """
    delete from rota_cells using unnest(%s::uuid[], %s::date[]) as gone (person, work_date)
    where (rota_cells.person, rota_cells.work_date) = (gone.person, gone.work_date)
"""
_HOLD = """
    insert into rota_months (person, month)
    select * from unnest(%s::uuid[], %s::date[]) as held (person, month) order by person, month
    on conflict (person, month) do update set revision = rota_months.revision
"""
_COUNT = """
    update rota_months set revision = revision + 1 from unnest(%s::uuid[], %s::date[]) as changed (person, month)
    where (rota_months.person, rota_months.month) = (changed.person, changed.month)
    returning rota_months.person, rota_months.month, revision
"""


def hold(connection: sa.Connection, months: Collection[PersonMonth]) -> None:
    """One publication at a time for a person's month, until the transaction ends."""
    _of_months(connection, _HOLD, months)


def count_change(connection: sa.Connection, months: Collection[PersonMonth]) -> list[RotaMonthChange]:
    """Counts one more change of people's months, which are held."""
    changed = (RotaMonthChange(*row) for row in _of_months(connection, _COUNT, months).fetchall())
    return sorted(changed)


def _of_months(connection: sa.Connection, statement: LiteralString, months: Collection[PersonMonth]) -> Any:
    return driver(connection).execute(statement, [list(column) for column in zip(*months, strict=True)])


def publish(
    connection: sa.Connection, cells: Sequence[RotaCell], *, now: datetime, by: str, noticed_from: date = date.min
) -> list[RotaCell]:
    """Puts cells in place; answers those that are new or other than they were, by person, day and word.

    Those before `noticed_from` are marked as at short notice.
    """
    if not cells:
        return []
    columns = zip(*((*cell[:3], cell.pattern or None, cell.parameters or None) for cell in cells), strict=True)
    with driver(connection).cursor() as cursor:
        cursor.execute(_PUBLISH, [now, by, noticed_from, *map(list, columns)])
        return [RotaCell(*row) for row in cursor.fetchall()]


def withdraw(connection: sa.Connection, person: UUID, work_date: date) -> PublishedCell | None:
    """Takes a cell back and answers it; nothing where there is none."""
    columns = rota_cells.c
    statement = rota_cells.delete().where(columns.person == person, columns.work_date == work_date)
    row = connection.execute(statement.returning(*columns)).one_or_none()
    return PublishedCell("", _cell(row), row.published_at, row.short_notice) if row else None


def take_back(connection: sa.Connection, cells: Sequence[RotaCell]) -> None:
    """Takes away what is published of the days of these cells."""
    if cells:
        columns = zip(*(cell[:2] for cell in cells), strict=True)
        driver(connection).execute(_TAKE_BACK, [list(column) for column in columns])


def between(connection: sa.Connection, ids: Collection[UUID], first: date, last: date) -> list[RotaCell]:
    """The cells of people on the days from `first` to `last`."""
    columns = rota_cells.c
    named = (columns.person, columns.work_date, columns.code, columns.pattern, columns.parameters)
    query = sa.select(*named).where(columns.person == sa.any_(uuids(ids)), columns.work_date.between(first, last))
    return [_cell(row) for row in connection.execute(query).all()]


def floating(connection: sa.Connection, ids: Collection[UUID], before: date) -> list[RotaCell]:
    """The floating days of people before a day."""
    columns = rota_cells.c
    theirs = sa.and_(columns.person == sa.any_(uuids(ids)), columns.work_date < before)
    return [_cell(row) for row in connection.execute(sa.select(rota_cells).where(theirs, columns.code == FLOATING))]


def with_rota(connection: sa.Connection, ids: Collection[UUID], month: date) -> set[UUID]:
    """Those of these people who were given a rota of a month."""
    columns = rota_months.c
    theirs = sa.and_(columns.person == sa.any_(uuids(ids)), columns.month == month, columns.revision > 0)
    return set(connection.scalars(sa.select(columns.person).where(theirs)))


def listed(
    connection: sa.Connection,
    month: date,
    reach: Reach,
    *,
    unit: UUID | None,
    person: UUID | None,
    page: tuple[Place | None, int],
) -> list[PublishedCell]:
    """The cells of a month within reach, by employee number and day: of a unit and those below it, or of a person."""
    days, columns = (month, last_day(month)), rota_cells.c
    query = (
        sa.select(rota_cells, people.c.number)
        .join(people, people.c.person == columns.person)
        .where(columns.work_date.between(*days), reached(reach, columns.person, *days))
        .order_by(*BY_NUMBER, columns.work_date)
    )
    if unit:
        inside = sa.select(stays.c.person).where(holds(stays.c, *days), stays.c.unit.in_(subtree({unit}, days[1])))
        query = query.where(columns.person.in_(inside))
    if person:
        query = query.where(columns.person == person)
    after, limit = page
    if after:
        query = query.where(sa.tuple_(*BY_NUMBER, columns.work_date) > sa.tuple_(*map(sa.literal, after)))
    rows = connection.execute(query.limit(limit))
    return [PublishedCell(row.number, _cell(row), row.published_at, row.short_notice) for row in rows]


def _cell(row: Any) -> RotaCell:
    kept = orjson.dumps(row.parameters, option=orjson.OPT_SORT_KEYS).decode() if row.pattern else ""
    return RotaCell(row.person, row.work_date, row.code, row.pattern or "", kept)
