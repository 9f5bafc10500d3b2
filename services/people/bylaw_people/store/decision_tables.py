"""The tables of decisions: processes, requests and their rounds, places and seats, answers, delegations."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import Instant, Uuid, key_column, metadata, recorded

_Texts = pg.ARRAY(sa.Text)


def _content() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("facts", pg.JSONB),
        sa.Column("amount", sa.Numeric),
        sa.Column("measure", sa.Text),
        sa.Column("money", sa.Boolean),
        sa.Column("text", sa.Text),
    )


def _place() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("decision", Uuid, primary_key=True),
        sa.Column("step", sa.Integer, primary_key=True),
        sa.Column("slot", sa.Integer, primary_key=True),
    )


processes = sa.Table(
    "decision_processes",
    metadata,
    key_column(),
    sa.Column("kind", sa.Text),
    sa.Column("unit", Uuid),
    sa.Column("valid_from", sa.Date),
    sa.Column("retired", sa.Boolean),
    sa.Column("body", pg.JSONB),
    *recorded(),
)
"""Never changed: of a kind and unit the newest row of the latest date that has come is the one that holds."""

decisions = sa.Table(
    "decisions",
    metadata,
    key_column(),
    sa.Column("kind", sa.Text),
    sa.Column("weight", sa.Text),
    sa.Column("requester", Uuid),
    sa.Column("unit", Uuid),
    sa.Column("asking_service", sa.Text),
    sa.Column("subjects", _Texts),
    sa.Column("process", pg.JSONB),
    *_content(),
    sa.Column("state", sa.Text),
    sa.Column("step", sa.Integer),
    sa.Column("place", sa.Integer),
    sa.Column("round", sa.Integer),
    sa.Column("revision", sa.BigInteger),
    sa.Column("asked_at", Instant),
    sa.Column("decided_at", Instant),
    sa.Column("decided_by", Uuid),
    sa.Column("clause", sa.Text),
)
"""A request as it stands; `process` is the one it was made under, whole."""

rounds = sa.Table(
    "decision_rounds",
    metadata,
    sa.Column("decision", Uuid, primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    *_content(),
    sa.Column("asked_at", Instant),
)
related = sa.Table(
    "decision_related",
    metadata,
    sa.Column("decision", Uuid, primary_key=True),
    sa.Column("unit", Uuid, primary_key=True),
)
slots = sa.Table(
    "decision_slots",
    metadata,
    *_place(),
    sa.Column("kind", sa.Text),
    sa.Column("unit", Uuid),
    sa.Column("position", Uuid),
    sa.Column("person", Uuid),
    sa.Column("levels_up", sa.Integer),
    sa.Column("open", sa.Boolean),
    sa.Column("due_at", Instant),
    sa.Column("escalate_at", Instant),
    sa.Column("reminded_at", Instant),
    sa.Column("escalated_at", Instant),
    sa.Column("answer", Uuid),
    sa.Column("role", sa.Text),
)
seats = sa.Table(
    "decision_seats",
    metadata,
    *_place(),
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("ground", sa.Text),
    sa.Column("cause", sa.Text),
    sa.Column("in_place_of", Uuid),
    sa.Column("state", sa.Text),
    sa.Column("asked_at", Instant),
)
"""Who is asked at a place: `open` in the inbox, `closed` once it is answered, `removed` where the post was lost."""

answers = sa.Table(
    "decision_answers",
    metadata,
    key_column(),
    sa.Column("decision", Uuid),
    sa.Column("round", sa.Integer),
    sa.Column("step", sa.Integer),
    sa.Column("slot", sa.Integer),
    sa.Column("unit", Uuid),
    sa.Column("person", Uuid),
    sa.Column("kind", sa.Text),
    sa.Column("ground", sa.Text),
    sa.Column("in_place_of", Uuid),
    sa.Column("text", sa.Text),
    sa.Column("answered_at", Instant),
)
delegations = sa.Table(
    "delegations",
    metadata,
    key_column(),
    sa.Column("delegator", Uuid),
    sa.Column("delegate", Uuid),
    sa.Column("kinds", _Texts),
    sa.Column("start_date", sa.Date),
    sa.Column("end_date", sa.Date),
    sa.Column("away", sa.Boolean),
    *recorded(),
    sa.Column("ended_at", Instant),
)


def runs_on(day: object) -> sa.ColumnElement[bool]:
    """That a delegation counts on a day."""
    columns = delegations.c
    return sa.and_(columns.ended_at.is_(None), columns.start_date <= day, columns.end_date >= day)
