"""The tables of duties: what was given to whom, and what comes due."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import Instant, Uuid, metadata


def _texts(*names: str) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.Text) for name in names)


duties = sa.Table(
    "duties",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    *_texts("service", "key"),
    sa.Column("end_date", sa.Date),
    sa.Column("revision", sa.BigInteger),
    sa.Column("made_until", sa.Date),
    sa.Column("recorded_at", Instant),
    sa.Column("recorded_by", Uuid),
)
"""`made_until` is the day up to which its occurrences have been made."""

duty_terms = sa.Table(
    "duty_terms",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("duty", Uuid),
    sa.Column("effective_date", sa.Date),
    *_texts("clause", "title_zh", "title_en", "instructions_zh", "instructions_en"),
    sa.Column("person", Uuid),
    sa.Column("position", Uuid),
    sa.Column("head_of", Uuid),
    *_texts("rhythm"),
    sa.Column("at", sa.Time),
    sa.Column("interval", sa.SmallInteger),
    sa.Column("once_on", sa.Date),
    sa.Column("weekdays", pg.ARRAY(sa.SmallInteger)),
    sa.Column("month_day", sa.SmallInteger),
    *_texts("on_rest_days"),
    sa.Column("rest_weekdays", pg.ARRAY(sa.SmallInteger)),
    sa.Column("site", Uuid),
    *_texts("proof"),
    sa.Column("remind_minutes", sa.Integer),
    sa.Column("recorded_at", Instant),
    sa.Column("recorded_by", Uuid),
    sa.Column("superseded_at", Instant),
    sa.Column("superseded_by", Uuid),
)
"""What a duty is from a date on; a superseded row is what it was to be."""

duty_occurrences = sa.Table(
    "duty_occurrences",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("duty", Uuid),
    sa.Column("terms", Uuid),
    sa.Column("due_date", sa.Date),
    sa.Column("due_at", Instant),
    sa.Column("remind_at", Instant),
    *_texts("state", "proof_text", "proof_photo", "proof_photo_sha256", "proof_record"),
    sa.Column("closed_at", Instant),
    sa.Column("closed_by", Uuid),
    *_texts("excuse"),
    sa.Column("reminded_at", Instant),
    sa.Column("escalated_at", Instant),
)
