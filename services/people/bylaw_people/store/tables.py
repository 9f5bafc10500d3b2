"""The tables of the organisation, as the migrations made them."""

import sqlalchemy as sa

metadata = sa.MetaData()
Uuid, Instant = sa.Uuid(), sa.DateTime(timezone=True)


def recorded() -> tuple[sa.Column[object], ...]:
    """When a row was written and by whom; nobody for the installation itself."""
    return (sa.Column("recorded_at", Instant), sa.Column("recorded_by", Uuid))


def title_columns() -> tuple[sa.Column[object], ...]:
    """What something is called."""
    return (sa.Column("title_zh", sa.Text), sa.Column("title_en", sa.Text))


def duties_columns() -> tuple[sa.Column[object], ...]:
    """Written duties."""
    return (sa.Column("duties_zh", sa.Text), sa.Column("duties_en", sa.Text))


def _span() -> tuple[sa.Column[object], ...]:
    """A time that is true of something; a row that was replaced stays, marked as superseded."""
    return (
        sa.Column("start_date", sa.Date),
        sa.Column("end_date", sa.Date),
        *recorded(),
        sa.Column("superseded_at", Instant),
        sa.Column("superseded_by", Uuid),
    )


def key_column() -> sa.Column[object]:
    """The id of a row."""
    return sa.Column("id", Uuid, primary_key=True)


def version() -> tuple[sa.Column[object], ...]:
    """Whether a version says that the thing is no more, and whether what was recorded for its date is taken back."""
    return (
        sa.Column("closed", sa.Boolean, server_default=sa.false()),
        sa.Column("withdrawn", sa.Boolean, server_default=sa.false()),
        *recorded(),
    )


def valid(key: str) -> tuple[sa.Column[object], ...]:
    """Whose span it is, and from when to when it holds."""
    return (
        sa.Column(key, Uuid, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("valid_to", sa.Date),
    )


def _posts(name: str) -> sa.Table:
    """Who heads a unit, or stands in for its head; `limited` where a last day was asked for."""
    return sa.Table(
        name,
        metadata,
        key_column(),
        sa.Column("unit", Uuid),
        sa.Column("person", Uuid),
        *_span(),
        sa.Column("limited", sa.Boolean, server_default=sa.false()),
    )


sites = sa.Table(
    "sites",
    metadata,
    key_column(),
    sa.Column("code", sa.Text),
    *title_columns(),
    sa.Column("time_zone", sa.Text),
    sa.Column("calendar", sa.Text),
    sa.Column("revision", sa.BigInteger, server_default="1"),
    *recorded(),
)
"""Title, zone and calendar as first recorded; what holds on a day is in `site_spans`."""

units = sa.Table(
    "units", metadata, key_column(), sa.Column("code", sa.Text), sa.Column("revision", sa.BigInteger), *recorded()
)
unit_versions = sa.Table(
    "unit_versions",
    metadata,
    sa.Column("unit", Uuid, primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("revision", sa.BigInteger, primary_key=True),
    *title_columns(),
    sa.Column("kind", sa.Text),
    sa.Column("parent", Uuid),
    *duties_columns(),
    *version(),
)
"""What a unit is from a date on; the highest revision of a date is the one that counts."""

unit_spans = sa.Table(
    "unit_spans",
    metadata,
    *valid("unit"),
    *title_columns(),
    sa.Column("kind", sa.Text),
    sa.Column("parent", Uuid),
    *duties_columns(),
)
"""What a unit is from a day to a day: the database keeps it from the versions, with every row that is written."""

positions = sa.Table(
    "positions",
    metadata,
    key_column(),
    sa.Column("code", sa.Text),
    *title_columns(),
    sa.Column("unit", Uuid),
    *duties_columns(),
    sa.Column("revision", sa.BigInteger, server_default="1"),
    *recorded(),
)
"""Title, unit and duties as first recorded; what holds on a day is in `position_spans`."""

people = sa.Table(
    "people",
    metadata,
    key_column(),
    sa.Column("number", sa.Text),
    sa.Column("display_name", sa.Text),
    sa.Column("login", sa.Text),
    sa.Column("revision", sa.BigInteger),
    sa.Column("access_revision", sa.BigInteger, server_default="0"),
    sa.Column("email", sa.Text),
    sa.Column("service_account", sa.Boolean, server_default=sa.false()),
    *recorded(),
)
appointments = sa.Table(
    "appointments",
    metadata,
    key_column(),
    sa.Column("person", Uuid),
    sa.Column("unit", Uuid),
    sa.Column("position", Uuid),
    sa.Column("site", Uuid),
    sa.Column("employment_kind", sa.Text),
    *_span(),
    sa.Column("reason", sa.Text, server_default=""),
    sa.Column("reason_by", Uuid),
)
headships = _posts("headships")
deputyships = _posts("deputyships")
grants = sa.Table(
    "grants",
    metadata,
    key_column(),
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
    sa.Column("position", Uuid),
    sa.Column("reason", sa.Text, server_default=""),
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
    sa.Column("first_at", Instant),
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
    sa.Column("withdrawn_at", Instant),
)


def holds_on(table: sa.FromClause, day: object) -> sa.ColumnElement[bool]:
    """That a dated row counts on a day."""
    columns = table.c
    return sa.and_(
        columns.superseded_at.is_(None),
        columns.start_date <= day,
        sa.or_(columns.end_date.is_(None), columns.end_date >= day),
    )


def valid_on(spans: sa.FromClause, day: object) -> sa.ColumnElement[bool]:
    """That a span of a unit, position or site holds on a day."""
    return sa.and_(spans.c.valid_from <= day, sa.or_(spans.c.valid_to.is_(None), spans.c.valid_to >= day))
