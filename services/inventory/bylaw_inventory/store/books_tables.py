"""The tables of closed days, what cards were sealed with, spot counts and month reports handed over."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

closed_days = sa.Table(
    "closed_days",
    metadata,
    sa.Column("warehouse", _UUID, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("first_day", sa.Date),
    sa.Column("movements", sa.BigInteger),
    sa.Column("entries", sa.BigInteger),
    sa.Column("entries_digest", sa.LargeBinary),
    sa.Column("spot_counts", sa.BigInteger),
    sa.Column("disagreements", pg.JSONB),
    sa.Column("explanation", sa.Text),
    sa.Column("closed_at", _INSTANT),
    sa.Column("closed_by", sa.Text),
    sa.Column("previous", sa.LargeBinary),
    sa.Column("seal", sa.LargeBinary),
    sa.Column("cards_digest", sa.LargeBinary),
)
sealed_cards = sa.Table(
    "sealed_cards",
    metadata,
    sa.Column("balance", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("on_hand", _QUANTITY),
    sa.Column("reserved", _QUANTITY),
    sa.Column("entries", sa.BigInteger),
    sa.Column("head", sa.LargeBinary),
    sa.Column("last_at", _INSTANT),
)
spot_counts = sa.Table(
    "spot_counts",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("item", _UUID),
    sa.Column("place", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("lot_code", sa.Text),
    sa.Column("balance", _UUID),
    sa.Column("counted", _QUANTITY),
    sa.Column("counted_at", _INSTANT),
    sa.Column("day", sa.Date),
    sa.Column("on_ledger", _QUANTITY),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
)
month_hand_overs = sa.Table(
    "month_hand_overs",
    metadata,
    sa.Column("warehouse", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("last_day", sa.Date),
    sa.Column("lines", sa.Integer),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("remark", sa.Text),
    sa.Column("handed_over_at", _INSTANT),
    sa.Column("handed_over_by", sa.Text),
)
