"""How often a clause spoke."""  # noqa: INP001 - Alembic reads a folder of scripts

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "attendance_0003"
down_revision = "attendance_0002"

SILENT = {0, 7}
"""Cards that were not asked for or are not decided, as sheets of this form keep them."""


def upgrade() -> None:
    """Makes the table and fills it from the sheets that are kept."""
    op.execute("""
        create table clause_findings (
            person uuid not null, month date not null, clause text not null, days smallint[] not null,
            primary key (person, month, clause)
        );
    """)
    connection = op.get_bind()
    plans = {row.key: json.loads(row.body)[3] for row in connection.execute(sa.text("select key, body from plans"))}
    insert = sa.text("insert into clause_findings values (:person, :month, :clause, :days)")
    for sheet in connection.execute(sa.text("select person, month, body from sheets")):
        rows = [
            {"person": sheet.person, "month": sheet.month, "clause": clause, "days": days}
            for clause, days in _findings(json.loads(sheet.body)[0], plans, sheet.month).items()
        ]
        if rows:
            connection.execute(insert, rows)


def _findings(parts: list[Any], plans: dict[bytes, Any], month: date) -> dict[str, list[int]]:
    """The findings of a kept sheet, by clause, as days of the month."""
    found: dict[str, list[int]] = {}
    for key, kinds, _, _, clauses, *_ in parts:
        days = [
            date.fromisoformat(day) for day, _, _, halves in plans[bytes.fromhex(key)] for _ in halves for _ in "io"
        ]
        for kind, clause, day in zip(bytes.fromhex(kinds), clauses, days, strict=True):
            if kind not in SILENT and clause:
                found.setdefault(clause, []).append((day - month).days + 1)
    return found


def downgrade() -> None:
    """Drops it."""
    op.drop_table("clause_findings")
