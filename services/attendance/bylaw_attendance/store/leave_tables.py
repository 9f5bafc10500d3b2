"""The tables of leave, as the migrations make them: people, requests, their days, and the ledger."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

leave_people = sa.Table(
    "leave_people",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("revision", sa.BigInteger),
    sa.Column("entries", sa.Integer),
    sa.Column("head", sa.LargeBinary),
    sa.Column("opened", sa.Date),
    sa.Column("granted_at", _INSTANT),
)
"""Behind its row nobody else changes a person's leave; `revision` counts the changes, `head` ends the ledger's chain.

The ledger begins with what is granted on `opened`.
"""

leave_requests = sa.Table(
    "leave_requests",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("wish_key", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("first_day", sa.Date),
    sa.Column("last_day", sa.Date),
    sa.Column("starts", sa.Text),
    sa.Column("ends", sa.Text),
    sa.Column("from_minute", sa.SmallInteger),
    sa.Column("to_minute", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("policy", sa.Text),
    sa.Column("title_zh", sa.Text),
    sa.Column("title_en", sa.Text),
    sa.Column("clause", sa.Text),
    sa.Column("steps", pg.ARRAY(sa.Text)),
    sa.Column("balance", sa.Text),
    sa.Column("balance_unit", sa.Text),
    sa.Column("paid", sa.Boolean),
    sa.Column("asked_at", _INSTANT),
    sa.Column("state", sa.SmallInteger),
    sa.Column("decision", _UUID),
    sa.Column("revision", sa.Integer),
    sa.Column("changed_at", _INSTANT),
    sa.Column("changed_by", sa.Text),
    sa.Column("change_text", sa.Text),
)

leave_days = sa.Table(
    "leave_days",
    metadata,
    sa.Column("request", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("work_date", sa.Date, primary_key=True),
    sa.Column("part", sa.Text),
    sa.Column("spans", pg.JSONB),
    sa.Column("minutes", sa.Integer),
    sa.Column("days_over", sa.BigInteger),
    sa.Column("days_under", sa.BigInteger),
    sa.Column("stands", sa.Boolean),
    sa.Column("given_back", sa.Boolean),
    sa.Column("cut_from", sa.SmallInteger),
    sa.Column("cut_to", sa.SmallInteger),
    sa.Column("halves", pg.JSONB),
)
"""`halves` is all that is planned of the day as if there were no leave, in epoch minutes.

`cut_from` and `cut_to` are the wall minutes of a day that was cut short by hours.

`stands` as long as its request waits or is agreed and the day was not given back: no two take the same half."""

leave_ledger = sa.Table(
    "leave_ledger",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text),
    sa.Column("balance", sa.Text),
    sa.Column("day", sa.Date),
    sa.Column("amount_over", sa.BigInteger),
    sa.Column("amount_under", sa.BigInteger),
    sa.Column("key", sa.Text),
    sa.Column("request", sa.Text),
    sa.Column("expires", sa.Date),
    sa.Column("carried_until", sa.Date),
    sa.Column("most_over", sa.BigInteger),
    sa.Column("most_under", sa.BigInteger),
    sa.Column("corrects", sa.Text),
    sa.Column("why_zh", sa.Text),
    sa.Column("why_en", sa.Text),
    sa.Column("clause", sa.Text),
    sa.Column("recorded_at", _INSTANT),
    sa.Column("recorded_by", sa.Text),
    sa.Column("previous", sa.LargeBinary),
    sa.Column("hash", sa.LargeBinary),
)
"""Append-only: a row is a link of its person's chain; amounts are fractions, over and under the line."""
