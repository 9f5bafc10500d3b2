"""People's feed on what a service asked: each decision is noted, and each end has its effect exactly once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions import asked_decisions
from bylaw_chassis.decisions.desk import DECISIONS
from bylaw_chassis.decisions.wish import DecisionEnd, DecisionEnds
from bylaw_chassis.jobs import Timer
from bylaw_chassis.organisation.following import Hearer
from bylaw_chassis.outcomes import Outcome, Outcomes
from bylaw_chassis.values import resource_id

CHANGED = "decision_changed"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What follows from each kind of decision that a service asks for."""

    service: str
    ends: DecisionEnds

    @property
    def outcomes(self) -> Outcomes:
        """The ends as they are kept: once however often they are told, each effect in its own transaction."""
        return Outcomes(self.service, {kind: _effect(end) for kind, end in self.ends.items()})

    def hearers(self) -> Mapping[str, Hearer]:
        """What `member` takes as handlers."""
        kept = self.outcomes.handler()

        def hear(connection: sa.Connection, events: Sequence[Any]) -> None:
            for told in (event.decision_changed for event in events):
                if told.asking_service == self.service and told.subjects:
                    decision = resource_id(told.name, DECISIONS)
                    asked_decisions.note(connection, kind=told.kind, subject=told.subjects[0], decision=decision)
            kept.apply(connection, events)

        return {CHANGED: Hearer(hear)}

    def timer(self, database: Database) -> Timer:
        """Has the ends that wait take effect, once a second."""
        return self.outcomes.timer(database)


def _effect(end: Callable[[Work, DecisionEnd], None]) -> Callable[[Work, Outcome], None]:
    def take_effect(work: Work, told: Outcome) -> None:
        end(work, DecisionEnd(told.decision, told.kind, told.subjects[0], told.state, told.decided_by, told.decided_at))

    return take_effect
