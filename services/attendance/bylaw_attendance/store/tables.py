"""The tables of attendance, as the migrations make them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

metadata = sa.MetaData()
_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)


def _dated(name: str, *columns: sa.Column[object]) -> sa.Table:
    days = (sa.Column("first_day", sa.Date), sa.Column("last_day", sa.Date))
    return sa.Table(name, metadata, *columns, *days)


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
    sa.Column("warning", pg.JSONB(none_as_null=True)),
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
    sa.Column("source", sa.SmallInteger),
    sa.Column("first_reported", _INSTANT),
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
    sa.Column("replay", _UUID),
    sa.Column("revision", sa.Integer),
    sa.Column("ended_by", _UUID),
    sa.Column("withdrawn_at", _INSTANT),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdraw_reason", sa.Text),
    sa.Column("hours_system", sa.SmallInteger),
    sa.Column("hours_approval", sa.Text),
)
"""Of one subject no two that count hold on a day; `ended_by` is the newer one for whose sake an open one was ended."""
rota_cells = sa.Table(
    "rota_cells",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("work_date", sa.Date, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("pattern", sa.Text),
    sa.Column("parameters", pg.JSONB(none_as_null=True)),
    sa.Column("published_at", _INSTANT),
    sa.Column("published_by", sa.Text),
    sa.Column("short_notice", sa.Boolean),
)
rota_months = sa.Table(
    "rota_months",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("revision", sa.BigInteger),
)
"""How often a person's month of the rota was changed; who publishes holds its row, so that quotas are not outrun."""
policy_health = sa.Table(
    "policy_health",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("month", sa.Date),
    sa.Column("policy", sa.Text),
    sa.Column("distribution", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("rule", sa.Text),
    sa.Column("work_date", sa.Date),
    sa.Column("first_seen", _INSTANT),
    sa.Column("last_seen", _INSTANT),
    sa.Column("seen_count", sa.Integer),
    sa.Column("ended_at", _INSTANT),
)
"""A person's months that a pattern could not judge; of a person's month at most one entry is open."""
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
clause_findings = sa.Table(
    "clause_findings",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("clause", sa.Text, primary_key=True),
    sa.Column("days", pg.ARRAY(sa.SmallInteger)),
)
"""What a kept sheet found by each clause, as days of its month; replaced together with the sheet."""
replays = sa.Table(
    "replays",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("state", sa.SmallInteger),
    sa.Column("unit", _UUID),
    sa.Column("first_month", sa.Date),
    sa.Column("last_month", sa.Date),
    sa.Column("pattern", sa.Text),
    sa.Column("parameters", pg.JSONB),
    sa.Column("replaced", sa.Text),
    sa.Column("created_by", sa.Text),
    sa.Column("reach", pg.JSONB),
    sa.Column("created_at", _INSTANT),
    sa.Column("finished_at", _INSTANT),
    sa.Column("total", sa.Integer),
    sa.Column("done", sa.Integer),
    sa.Column("position", pg.JSONB(none_as_null=True)),
    sa.Column("before_figures", pg.ARRAY(sa.BigInteger)),
    sa.Column("after_figures", pg.ARRAY(sa.BigInteger)),
    sa.Column("change_count", sa.Integer),
    sa.Column("cancelled_by", sa.Text),
    sa.Column("followed", pg.ARRAY(sa.Text)),
)
"""Months as if another pattern had held; `position` is behind whom the next batch begins."""
replay_months = sa.Table(
    "replay_months",
    metadata,
    sa.Column("replay", _UUID, primary_key=True),
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("before_figures", pg.ARRAY(sa.Integer)),
    sa.Column("after_figures", pg.ARRAY(sa.Integer)),
    sa.Column("change_count", sa.Integer),
    sa.Column("changes", sa.LargeBinary),
    sa.Column("faults", pg.JSONB(none_as_null=True)),
)
"""What a person's month comes to on both sides (null: it could not be judged), and what changes in it."""
hours_notices = _dated(
    "hours_notices",
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("level", sa.Text),
    sa.Column("subject", _UUID),
    sa.Column("spans", pg.JSONB),
    sa.Column("cause", sa.SmallInteger),
    sa.Column("wording_zh", sa.Text),
    sa.Column("wording_en", sa.Text),
    sa.Column("published_at", _INSTANT),
    sa.Column("published_by", sa.Text),
    sa.Column("revision", sa.Integer),
    sa.Column("withdrawn_at", _INSTANT),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdraw_reason", sa.Text),
)
"""Of one subject no two that count hold on a day; `spans` are minutes on the wall, none: a day off."""
