"""The clocks punches come from, and how far each has reported; what is reported never moves back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.clocks.clocks import Clock, ClockSource
from bylaw_attendance.store.import_tables import import_clocks, import_revocations
from bylaw_attendance.store.tables import clocks


def report(
    connection: sa.Connection,
    site: UUID,
    reports: Mapping[str, datetime | None],
    *,
    source: ClockSource = ClockSource.REPORTED,
) -> list[Clock]:
    """Notes how far devices of a site have reported, and answers their clocks by device.

    A device with nothing to report is only put on record.
    """
    insert = pg.insert(clocks)
    # greatest() passes over nulls: a clock that has reported once is never taken back.
    later = sa.func.greatest(clocks.c.reported_until, insert.excluded.reported_until)
    first = sa.func.least(clocks.c.first_reported, insert.excluded.first_reported)
    known = sa.func.least(clocks.c.source, insert.excluded.source)
    changed = {"reported_until": later, "first_reported": first, "source": known}
    statement = insert.on_conflict_do_update(index_elements=["site", "device"], set_=changed)
    return [
        _clock(connection.execute(statement.values(_row(site, device, until, source)).returning(*clocks.c)).one())
        for device, until in sorted(reports.items())
    ]


def _row(site: UUID, device: str, until: datetime | None, source: ClockSource) -> dict[str, object]:
    told = {"id": new_id(), "site": site, "device": device, "reported_until": until}
    return {**told, "source": int(source), "first_reported": until if source else None}


def report_import(
    connection: sa.Connection, site: UUID, import_id: UUID, reports: Mapping[str, datetime | None], source: ClockSource
) -> None:
    """The same by an import, which may be taken back: what it said is kept beside."""
    made = report(connection, site, reports, source=source)
    rows = [{"import_id": import_id, "clock": one.id, "reported_until": reports[one.device]} for one in made]
    if rows:
        connection.execute(import_clocks.insert(), rows)


def take_back(connection: sa.Connection, import_id: UUID) -> None:
    """Takes back what an import said of clocks: those heard of by nothing else are gone, others stand as without it.

    The import is on record as taken back already. A clock that pushes, or that somebody reports for, stays as it is.
    """
    mine = sa.select(import_clocks.c.clock).where(import_clocks.c.import_id == import_id)
    revoked = sa.exists().where(import_revocations.c.import_id == import_clocks.c.import_id)
    others = import_clocks.c.clock == clocks.c.id, ~revoked
    by_files = clocks.c.id.in_(mine), clocks.c.source != int(ClockSource.REPORTED)
    connection.execute(clocks.delete().where(*by_files, ~sa.exists().where(*others)))
    until = import_clocks.c.reported_until
    left = {
        "reported_until": sa.select(sa.func.max(until)).where(*others).scalar_subquery(),
        "first_reported": sa.select(sa.func.min(until)).where(*others).scalar_subquery(),
    }
    connection.execute(clocks.update().where(*by_files).values(left))


def _clock(row: Any) -> Clock:
    return Clock(*row)._replace(source=ClockSource(row.source))


def listed(connection: sa.Connection, site: UUID | None) -> list[Clock]:
    """The clocks, or those of one site, by site and device."""
    query = sa.select(clocks).order_by(clocks.c.site, clocks.c.device)
    rows = connection.execute(query.where(clocks.c.site == site) if site else query)
    return [_clock(row) for row in rows]


def retire(connection: sa.Connection, identifier: UUID, retire_date: date) -> Clock | None:
    """Retires a clock from a date; nothing where there is no such clock."""
    statement = clocks.update().where(clocks.c.id == identifier).values(retire_date=retire_date)
    row = connection.execute(statement.returning(*clocks.c)).one_or_none()
    return _clock(row) if row else None
