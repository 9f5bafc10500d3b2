"""The tables of goods as inventory tells of them, and of what is heard of what was reserved for orders.

What repeats inventory has no keys: inventory is the one that says no, and an event that broke a key here would hold up
every event behind it.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

known_items = sa.Table(
    "known_items",
    metadata,
    sa.Column("item", _UUID),
    sa.Column("code", sa.Text),
    sa.Column("code_key", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("fraction_digits", sa.SmallInteger),
)
known_barcodes = sa.Table("known_barcodes", metadata, sa.Column("gtin", sa.Text), sa.Column("item", _UUID))
known_listings = sa.Table(
    "known_listings",
    metadata,
    sa.Column("listing", _UUID),
    sa.Column("item", _UUID),
    sa.Column("channel", sa.Text),
    sa.Column("listed_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
)
known_prices = sa.Table(
    "known_prices",
    metadata,
    sa.Column("change", _UUID),
    sa.Column("item", _UUID),
    sa.Column("channel", sa.Text),
    sa.Column("minor_units", sa.BigInteger),
    sa.Column("currency", sa.Text),
    sa.Column("since", _INSTANT),
)
known_warehouses = sa.Table(
    "known_warehouses",
    metadata,
    sa.Column("warehouse", _UUID),
    sa.Column("code", sa.Text),
    sa.Column("unit", _UUID),
)
heard_stock = sa.Table(
    "heard_stock",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("subject", _UUID),
    sa.Column("reservation", _UUID),
    sa.Column("warehouse", _UUID),
    sa.Column("told", pg.JSONB),
    sa.Column("happened_at", _INSTANT),
    sa.Column("attempts", sa.Integer),
    sa.Column("try_at", _INSTANT),
    sa.Column("last_error", sa.Text),
    sa.Column("applied_at", _INSTANT),
)
"""What was heard, once each for ever, in its order, and when it had its effect."""

stock_returns = sa.Table(
    "stock_returns",
    metadata,
    sa.Column("movement", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("slips", pg.ARRAY(sa.Text)),
    sa.Column("quantity", _QUANTITY),
    sa.Column("happened_at", _INSTANT),
)
"""What came back by which slips: less than zero where it was booked so by mistake; it sums to what is back."""
