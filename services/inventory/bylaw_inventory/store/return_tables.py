"""The tables of decisions on returns and of their photos."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

return_decisions = sa.Table(
    "return_decisions",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("movement", _UUID),
    sa.Column("supplier_slip", sa.Text),
    sa.Column("decided_at", _INSTANT),
    sa.Column("decided_by", sa.Text),
    sa.Column("wish_key", sa.Text),
    sa.Column("wish_digest", sa.LargeBinary),
    sa.Column("scrap_state", sa.SmallInteger),
    sa.Column("decision", _UUID),
    sa.Column("ended_at", _INSTANT),
)
return_decision_lines = sa.Table(
    "return_decision_lines",
    metadata,
    sa.Column("decision", _UUID, primary_key=True),
    sa.Column("line", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("from_place", _UUID),
    sa.Column("to_place", _UUID),
    sa.Column("quantity", _QUANTITY),
    sa.Column("outcome", sa.SmallInteger),
    sa.Column("cause", sa.Text),
    sa.Column("responsible", _UUID),
    sa.Column("booked", _UUID),
)
return_photos = sa.Table(
    "return_photos",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("movement", _UUID),
    sa.Column("content_type", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("size_bytes", sa.Integer),
    sa.Column("taken_at", _INSTANT),
    sa.Column("taken_by", sa.Text),
)
