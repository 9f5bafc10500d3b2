"""The decisions that people were asked for: by the answer of the asking, or by people's feed where that was lost.

Each service makes the table in its own migrations.
"""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

asked_decisions = sa.table(
    "asked_decisions",
    sa.column("decision", pg.UUID(as_uuid=True)),
    sa.column("kind", sa.Text),
    sa.column("subject", sa.Text),
)
"""A row a decision, for ever."""


def note(connection: sa.Connection, *, kind: str, subject: str, decision: UUID) -> None:
    """Notes a decision; once, however often it is told."""
    row = {"decision": decision, "kind": kind, "subject": subject}
    connection.execute(pg.insert(asked_decisions).on_conflict_do_nothing(), row)


def asked(connection: sa.Connection, subjects: Collection[str]) -> dict[str, UUID]:
    """The newest decision about each of these subjects, of those about which one was asked for."""
    columns = asked_decisions.c
    named = sa.cast(list(subjects), pg.ARRAY(sa.Text))
    query = sa.select(columns.subject, columns.decision).where(columns.subject == sa.any_(named))
    return {row.subject: row.decision for row in connection.execute(query.order_by(columns.decision))}
