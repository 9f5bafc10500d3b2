"""The tables of tickets, of what they move, and of what channels promise (CUS-2)."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

service_policies = sa.Table(
    "service_policies",
    metadata,
    sa.Column("channel", _UUID, primary_key=True),
    *(
        sa.Column(f"{name}_hours", sa.Integer)
        for name in ("inquiry", "complaint", "return", "refund", "exchange", "review")
    ),
    sa.Column("refund_limit", sa.BigInteger),
    sa.Column("revision", sa.Integer),
)
tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("channel", _UUID),
    sa.Column("of_order", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("category", sa.Text),
    sa.Column("customer", _UUID),
    sa.Column("state", sa.SmallInteger),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
    sa.Column("first_due_at", _INSTANT),
    sa.Column("due_at", _INSTANT),
    sa.Column("assignee", _UUID),
    sa.Column("answered_at", _INSTANT),
    sa.Column("waits", sa.Boolean),
    sa.Column("level", sa.SmallInteger),
    sa.Column("escalated_at", _INSTANT),
    sa.Column("goods", sa.SmallInteger),
    sa.Column("slip", sa.Text),
    sa.Column("deciding", _UUID),
    sa.Column("decided_at", _INSTANT),
    sa.Column("closed_at", _INSTANT),
    sa.Column("closed_by", sa.Text),
    sa.Column("rating", sa.SmallInteger),
    sa.Column("reopened", sa.Integer),
)
ticket_return_lines = sa.Table(
    "ticket_return_lines",
    metadata,
    sa.Column("ticket", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("quantity", _QUANTITY),
    sa.Column("returned", _QUANTITY),
    sa.Column("resold", _QUANTITY),
    sa.Column("scrapped", _QUANTITY),
    sa.Column("supplied", _QUANTITY),
)
ticket_messages = sa.Table(
    "ticket_messages",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("ticket", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("at", _INSTANT),
    sa.Column("by", sa.Text),
    sa.Column("customer", _UUID),
    sa.Column("subject", sa.LargeBinary),
    sa.Column("text", sa.LargeBinary),
)
ticket_actions = sa.Table(
    "ticket_actions",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("ticket", _UUID),
    sa.Column("of_order", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("amount", sa.BigInteger),
    sa.Column("currency", sa.Text),
    sa.Column("lines", pg.JSONB),
    sa.Column("reason", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("alone", sa.Boolean),
    sa.Column("decision", _UUID),
    sa.Column("asked_at", _INSTANT),
    sa.Column("asked_by", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("exchange_order", _UUID),
    sa.Column("wish_key", sa.Text),
    sa.Column("wish_digest", sa.LargeBinary),
)
