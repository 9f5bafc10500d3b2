"""The tables of notices: what was said, to whom, who read it, and how it went out."""

import sqlalchemy as sa

from bylaw_people.store.tables import Instant, Uuid, metadata

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("sender", Uuid),
    *(sa.Column(name, sa.Text) for name in ("title_zh", "title_en", "body_zh", "body_en", "about")),
    sa.Column("corrects", Uuid),
    sa.Column("unit", Uuid),
    sa.Column("with_subtree", sa.Boolean),
    sa.Column("role", sa.Text),
    sa.Column("position", Uuid),
    sa.Column("standing", sa.Boolean),
    sa.Column("end_date", sa.Date),
    sa.Column("needs_acknowledgement", sa.Boolean),
    sa.Column("read_by_date", sa.Date),
    sa.Column("sent_at", Instant),
    sa.Column("reminded_at", Instant),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_by", Uuid),
)
notice_addressees = sa.Table(
    "notice_addressees",
    metadata,
    sa.Column("notice", Uuid, primary_key=True),
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("added_at", Instant),
    sa.Column("read_at", Instant),
    sa.Column("acknowledged_at", Instant),
    sa.Column("outward_at", Instant),
)
"""`outward_at` says when it was seen to that the notice goes out to this addressee, where a channel reaches them."""

notice_deliveries = sa.Table(
    "notice_deliveries",
    metadata,
    sa.Column("notice", Uuid, primary_key=True),
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("state", sa.Text),
    sa.Column("tries", sa.Integer),
    sa.Column("due_at", Instant),
    sa.Column("batch", Uuid),
    sa.Column("claimed_at", Instant),
    sa.Column("last_error", sa.Text),
    sa.Column("delivered_at", Instant),
)
notice_preferences = sa.Table(
    "notice_preferences",
    metadata,
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("language", sa.Text),
    sa.Column("outward", sa.Boolean),
)
