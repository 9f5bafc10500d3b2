"""The tables of inventory."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

metadata = sa.MetaData()
_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

items = sa.Table(
    "items",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("display_name", sa.Text),
    sa.Column("specification", sa.Text),
    sa.Column("category", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("fraction_digits", sa.SmallInteger),
    sa.Column("tracking", sa.SmallInteger),
    sa.Column("may_go_below_zero", sa.Boolean),
    sa.Column("revision", sa.Integer),
    sa.Column("created_at", _INSTANT),
)
item_barcodes = sa.Table(
    "item_barcodes",
    metadata,
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("place", sa.SmallInteger),
    sa.Column("written", sa.Text),
    sa.Column("unit", _UUID),
)
warehouses = sa.Table(
    "warehouses",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("title_zh", sa.Text),
    sa.Column("title_en", sa.Text),
    sa.Column("site", _UUID),
    sa.Column("unit", _UUID),
    sa.Column("created_at", _INSTANT),
    sa.Column("books_closed_through", sa.Date),
)
places = sa.Table(
    "places",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("code", sa.Text),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("frozen_by", _UUID),
)
lots = sa.Table(
    "lots",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("code", sa.Text),
    sa.Column("expires", sa.Date),
)
balances = sa.Table(
    "balances",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("place", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("below_zero", sa.Boolean),
    sa.Column("one_piece", sa.Boolean),
    sa.Column("on_hand", _QUANTITY),
    sa.Column("reserved", _QUANTITY),
    sa.Column("entries", sa.BigInteger),
    sa.Column("head", sa.LargeBinary),
)
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("balance", _UUID, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("on_hand", _QUANTITY),
    sa.Column("reserved", _QUANTITY),
    sa.Column("movement", _UUID),
    sa.Column("reservation", _UUID),
    sa.Column("day", sa.Date),
    sa.Column("at", _INSTANT),
    sa.Column("previous", sa.LargeBinary),
    sa.Column("hash", sa.LargeBinary),
    sa.Column("said", sa.Text),
)
movements = sa.Table(
    "movements",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("day", sa.Date),
    sa.Column("papers", pg.JSONB),
    sa.Column("reservation", _UUID),
    sa.Column("reason", sa.Text),
    sa.Column("reverses", _UUID),
    sa.Column("posted_at", _INSTANT),
    sa.Column("posted_by", sa.Text),
)
movement_lines = sa.Table(
    "movement_lines",
    metadata,
    sa.Column("movement", _UUID, primary_key=True),
    sa.Column("line", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("from_place", _UUID),
    sa.Column("to_place", _UUID),
    sa.Column("quantity", _QUANTITY),
    sa.Column("said_unit", _UUID),
    sa.Column("said_quantity", _QUANTITY),
)
reservations = sa.Table(
    "reservations",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("purpose", sa.Text),
    sa.Column("partial", sa.Boolean),
    sa.Column("hold_minutes", sa.Integer),
    sa.Column("state", sa.SmallInteger),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
    sa.Column("expires_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("packed_with", sa.Text),
)
reservation_lines = sa.Table(
    "reservation_lines",
    metadata,
    sa.Column("reservation", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("place", sa.SmallInteger),
    sa.Column("wanted", _QUANTITY),
    sa.Column("reserved", _QUANTITY),
    sa.Column("issued", _QUANTITY),
)
