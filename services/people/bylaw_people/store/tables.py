"""The tables of the organisation, as the migrations made them."""

import sqlalchemy as sa

metadata = sa.MetaData()
Uuid, Instant = sa.Uuid(), sa.DateTime(timezone=True)


def _recorded() -> tuple[sa.Column[object], ...]:
    """When a row was written and by whom; nobody for the installation itself."""
    return (sa.Column("recorded_at", Instant), sa.Column("recorded_by", Uuid))


def _title() -> tuple[sa.Column[object], ...]:
    return (sa.Column("title_zh", sa.Text), sa.Column("title_en", sa.Text))


def _duties() -> tuple[sa.Column[object], ...]:
    return (sa.Column("duties_zh", sa.Text), sa.Column("duties_en", sa.Text))


def _span() -> tuple[sa.Column[object], ...]:
    """A time that is true of something; a row that was replaced stays, marked as superseded."""
    return (
        sa.Column("start_date", sa.Date),
        sa.Column("end_date", sa.Date),
        *_recorded(),
        sa.Column("superseded_at", Instant),
        sa.Column("superseded_by", Uuid),
    )


def _id() -> sa.Column[object]:
    return sa.Column("id", Uuid, primary_key=True)


sites = sa.Table(
    "sites",
    metadata,
    _id(),
    sa.Column("code", sa.Text),
    *_title(),
    sa.Column("time_zone", sa.Text),
    sa.Column("calendar", sa.Text),
    *_recorded(),
)
units = sa.Table(
    "units", metadata, _id(), sa.Column("code", sa.Text), sa.Column("revision", sa.BigInteger), *_recorded()
)
unit_versions = sa.Table(
    "unit_versions",
    metadata,
    sa.Column("unit", Uuid, primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("revision", sa.BigInteger, primary_key=True),
    *_title(),
    sa.Column("kind", sa.Text),
    sa.Column("parent", Uuid),
    *_duties(),
    *_recorded(),
)
"""What a unit is from a date on; the highest revision of a date is the one that counts."""

positions = sa.Table(
    "positions",
    metadata,
    _id(),
    sa.Column("code", sa.Text),
    *_title(),
    sa.Column("unit", Uuid),
    *_duties(),
    *_recorded(),
)
people = sa.Table(
    "people",
    metadata,
    _id(),
    sa.Column("number", sa.Text),
    sa.Column("display_name", sa.Text),
    sa.Column("login", sa.Text),
    sa.Column("revision", sa.BigInteger),
    sa.Column("access_revision", sa.BigInteger, server_default="0"),
    *_recorded(),
)
appointments = sa.Table(
    "appointments",
    metadata,
    _id(),
    sa.Column("person", Uuid),
    sa.Column("unit", Uuid),
    sa.Column("position", Uuid),
    sa.Column("site", Uuid),
    sa.Column("employment_kind", sa.Text),
    *_span(),
)
headships = sa.Table("headships", metadata, _id(), sa.Column("unit", Uuid), sa.Column("person", Uuid), *_span())
grants = sa.Table(
    "grants",
    metadata,
    _id(),
    sa.Column("person", Uuid),
    sa.Column("role", sa.Text),
    sa.Column("scope", sa.Text),
    sa.Column("unit", Uuid),
    sa.Column("start_date", sa.Date),
    sa.Column("end_date", sa.Date),
    sa.Column("granted_at", Instant),
    sa.Column("granted_by", Uuid),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", Uuid),
)
passwords = sa.Table(
    "passwords",
    metadata,
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("hash", sa.Text),
    sa.Column("set_at", Instant),
    sa.Column("set_by", Uuid),
)
sign_in_failures = sa.Table(
    "sign_in_failures",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("failures", sa.Integer),
    sa.Column("last_at", Instant),
    sa.Column("open_at", Instant),
)
signing_keys = sa.Table(
    "signing_keys",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("public_key", sa.LargeBinary),
    sa.Column("wrapped_private_key", sa.LargeBinary),
    sa.Column("active_from", Instant),
    sa.Column("recorded_at", Instant),
)


def holds_on(table: sa.FromClause, day: object) -> sa.ColumnElement[bool]:
    """That a dated row counts on a day."""
    columns = table.c
    return sa.and_(
        columns.superseded_at.is_(None),
        columns.start_date <= day,
        sa.or_(columns.end_date.is_(None), columns.end_date >= day),
    )
