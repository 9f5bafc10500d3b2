"""The tables of visits and their entries."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("person", _UUID),
    sa.Column("visitor_name", sa.Text),
    sa.Column("company", sa.Text),
    sa.Column("purpose", sa.Text),
    sa.Column("host", _UUID),
    sa.Column("in_at", _INSTANT),
    sa.Column("out_at", _INSTANT),
    sa.Column("struck_out", sa.Boolean),
    sa.Column("strike_reasons", pg.JSONB),
    sa.Column("forgotten_at", _INSTANT),
)
"""Who, and where the entries leave them: what names somebody is forgotten here, and stands nowhere else."""

visit_entries = sa.Table(
    "visit_entries",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("visit", _UUID),
    sa.Column("side", sa.SmallInteger),
    sa.Column("at", _INSTANT),
    sa.Column("strikes", _UUID),
    sa.Column("recorded_at", _INSTANT),
    sa.Column("recorded_by", sa.Text),
)
