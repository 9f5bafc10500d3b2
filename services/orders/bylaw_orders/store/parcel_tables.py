"""The tables of parcels, of what is known of their way, of what customers are told, and of how promises stand."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

parcels = sa.Table(
    "parcels",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("of_order", _UUID),
    sa.Column("carrier", sa.Text),
    sa.Column("courier", sa.Text),
    sa.Column("waybill", sa.Text),
    sa.Column("movement", _UUID),
    sa.Column("handed_over_at", _INSTANT),
    sa.Column("state", sa.SmallInteger),
    sa.Column("since", _INSTANT),
    sa.Column("signed_at", _INSTANT),
    sa.Column("signed_by", sa.SmallInteger),
    sa.Column("last_at", _INSTANT),
    sa.Column("question_at", _INSTANT),
    sa.Column("leased_until", _INSTANT),
    sa.Column("asked_at", _INSTANT),
    sa.Column("tries", sa.Integer),
    sa.Column("subscribed_by", sa.Text),
    sa.Column("revision", sa.Integer),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
)
track_events = sa.Table(
    "track_events",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("parcel", _UUID),
    sa.Column("at", _INSTANT),
    sa.Column("text", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("place", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("signed_by", sa.SmallInteger),
    sa.Column("source", sa.Text),
    sa.Column("actor", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("heard_at", _INSTANT),
)
customer_messages = sa.Table(
    "customer_messages",
    metadata,
    sa.Column("parcel", _UUID, primary_key=True),
    sa.Column("step", sa.SmallInteger, primary_key=True),
    sa.Column("wanted_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("outcome", sa.Text),
)
message_steps = sa.Table(
    "message_steps",
    metadata,
    sa.Column("channel", _UUID, primary_key=True),
    sa.Column("steps", pg.ARRAY(sa.SmallInteger)),
    sa.Column("language", sa.Text),
)
order_promises = sa.Table(
    "order_promises",
    metadata,
    sa.Column("of_order", _UUID, primary_key=True),
    sa.Column("promised", sa.SmallInteger),
    sa.Column("why", sa.SmallInteger),
    sa.Column("trouble", sa.SmallInteger),
    sa.Column("since", _INSTANT),
    sa.Column("fulfilment", sa.SmallInteger),
    sa.Column("check_at", _INSTANT),
)
