"""Who heads units on a day, as people's feed told it (ORG-3)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.organisation.tables import heads, holds
from bylaw_chassis.organisation.writing import uuids

COLUMNS = heads.c


def heads_on(connection: sa.Connection, units: Collection[UUID], day: date) -> dict[UUID, UUID]:
    """The head of each of these units that has one; deputies are none."""
    query = sa.select(COLUMNS.unit, COLUMNS.person).where(
        COLUMNS.unit == sa.any_(uuids(units)), sa.not_(COLUMNS.deputy), holds(COLUMNS, day, day)
    )
    return {row.unit: row.person for row in connection.execute(query.order_by(COLUMNS.unit, COLUMNS.first_day))}
