"""What export layouts failed at: a row for each that did the last time it was asked."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.sheets.export_faults import LayoutFault
from bylaw_attendance.store.export_tables import export_layout_faults

_COLUMNS = export_layout_faults.c
_TOLD = ("distribution", "reason", "rule", "last_seen")


def note(connection: sa.Connection, fault: LayoutFault) -> None:
    """Keeps a failure, or sees the one on record once more: it tells what was seen last."""
    insert = pg.insert(export_layout_faults).values(fault._asdict())
    again = {**{name: insert.excluded[name] for name in _TOLD}, "seen_count": _COLUMNS.seen_count + 1}
    connection.execute(insert.on_conflict_do_update(index_elements=["layout"], set_=again))


def settle(connection: sa.Connection, layout: str, *, seen_before: datetime) -> None:
    """It went well: what was seen before is over."""
    seen = (_COLUMNS.layout == layout, _COLUMNS.last_seen <= seen_before)
    connection.execute(export_layout_faults.delete().where(*seen))


def listed(connection: sa.Connection) -> list[LayoutFault]:
    """Everything on record, by layout."""
    rows = connection.execute(sa.select(export_layout_faults).order_by(_COLUMNS.layout))
    return [LayoutFault(*row) for row in rows]
