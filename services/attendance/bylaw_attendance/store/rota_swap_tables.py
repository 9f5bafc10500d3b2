"""The table of swaps of the rota, as the migrations make it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

rota_swaps = sa.Table(
    "rota_swaps",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("asker", _UUID),
    sa.Column("other", _UUID),
    sa.Column("days", pg.ARRAY(sa.Date)),
    sa.Column("reason", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("revision", sa.Integer),
    sa.Column("asked_at", _INSTANT),
    sa.Column("agreed_at", _INSTANT),
    sa.Column("asker_consent_by", sa.Text),
    sa.Column("asker_consent_at", _INSTANT),
    sa.Column("other_consent_by", sa.Text),
    sa.Column("other_consent_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("ended_at", _INSTANT),
    sa.Column("end_text", sa.Text),
)
