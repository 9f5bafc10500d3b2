"""The tables of roles of the company's own and of outsiders' permissions; grants are beside the organisation's."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import Instant, Uuid, key_column, metadata, recorded, title_columns

roles = sa.Table(
    "roles",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("revision", sa.BigInteger),
    *recorded(),
)
role_versions = sa.Table(
    "role_versions",
    metadata,
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("revision", sa.BigInteger, primary_key=True),
    *title_columns(),
    sa.Column("permissions", pg.ARRAY(sa.Text)),
    sa.Column("deleted", sa.Boolean),
    *recorded(),
)
"""What a role is from a revision on; the highest counts."""

outside_accesses = sa.Table(
    "outside_accesses",
    metadata,
    key_column(),
    sa.Column("person", Uuid),
    sa.Column("permitted_by", Uuid),
    sa.Column("start_date", sa.Date),
    sa.Column("end_date", sa.Date),
    sa.Column("reason", sa.Text),
    sa.Column("permitted_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", Uuid),
)
