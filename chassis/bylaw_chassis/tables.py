"""The tables every service has beside its own: request keys, outbox, feed, cursors, jobs."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

chassis_metadata = sa.MetaData()

request_keys = sa.Table(
    "request_keys",
    chassis_metadata,
    sa.Column("caller", sa.Text, primary_key=True),
    sa.Column("method", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("answer", sa.LargeBinary),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
    postgresql_with={"fillfactor": 70},
)
"""Keys of writes with the answer of the first; kept for 48 hours (see `request_key_hours`)."""

outbox = sa.Table(
    "outbox",
    chassis_metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(cache=1), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
)
"""Facts that left with their commit and have no position yet."""

feed = sa.Table(
    "feed",
    chassis_metadata,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
)
"""Facts in the order in which others see them: positions without gaps, given by the sequencer."""

feed_state = sa.Table(
    "feed_state",
    chassis_metadata,
    sa.Column("singleton", sa.Boolean, sa.CheckConstraint("singleton"), primary_key=True, server_default=sa.true()),
    sa.Column("incarnation", pg.UUID(as_uuid=True), nullable=False),
    sa.Column("last_position", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("pruned_to", sa.BigInteger, nullable=False, server_default="0"),
)
"""Which incarnation of the feed this is (a restore renews it), its highest position, and how far it was pruned."""

cursors = sa.Table(
    "cursors",
    chassis_metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("cursor", sa.Text, nullable=False),
    sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("kinds", pg.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
)
"""How far this service has read the feeds of others, when last to its end, and which kinds of events it has taken;
written in the transaction of the effect."""

jobs = sa.Table(
    "jobs",
    chassis_metadata,
    sa.Column("id", pg.UUID(as_uuid=True), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
    sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("every_seconds", sa.Float),
    sa.Column("claim", pg.UUID(as_uuid=True)),
    sa.Column("lease_until", sa.DateTime(timezone=True)),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    sa.Column("finished_at", sa.DateTime(timezone=True)),
    sa.UniqueConstraint("kind", "key"),
)
"""Everything that runs later or again: claimed by one worker at a time, with a lease that ends."""

ended_tokens = sa.Table(
    "ended_tokens",
    chassis_metadata,
    sa.Column("subject", pg.UUID(as_uuid=True), primary_key=True),
    sa.Column("below_revision", sa.BigInteger),
    sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False, index=True),
)
"""A session that ended (no revision), or a person with the revision below which their tokens count no more."""

sa.Index("jobs_due", jobs.c.run_at, postgresql_where=jobs.c.finished_at.is_(None))
