"""The tables of parcels."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

parcels = sa.Table(
    "parcels",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("carrier", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("movement", _UUID),
    sa.Column("handed_at", _INSTANT),
    sa.Column("handed_by", sa.Text),
    sa.Column("more", pg.ARRAY(_UUID)),
)
parcel_receipts = sa.Table(
    "parcel_receipts",
    metadata,
    sa.Column("parcel", _UUID, primary_key=True),
    sa.Column("number", sa.Text),
    sa.Column("recorded_at", _INSTANT),
    sa.Column("recorded_by", sa.Text),
)
