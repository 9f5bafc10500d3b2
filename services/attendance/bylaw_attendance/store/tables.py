"""The tables of attendance, as the migrations make them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

metadata = sa.MetaData()
_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)


def _dated(name: str, *columns: sa.Column[object]) -> sa.Table:
    days = (sa.Column("first_day", sa.Date), sa.Column("last_day", sa.Date))
    return sa.Table(name, metadata, *columns, *days)


units = _dated(
    "units",
    sa.Column("unit", _UUID),
    sa.Column("code", sa.Text),
    sa.Column("title_zh", sa.Text),
    sa.Column("title_en", sa.Text),
    sa.Column("parent", _UUID),
)
heads = _dated("heads", sa.Column("unit", _UUID), sa.Column("person", _UUID))
people = sa.Table(
    "people",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("number", sa.Text),
    sa.Column("display_name", sa.Text),
)
appointments = _dated("appointments", sa.Column("person", _UUID), sa.Column("unit", _UUID), sa.Column("site", _UUID))
sites = sa.Table(
    "sites",
    metadata,
    sa.Column("site", _UUID, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("title_zh", sa.Text),
    sa.Column("title_en", sa.Text),
    sa.Column("time_zone", sa.Text),
    sa.Column("calendar", sa.Text),
)
punches = sa.Table(
    "punches",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("instant", _INSTANT),
    sa.Column("local_text", sa.Text),
    sa.Column("utc_offset_minutes", sa.SmallInteger),
    sa.Column("time_zone", sa.Text),
    sa.Column("device", sa.Text),
    sa.Column("direction", sa.SmallInteger),
    sa.Column("status", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("received_at", _INSTANT),
    sa.Column("import", _UUID, key="import_id"),
)
imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("state", sa.SmallInteger),
    sa.Column("file_name", sa.Text),
    sa.Column("format", sa.SmallInteger),
    sa.Column("site", _UUID),
    sa.Column("device", sa.Text),
    sa.Column("complete_until", sa.Date),
    sa.Column("created_by", sa.Text),
    sa.Column("reach", pg.JSONB),
    sa.Column("file_digest", sa.LargeBinary),
    sa.Column("read_count", sa.Integer),
    sa.Column("taken_count", sa.Integer),
    sa.Column("repeated_count", sa.Integer),
    sa.Column("refused_count", sa.Integer),
    sa.Column("position", sa.Integer),
    sa.Column("total", sa.Integer),
    sa.Column("refusal", pg.JSONB(none_as_null=True)),
    sa.Column("created_at", _INSTANT),
    sa.Column("finished_at", _INSTANT),
)
import_files = sa.Table(
    "import_files",
    metadata,
    sa.Column("import", _UUID, key="import_id", primary_key=True),
    sa.Column("content", sa.LargeBinary),
)
repeated_lines = sa.Table(
    "repeated_lines",
    metadata,
    sa.Column("import", _UUID, key="import_id"),
    sa.Column("position", sa.Integer),
    sa.Column("lines", sa.ARRAY(sa.Integer)),
)
refused_lines = sa.Table(
    "refused_lines",
    metadata,
    sa.Column("import", _UUID, key="import_id"),
    sa.Column("ordinal", sa.BigInteger, sa.Identity(always=True)),
    sa.Column("line", sa.Integer),
    sa.Column("field", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("zh", sa.Text),
    sa.Column("en", sa.Text),
)
clocks = sa.Table(
    "clocks",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("site", _UUID),
    sa.Column("device", sa.Text),
    sa.Column("reported_until", _INSTANT),
    sa.Column("retire_date", sa.Date),
)
assignments = _dated(
    "assignments",
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject", _UUID),
    sa.Column("pattern", sa.Text),
    sa.Column("parameters", pg.JSONB),
    sa.Column("created_at", _INSTANT),
    sa.Column("created_by", sa.Text),
)
plans = sa.Table(
    "plans", metadata, sa.Column("key", sa.LargeBinary, primary_key=True), sa.Column("body", sa.LargeBinary)
)
sheets = sa.Table(
    "sheets",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Column("totals", pg.ARRAY(sa.Integer)),
    sa.Column("judged_at", _INSTANT),
)


def holds(columns: Any, first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a dated row holds on any day from `first` to `last`."""
    ends = sa.or_(columns.last_day.is_(None), columns.last_day >= first)
    return sa.and_(columns.first_day <= last, ends)
