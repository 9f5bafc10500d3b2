"""The clocks punches come from, and how far each has reported; what is reported never moves back."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.clocks.clocks import Clock
from bylaw_attendance.store.tables import clocks


def report(connection: sa.Connection, site: UUID, reports: Mapping[str, datetime | None]) -> list[Clock]:
    """Notes how far devices of a site have reported, and answers their clocks by device.

    A device with nothing to report is only put on record.
    """
    insert = pg.insert(clocks)
    # greatest() passes over nulls: a clock that has reported once is never taken back.
    later = sa.func.greatest(clocks.c.reported_until, insert.excluded.reported_until)
    statement = insert.on_conflict_do_update(index_elements=["site", "device"], set_={"reported_until": later})
    return [
        Clock(*connection.execute(statement.values(_row(site, device, until)).returning(*clocks.c)).one())
        for device, until in sorted(reports.items())
    ]


def _row(site: UUID, device: str, until: datetime | None) -> dict[str, object]:
    return {"id": new_id(), "site": site, "device": device, "reported_until": until}


def listed(connection: sa.Connection, site: UUID | None) -> list[Clock]:
    """The clocks, or those of one site, by site and device."""
    query = sa.select(clocks).order_by(clocks.c.site, clocks.c.device)
    rows = connection.execute(query.where(clocks.c.site == site) if site else query)
    return [Clock(*row) for row in rows]


def retire(connection: sa.Connection, identifier: UUID, retire_date: date) -> Clock | None:
    """Retires a clock from a date; nothing where there is no such clock."""
    statement = clocks.update().where(clocks.c.id == identifier).values(retire_date=retire_date)
    row = connection.execute(statement.returning(*clocks.c)).one_or_none()
    return Clock(*row) if row else None
