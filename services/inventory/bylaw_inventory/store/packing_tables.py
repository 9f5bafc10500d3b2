"""The tables of pack checks and of where they are needed."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

pack_checks = sa.Table(
    "pack_checks",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("reservation", _UUID),
    sa.Column("movement", _UUID),
    sa.Column("started_at", _INSTANT),
    sa.Column("started_by", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("reason", sa.Text),
)
pack_lines = sa.Table(
    "pack_lines",
    metadata,
    sa.Column("pack_check", _UUID, primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("wanted", _QUANTITY),
)
pack_scans = sa.Table(
    "pack_scans",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("pack_check", _UUID),
    sa.Column("key", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("line", sa.SmallInteger),
    sa.Column("quantity", _QUANTITY),
    sa.Column("reason", sa.Text),
    sa.Column("clause", sa.Text),
    sa.Column("words_zh", sa.Text),
    sa.Column("words_en", sa.Text),
    sa.Column("scanned_at", _INSTANT),
    sa.Column("scanned_by", sa.Text),
)
"""What is in is the sum of those that were not refused."""

pack_rules = sa.Table(
    "pack_rules",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("paper", sa.SmallInteger),
    sa.Column("need", sa.SmallInteger),
    sa.Column("first_day", sa.Date),
    sa.Column("reason", sa.Text),
    sa.Column("set_at", _INSTANT),
    sa.Column("set_by", sa.Text),
)
