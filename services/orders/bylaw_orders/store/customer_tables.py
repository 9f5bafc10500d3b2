"""The tables of customers' data, and of who saw, exported or erased what (CUS-1)."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

customers = sa.Table(
    "customers",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("identity", sa.LargeBinary),
    sa.Column("made_at", _INSTANT),
    sa.Column("erased_at", _INSTANT),
)
customer_keys = sa.Table(
    "customer_keys",
    metadata,
    sa.Column("customer", _UUID, primary_key=True),
    sa.Column("key_id", sa.LargeBinary),
    sa.Column("wrapped", sa.LargeBinary),
)
order_recipients = sa.Table(
    "order_recipients",
    metadata,
    sa.Column("of_order", _UUID, primary_key=True),
    sa.Column("customer", _UUID),
    *(
        sa.Column(name, sa.LargeBinary)
        for name in ("name", "phone", "address", "region", "postcode", "email", "nick", "remark")
    ),
    sa.Column("area", sa.Text),
    sa.Column("phone_hash", sa.LargeBinary),
    sa.Column("tail_hash", sa.LargeBinary),
    sa.Column("nick_hash", sa.LargeBinary),
    sa.Column("written_at", _INSTANT),
    sa.Column("erased_at", _INSTANT),
)
reveals = sa.Table(
    "reveals",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("at", _INSTANT),
    sa.Column("by", sa.Text),
    sa.Column("of_order", _UUID),
    sa.Column("customer", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("ticket", sa.Text),
    sa.Column("flags", sa.SmallInteger),
)
customer_searches = sa.Table(
    "customer_searches",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("at", _INSTANT),
    sa.Column("by", sa.Text),
    sa.Column("kind", sa.SmallInteger),
)
customer_exports = sa.Table(
    "customer_exports",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("at", _INSTANT),
    sa.Column("by", sa.Text),
    sa.Column("customer", _UUID),
    sa.Column("reason", sa.Text),
    sa.Column("orders", sa.Integer),
)
erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("customer", _UUID, primary_key=True),
    sa.Column("id", _UUID),
    sa.Column("at", _INSTANT),
    sa.Column("by", sa.Text),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("orders", sa.Integer),
)
