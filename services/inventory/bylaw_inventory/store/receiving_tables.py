"""The tables of delivery notes, deliveries and tolerances."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

receiving_rules = sa.Table(
    "receiving_rules",
    metadata,
    sa.Column("warehouse", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("over_percent", sa.Numeric(8, 4)),
    sa.Column("under_percent", sa.Numeric(7, 4)),
    sa.Column("changed_at", _INSTANT),
    sa.Column("changed_by", sa.Text),
)
delivery_notes = sa.Table(
    "delivery_notes",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("supplier", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("expected", sa.Date),
    sa.Column("blind", sa.Boolean),
    sa.Column("state", sa.SmallInteger),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_reason", sa.Text),
    sa.Column("reopen_reason", sa.Text),
)
delivery_note_lines = sa.Table(
    "delivery_note_lines",
    metadata,
    sa.Column("note", _UUID, primary_key=True),
    sa.Column("line", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", sa.Text),
    sa.Column("expires", sa.Date),
    sa.Column("quantity", _QUANTITY),
    sa.Column("said_unit", _UUID),
    sa.Column("said_quantity", _QUANTITY),
)
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("note", _UUID),
    sa.Column("number", sa.Integer),
    sa.Column("reference", sa.Text),
    sa.Column("partial", sa.Boolean),
    sa.Column("state", sa.SmallInteger),
    sa.Column("started_at", _INSTANT),
    sa.Column("started_by", sa.Text),
    sa.Column("counted_at", _INSTANT),
    sa.Column("counted_by", sa.Text),
    sa.Column("remark", sa.Text),
    sa.Column("decision", sa.SmallInteger),
    sa.Column("movement", _UUID),
    sa.Column("reason", sa.Text),
    sa.Column("over_reason", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
)
delivery_counts = sa.Table(
    "delivery_counts",
    metadata,
    sa.Column("delivery", _UUID, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", sa.Text),
    sa.Column("expires", sa.Date),
    sa.Column("condition", sa.SmallInteger),
    sa.Column("difference", _QUANTITY),
    sa.Column("counted_at", _INSTANT),
    sa.Column("counted_by", sa.Text),
    sa.Column("said_unit", _UUID),
    sa.Column("said_quantity", _QUANTITY),
)
"""What was counted is their sum; a count that is set right adds the difference, and hides nothing."""

delivery_accepted = sa.Table(
    "delivery_accepted",
    metadata,
    sa.Column("delivery", _UUID, primary_key=True),
    sa.Column("line", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", sa.Text),
    sa.Column("quantity", _QUANTITY),
)
delivery_photos = sa.Table(
    "delivery_photos",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("delivery", _UUID),
    sa.Column("content_type", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("size_bytes", sa.Integer),
    sa.Column("taken_at", _INSTANT),
    sa.Column("taken_by", sa.Text),
)
