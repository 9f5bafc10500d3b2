"""What the doctor examines of outcomes: each decision that a service asked for has had its effect."""

from datetime import timedelta

import sqlalchemy as sa

from bylaw_chassis.findings import Examined, Finding, Words
from bylaw_chassis.outcome_rows import decided

NAME = "outcomes"
DELAY = timedelta(minutes=5)
CURE = Words(
    "请查看日志中 outcome_not_applied 的原因；排除后会自动重试。",
    "See why in the log under outcome_not_applied; once that is cured, it is tried again by itself.",
)


def outcomes_applied(connection: sa.Connection, examined: Examined) -> Finding:
    """No effect has failed, and where the service runs none has waited for five minutes."""
    waiting = decided.c.applied_at.is_(None)
    failing, late = decided.c.last_error != "", decided.c.decided_at < examined.database.clock() - DELAY
    faulty = sa.or_(failing, late) if examined.running else failing
    found = connection.execute(
        sa.select(decided.c.kind, decided.c.decision, decided.c.last_error).where(waiting, faulty).limit(5)
    ).all()
    shown = ", ".join(f"{row.kind} decisions/{row.decision} {row.last_error}".strip() for row in found)
    seen = Words(shown or "均已生效。", shown or "all have had their effect.")
    return Finding(NAME, holds=not found, seen=seen, cure=CURE)
