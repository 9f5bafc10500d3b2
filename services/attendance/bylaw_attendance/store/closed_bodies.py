"""The bodies of closed sheets' versions, of many at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.sheets.sheet import KeptSheet
from bylaw_attendance.store.closing_tables import closed_sheets

COLUMNS = closed_sheets.c
BESIDE = ("beside_seconds", "beside_directions")
Version = tuple[UUID, date, int]


def bodies(connection: sa.Connection, versions: Collection[Version]) -> dict[Version, KeptSheet]:
    """Those of these people's months and versions that there are."""
    wanted = sa.tuple_(COLUMNS.person, COLUMNS.month, COLUMNS.version).in_(sorted(versions))
    query = sa.select(*(COLUMNS[name] for name in ("person", "month", "version", "digest", "totals", "body", *BESIDE)))
    return {(row.person, row.month, row.version): _kept(row) for row in connection.execute(query.where(wanted))}


def beside_of(seconds: Sequence[int] | None, directions: bytes | None) -> PersonPunches | None:
    """The punches beside a closed month, where they were kept with it."""
    return None if seconds is None else PersonPunches(tuple(seconds), bytes(directions or b""))


def _kept(row: Any) -> KeptSheet:
    around = beside_of(row.beside_seconds, row.beside_directions)
    return KeptSheet(bytes(row.digest), tuple(row.totals), bytes(row.body), around)
