"""Outcomes as the chassis keeps them: a row for each that people's feed told this service, for ever."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import chassis_metadata

FINAL = {
    decisions_pb2.DECISION_STATE_AGREED: "agreed",
    decisions_pb2.DECISION_STATE_REFUSED: "refused",
    decisions_pb2.DECISION_STATE_WITHDRAWN: "withdrawn",
}
_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)
decided = sa.Table(
    "decided",
    chassis_metadata,
    sa.Column("decision", _UUID, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("subjects", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("requester", _UUID, nullable=False),
    sa.Column("decided_by", _UUID),
    sa.Column("decided_at", _INSTANT, nullable=False),
    sa.Column("clause", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("try_at", _INSTANT, nullable=False, server_default=sa.func.now()),
    sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    sa.Column("applied_at", _INSTANT),
)
"""Outcomes of what this service asked; for ever, so that none can have its effect twice."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided. `subjects` are the resource names that were asked about; `state` says how it ended."""

    decision: UUID
    kind: str
    state: str
    subjects: tuple[str, ...]
    requester: UUID
    decided_by: UUID | None
    decided_at: datetime
    clause: str

    @property
    def agreed(self) -> bool:
        """Whether it was agreed."""
        return self.state == "agreed"


def outcome_row(told: Any) -> dict[str, object]:
    """What the feed told, as a row."""
    return {
        "decision": _id(told.name),
        "kind": told.kind,
        "state": FINAL[told.state],
        "subjects": list(told.subjects),
        "requester": _id(told.requester),
        "decided_by": _id(told.decided_by) if told.decided_by else None,
        "decided_at": told.decide_time.ToDatetime(tzinfo=UTC),
        "clause": told.clause,
    }


def outcome_of(row: Any) -> Outcome:
    """A row."""
    return Outcome(
        row.decision,
        row.kind,
        row.state,
        tuple(row.subjects),
        row.requester,
        row.decided_by,
        row.decided_at,
        row.clause,
    )


def _id(name: str) -> UUID:
    return UUID(name.rpartition("/")[2])
