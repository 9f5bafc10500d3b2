"""The tables of stocktakes."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

stocktakes = sa.Table(
    "stocktakes",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("places", pg.ARRAY(_UUID)),
    sa.Column("items", pg.ARRAY(_UUID)),
    sa.Column("percent", sa.Numeric(9, 6)),
    sa.Column("pieces", _QUANTITY),
    sa.Column("freeze", sa.Boolean),
    sa.Column("state", sa.SmallInteger),
    sa.Column("keeper", _UUID),
    sa.Column("finance", _UUID),
    sa.Column("opened_at", _INSTANT),
    sa.Column("started_at", _INSTANT),
    sa.Column("revision", sa.Integer),
    sa.Column("counted_revision", sa.Integer),
    sa.Column("report", sa.Text),
    sa.Column("submissions", sa.Integer),
    sa.Column("submitted_at", _INSTANT),
    sa.Column("decision", _UUID),
    sa.Column("outcome", sa.Text),
    sa.Column("movements", pg.ARRAY(_UUID)),
    sa.Column("blocks", pg.JSONB),
    sa.Column("ended_at", _INSTANT),
    sa.Column("cancel_reason", sa.Text),
)
stocktake_counts = sa.Table(
    "stocktake_counts",
    metadata,
    sa.Column("stocktake", _UUID, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("balance", _UUID),
    sa.Column("item", _UUID),
    sa.Column("place", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("sound", _QUANTITY),
    sa.Column("damaged", _QUANTITY),
    sa.Column("counted_at", _INSTANT),
    sa.Column("counted_on", sa.Date),
    sa.Column("counted_by", _UUID),
    sa.Column("recorded_at", _INSTANT),
)
"""Every count that was made, for ever."""
stocktake_results = sa.Table(
    "stocktake_results",
    metadata,
    sa.Column("stocktake", _UUID, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("balance", _UUID, primary_key=True),
    sa.Column("count", sa.Integer),
    sa.Column("book", _QUANTITY),
    sa.Column("entries", sa.BigInteger),
)
"""With what each count was compared when counting ended: what the card's first so many entries say of that instant."""
stocktake_differences = sa.Table(
    "stocktake_differences",
    metadata,
    sa.Column("stocktake", _UUID, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("balance", _UUID),
    sa.Column("item", _UUID),
    sa.Column("place", _UUID),
    sa.Column("lot", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("quantity", _QUANTITY),
    sa.Column("book", _QUANTITY),
    sa.Column("cause", sa.Text),
    sa.Column("responsible", _UUID),
    sa.Column("proposal", sa.SmallInteger),
    sa.Column("report", sa.Text),
    sa.Column("movement", _UUID),
)
stocktake_signatures = sa.Table(
    "stocktake_signatures",
    metadata,
    sa.Column("stocktake", _UUID, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("signed_at", _INSTANT),
)
"""Every signature, under the revision of the result that it is for; those under older ones are void."""
