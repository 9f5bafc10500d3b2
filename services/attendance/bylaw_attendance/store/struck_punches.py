"""Punches that do not count; what is struck stays struck, and what was a mistake is added anew (SHT-3)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.struck_punch import StruckPunch
from bylaw_attendance.rules.judging.punch_facts import Punch
from bylaw_attendance.store.struck_tables import struck_punches
from bylaw_attendance.store.tables import punches


def strike(connection: sa.Connection, rows: Sequence[StruckPunch]) -> int:
    """Strikes punches; answers how many were not struck before."""
    if not rows:
        return 0
    statement = pg.insert(struck_punches).on_conflict_do_nothing().returning(struck_punches.c.punch)
    return len(connection.execute(statement, [one._asdict() for one in rows]).all())


def counting(connection: sa.Connection, person: UUID, ids: Collection[UUID]) -> list[Punch]:
    """Those of a person's punches that count, among some."""
    query = sa.select(punches).where(punches.c.id == sa.any_(uuids(ids)), punches.c.person == person, counts())
    return [Punch(*row) for row in connection.execute(query)]


def struck_among(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When those among some punches were struck that were."""
    columns = struck_punches.c
    query = sa.select(columns.punch, columns.struck_at).where(columns.punch == sa.any_(uuids(ids)))
    return {row.punch: row.struck_at for row in connection.execute(query)}


def counts() -> sa.ColumnElement[bool]:
    """Whether a punch of the query around it was not struck."""
    return ~sa.exists().where(struck_punches.c.punch == punches.c.id)
