"""The bodies of closed sheets' versions, of many at once."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.sheets.sheet import KeptSheet
from bylaw_attendance.store.closing_tables import closed_sheets

COLUMNS = closed_sheets.c
Version = tuple[UUID, date, int]


def bodies(connection: sa.Connection, versions: Collection[Version]) -> dict[Version, KeptSheet]:
    """Those of these people's months and versions that there are."""
    wanted = sa.tuple_(COLUMNS.person, COLUMNS.month, COLUMNS.version).in_(sorted(versions))
    query = sa.select(*(COLUMNS[name] for name in ("person", "month", "version", "digest", "totals", "body")))
    return {
        (row.person, row.month, row.version): KeptSheet(bytes(row.digest), tuple(row.totals), bytes(row.body))
        for row in connection.execute(query.where(wanted))
    }
