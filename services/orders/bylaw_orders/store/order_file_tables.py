"""The tables of imports of files of orders, as the migrations make them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

order_imports = sa.Table(
    "order_imports",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("channel", _UUID),
    sa.Column("state", sa.SmallInteger),
    sa.Column("importer", sa.Text),
    sa.Column("zone", sa.Text),
    sa.Column("file_names", pg.ARRAY(sa.Text)),
    sa.Column("file_digest", sa.LargeBinary),
    sa.Column("created_by", sa.Text),
    sa.Column("reach", pg.JSONB),
    sa.Column("created_at", _INSTANT),
    sa.Column("taken", sa.Integer),
    sa.Column("held", sa.Integer),
    sa.Column("updated", sa.Integer),
    sa.Column("repeated", sa.Integer),
    sa.Column("refused", sa.Integer),
    sa.Column("orders", sa.Integer),
    sa.Column("oddities", pg.JSONB),
    sa.Column("position", sa.Integer),
    sa.Column("total", sa.Integer),
    sa.Column("chunk_position", sa.Integer),
    sa.Column("chunk_at", _INSTANT),
    sa.Column("refusal", pg.JSONB),
    sa.Column("finished_at", _INSTANT),
)
order_import_files = sa.Table(
    "order_import_files",
    metadata,
    sa.Column("of_import", _UUID, primary_key=True),
    sa.Column("file", sa.SmallInteger, primary_key=True),
    sa.Column("content", sa.LargeBinary),
)
"""Sealed, for a file holds names and telephones in clear (CUS-1), and gone once the import has ended."""
order_import_chunks = sa.Table(
    "order_import_chunks",
    metadata,
    sa.Column("of_import", _UUID, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("rows", sa.LargeBinary),
    sa.Column("counts", sa.LargeBinary),
    sa.Column("outcomes", sa.LargeBinary),
    sa.Column("orders", sa.LargeBinary),
    sa.Column("refused", pg.JSONB),
)
"""What a stretch came to: the rows of its orders one after the other, how many each has, what became of each, which it
is (16 bytes each, zeros where it was refused); and the rows that were refused."""
