"""The tables of months that are handed over and closed, and of objections, as the migrations make them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

unit_months = sa.Table(
    "unit_months",
    metadata,
    sa.Column("unit", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("revision", sa.Integer),
    sa.Column("handed_over_at", _INSTANT),
    sa.Column("handed_over_by", sa.Text),
    sa.Column("remark", sa.Text),
    sa.Column("closed_at", _INSTANT),
    sa.Column("closed_by", sa.Text),
)
"""A unit's month from its hand-over on; one that is not here is open."""
sheet_reviews = sa.Table(
    "sheet_reviews",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("reviewed_at", _INSTANT),
    sa.Column("reviewed_by", sa.Text),
    sa.Column("remark", sa.Text),
)
"""The last look at a sheet, by the digest of what it was judged from: another digest has not been looked at."""
closed_sheets = sa.Table(
    "closed_sheets",
    metadata,
    sa.Column("person", _UUID, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("unit", _UUID),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Column("totals", pg.ARRAY(sa.Integer)),
    sa.Column("judged_from", sa.LargeBinary),
    sa.Column("cause", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("counted_in", sa.Date),
    sa.Column("made_at", _INSTANT),
    sa.Column("made_by", sa.Text),
    sa.Column("excused_minutes", sa.Integer),
    sa.Column("outside_minutes", sa.Integer),
    sa.Column("outside_halves", sa.Integer),
    sa.Column("outside_days", sa.Integer),
    sa.Column("changes", pg.JSONB),
    sa.Column("statutory_days", pg.ARRAY(sa.Date)),
    sa.Column("beside_seconds", pg.ARRAY(sa.BigInteger)),
    sa.Column("beside_directions", sa.LargeBinary),
)
"""Version 1 is what was closed; each further one is a recorded correction, counted in a month that was open then."""
objections = sa.Table(
    "objections",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("month", sa.Date),
    sa.Column("days", pg.ARRAY(sa.Date)),
    sa.Column("text", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("revision", sa.Integer),
    sa.Column("raised_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_text", sa.Text),
)
"""Of a person's month at most one waits."""
