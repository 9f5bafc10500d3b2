"""The tables of positions and sites in time, and of what people are qualified for."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import duties_columns, key_column, metadata, recorded, title_columns, valid, version

Uuid, Instant = sa.Uuid(), sa.DateTime(timezone=True)


def _position() -> tuple[sa.Column[object], ...]:
    return (
        *title_columns(),
        sa.Column("unit", Uuid),
        *duties_columns(),
        sa.Column("work_zh", sa.Text),
        sa.Column("work_en", sa.Text),
        sa.Column("requirements", pg.JSONB),
    )


def _site() -> tuple[sa.Column[object], ...]:
    return (*title_columns(), sa.Column("time_zone", sa.Text), sa.Column("calendar", sa.Text))


def _versions(key: str, *own: sa.Column[object]) -> sa.Table:
    keys = (
        sa.Column(key, Uuid, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("revision", sa.BigInteger, primary_key=True),
    )
    return sa.Table(f"{key}_versions", metadata, *keys, *own, *version())


position_versions = _versions("position", *_position())
position_spans = sa.Table("position_spans", metadata, *valid("position"), *_position())
site_versions = _versions("site", *_site())
site_spans = sa.Table("site_spans", metadata, *valid("site"), *_site())

qualifications = sa.Table(
    "qualifications",
    metadata,
    key_column(),
    sa.Column("person", Uuid),
    sa.Column("skill", sa.Text),
    sa.Column("experience_months", sa.Integer),
    sa.Column("evidence", sa.Text),
    sa.Column("since", sa.Date),
    *recorded(),
    sa.Column("superseded_at", Instant),
    sa.Column("superseded_by", Uuid),
)
"""What somebody can do; an empty skill stands for experience at work as such."""
service_records = sa.Table(
    "service_records",
    metadata,
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("revision", sa.BigInteger, primary_key=True),
    sa.Column("service_since", sa.Date),
    sa.Column("birth_month", sa.SmallInteger),
    sa.Column("birth_day", sa.SmallInteger),
    *recorded(),
)
"""Of a person the newest revision counts."""
