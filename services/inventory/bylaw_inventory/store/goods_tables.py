"""The tables of sheets, listings, prices, reviews and stock lists."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

item_sheets = sa.Table(
    "item_sheets",
    metadata,
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("description_zh", sa.Text),
    sa.Column("description_en", sa.Text),
    sa.Column("attributes", pg.JSONB),
    sa.Column("variant_of", _UUID),
    sa.Column("options", pg.JSONB),
    sa.Column("revision", sa.Integer),
)
item_pictures = sa.Table(
    "item_pictures",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("content_type", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("size_bytes", sa.Integer),
    sa.Column("added_at", _INSTANT),
    sa.Column("removed_at", _INSTANT),
)
category_rules = sa.Table(
    "category_rules",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("category", sa.Text),
    sa.Column("parts", pg.ARRAY(sa.SmallInteger)),
    sa.Column("attributes", pg.ARRAY(sa.Text)),
    sa.Column("set_at", _INSTANT),
    sa.Column("set_by", sa.Text),
)
listings = sa.Table(
    "listings",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("channel", sa.Text),
    sa.Column("listed_at", _INSTANT),
    sa.Column("listed_by", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_reason", sa.Text),
)
sales_channels = sa.Table(
    "sales_channels",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("unit", _UUID),
    sa.Column("set_at", _INSTANT),
    sa.Column("set_by", sa.Text),
)
price_changes = sa.Table(
    "price_changes",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("reason", sa.Text),
    sa.Column("largest_percent", sa.Numeric(9, 2)),
    sa.Column("state", sa.SmallInteger),
    sa.Column("decision", _UUID),
    sa.Column("asked_at", _INSTANT),
    sa.Column("asked_by", sa.Text),
    sa.Column("wish_key", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
)
price_change_lines = sa.Table(
    "price_change_lines",
    metadata,
    sa.Column("change", _UUID, primary_key=True),
    sa.Column("line", sa.SmallInteger, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("channel", sa.Text),
    sa.Column("minor_units", sa.BigInteger),
    sa.Column("currency", sa.Text),
    sa.Column("since", _INSTANT),
    sa.Column("old_minor_units", sa.BigInteger),
    sa.Column("old_currency", sa.Text),
    sa.Column("waiting", sa.Boolean),
)
prices = sa.Table(
    "prices",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("channel", sa.Text),
    sa.Column("minor_units", sa.BigInteger),
    sa.Column("currency", sa.Text),
    sa.Column("since", _INSTANT),
    sa.Column("change", _UUID),
    sa.Column("decision", _UUID),
    sa.Column("agreed_at", _INSTANT),
    sa.Column("again", sa.SmallInteger),
)
price_withdrawals = sa.Table(
    "price_withdrawals",
    metadata,
    sa.Column("change", _UUID, primary_key=True),
    sa.Column("withdrawn_at", _INSTANT),
    sa.Column("withdrawn_by", sa.Text),
)
goods_reviews = sa.Table(
    "goods_reviews",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("channel", sa.Text),
    sa.Column("days", sa.Integer),
    sa.Column("opened_at", _INSTANT),
    sa.Column("opened_by", sa.Text),
    sa.Column("ended_at", _INSTANT),
)
goods_review_lines = sa.Table(
    "goods_review_lines",
    metadata,
    sa.Column("review", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("listed_at", _INSTANT),
    sa.Column("issued", _QUANTITY),
    sa.Column("last_issue", sa.Date),
    sa.Column("on_hand", _QUANTITY),
    sa.Column("proposal", sa.SmallInteger),
    sa.Column("outcome", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("replacement", _UUID),
    sa.Column("decided_at", _INSTANT),
    sa.Column("decided_by", sa.Text),
)
goods_review_reminders = sa.Table(
    "goods_review_reminders",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("due", sa.Date, primary_key=True),
    sa.Column("told_at", _INSTANT),
)
stock_lists = sa.Table(
    "stock_lists",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("file_name", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("taken_at", _INSTANT),
    sa.Column("taken_by", sa.Text),
)
