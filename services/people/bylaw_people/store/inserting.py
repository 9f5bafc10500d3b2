"""Inserts that tell whether the keys of their rows were free."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from bylaw_chassis.faults import TransientFault
from sqlalchemy.dialects import postgresql as pg


def insert_free(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> bool:
    """Inserts rows whose unique keys are free, in one go; says whether all were."""
    if not rows:
        return True
    insert = pg.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    written = connection.execute(insert, [dict(row) for row in rows])
    return written.rowcount == len(rows)


def insert_known_free(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Inserts rows whose keys were just seen to be free; where somebody was quicker, the whole work is tried again."""
    if not insert_free(connection, table, rows):
        raise TransientFault
