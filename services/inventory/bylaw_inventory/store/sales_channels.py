"""Which unit keeps each channel (GDS-1)."""

from datetime import date

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.listing.channel import SalesChannel
from bylaw_inventory.store.goods_tables import sales_channels

_COLUMNS = sales_channels.c


def write(connection: sa.Connection, made: SalesChannel) -> None:
    """Makes it so, in the stead of what was said before."""
    said = {"unit": made.unit, "set_at": made.set_at, "set_by": made.set_by}
    wanted = pg.insert(sales_channels).values({"channel": made.channel, **said})
    connection.execute(wanted.on_conflict_do_update(index_elements=["channel"], set_=said))


def within(connection: sa.Connection, channel: str, reach: Reach, day: date) -> bool:
    """Whether a unit within reach keeps it; what nobody keeps is within everybody's reach alone."""
    if reach.everyone:
        return True
    own = sa.select(_COLUMNS.unit).where(_COLUMNS.channel == channel, _COLUMNS.unit.in_(reached_units(reach, day)))
    return connection.execute(own).first() is not None


def listed(connection: sa.Connection, *, page: tuple[str | None, int]) -> list[SalesChannel]:
    """Channels by code, behind one."""
    after, limit = page
    query = sa.select(sales_channels).order_by(_COLUMNS.channel).limit(limit)
    if after:
        query = query.where(_COLUMNS.channel > after)
    return [SalesChannel(row.channel, row.unit, row.set_at, row.set_by) for row in connection.execute(query)]
