"""The tables of leave policies: assignments, what policies failed at, and what they are told of people beyond stays."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

leave_assignments = sa.Table(
    "leave_assignments",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject", _UUID),
    sa.Column("policy", sa.Text, key="pattern"),
    sa.Column("name", sa.Text, sa.Computed("split_part(policy, '@', 1)")),
    sa.Column("parameters", pg.JSONB),
    sa.Column("first_day", sa.Date),
    sa.Column("last_day", sa.Date),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
    sa.Column("revision", sa.Integer),
    sa.Column("ended_by", _UUID),
    sa.Column("withdrawn_at", _INSTANT),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdraw_reason", sa.Text),
)
"""Of one subject no two versions of one policy that count hold on a day; several policies hold side by side."""
leave_policy_faults = sa.Table(
    "leave_policy_faults",
    metadata,
    sa.Column("policy", sa.Text, primary_key=True),
    sa.Column("parameters_digest", sa.Text, primary_key=True),
    sa.Column("asked", sa.Text, primary_key=True),
    sa.Column("distribution", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("rule", sa.Text),
    sa.Column("day", sa.Date),
    sa.Column("first_seen", _INSTANT),
    sa.Column("last_seen", _INSTANT),
    sa.Column("seen_count", sa.Integer),
)
"""What a leave policy could not do when it was asked, until the same goes well again."""
service_records = sa.Table(
    "service_records",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("service_since", sa.Date),
    sa.Column("birth_month", sa.SmallInteger),
    sa.Column("birth_day", sa.SmallInteger),
)
"""As people tells it."""
