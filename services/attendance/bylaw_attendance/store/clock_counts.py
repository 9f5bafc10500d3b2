"""How many records clocks count of a day, beside how many punches of theirs are on record."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import people
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.clocks.clock_counts import DayCount
from bylaw_attendance.store.pushing_tables import clock_counts
from bylaw_attendance.store.tables import punches

_COLUMNS = clock_counts.c


def recorded(connection: sa.Connection, device: str, start: datetime, end: datetime) -> int:
    """How many punches of a device there are from an instant to before another.

    Asked person by person, for which there is an index; one by device would slow every push down for a daily question.
    """
    mine = sa.and_(
        punches.c.person == people.c.person,
        punches.c.instant >= start,
        punches.c.instant < end,
        punches.c.device == device,
    )
    of_one = sa.select(sa.func.count().label("count")).select_from(punches).where(mine).lateral()
    query = sa.select(sa.func.coalesce(sa.func.sum(of_one.c.count), 0)).select_from(people.join(of_one, sa.true()))
    return int(connection.execute(query).scalar_one())


def keep(connection: sa.Connection, clock: UUID, made: DayCount) -> DayCount:
    """Keeps a count, in place of an earlier one of the same day; answers it with how often the day was checked."""
    told = {"clock_count": made.clock_count, "recorded_count": made.recorded_count, "checked_at": made.checked_at}
    insert = pg.insert(clock_counts).values(clock=clock, day=made.day, **told)
    again = {**told, "check_count": _COLUMNS.check_count + 1}
    kept = insert.on_conflict_do_update(index_elements=["clock", "day"], set_=again).returning(_COLUMNS.check_count)
    return made._replace(check_count=connection.execute(kept).scalar_one())


def short_days(connection: sa.Connection, clock: UUID) -> list[date]:
    """The days of which a clock counts more than is on record."""
    query = sa.select(_COLUMNS.day).where(_COLUMNS.clock == clock, _COLUMNS.clock_count > _COLUMNS.recorded_count)
    return list(connection.execute(query.order_by(_COLUMNS.day)).scalars())


def last(connection: sa.Connection, clock: UUID) -> DayCount | None:
    """The count of the last day that was counted."""
    query = sa.select(
        _COLUMNS.day, _COLUMNS.clock_count, _COLUMNS.recorded_count, _COLUMNS.checked_at, _COLUMNS.check_count
    )
    row = connection.execute(query.where(_COLUMNS.clock == clock).order_by(_COLUMNS.day.desc()).limit(1)).one_or_none()
    return DayCount(*row) if row else None
