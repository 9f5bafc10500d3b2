"""What the doctor examines of the rulebook: that every revision which was ever written is still there."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_people.store.rulebook_tables import clause_revisions, clauses

CURE = Words(
    "有人改动过数据库：请与备份比对，并恢复缺失的修订。",
    "Somebody changed the database: compare with a back-up, and bring back the revisions that are missing.",
)


def rulebook(connection: sa.Connection, _: Examined) -> Finding:
    """Each clause has all of its revisions, numbered from 1 without a gap."""
    columns = clause_revisions.c
    written = sa.select(columns.clause, sa.func.count().label("times"), sa.func.max(columns.number).label("last"))
    kept = written.group_by(columns.clause).subquery()
    statement = sa.select(clauses.c.id, clauses.c.revision, kept.c.times, kept.c.last)
    rows = connection.execute(statement.outerjoin(kept, kept.c.clause == clauses.c.id)).all()
    torn = sorted(row.id for row in rows if not row.revision == row.times == row.last)
    lacking = ", ".join(torn)
    return Finding(
        "rulebook",
        not torn,
        Words(
            f"{len(rows)} 条条款，修订不完整：{lacking or '无'}。",
            f"{len(rows)} clauses, revisions missing of: {lacking or 'none'}.",
        ),
        CURE,
    )
