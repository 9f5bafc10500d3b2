"""The table of the company's days; of one subject no two that count hold on a day."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

company_days = sa.Table(
    "company_days",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("level", sa.Text),
    sa.Column("subject", _UUID),
    sa.Column("first_day", sa.Date),
    sa.Column("last_day", sa.Date),
    sa.Column("worked", sa.Boolean),
    sa.Column("wording_zh", sa.Text),
    sa.Column("wording_en", sa.Text),
    sa.Column("published_at", _INSTANT),
    sa.Column("published_by", sa.Text),
    sa.Column("revision", sa.Integer),
    sa.Column("withdrawn_at", _INSTANT),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdraw_reason", sa.Text),
)
