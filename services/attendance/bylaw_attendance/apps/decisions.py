"""Puts together what attendance asks people to decide and what follows from each end; a part of `app.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Timer
from bylaw_chassis.organisation.following import Hearer
from bylaw_chassis.outcomes import Outcome, Outcomes
from bylaw_chassis.values import resource_id

from bylaw_attendance.neighbours import DECISIONS
from bylaw_attendance.ports.decisions import DecisionEnd, DecisionEnds
from bylaw_attendance.store import asked_decisions, closed_months, leave_ledger, leave_people, leave_requests, overtime
from bylaw_attendance.use_cases.leave.ask_leave import KIND as LEAVE
from bylaw_attendance.use_cases.leave.end_leave import SettleLeave
from bylaw_attendance.use_cases.overtime.ask_overtime import KIND as OVERTIME
from bylaw_attendance.use_cases.overtime.end_overtime import SettleOvertime

CHANGED = "decision_changed"


def decision_ends() -> DecisionEnds:
    """What follows from each kind of decision that attendance asks for."""
    return {
        LEAVE: SettleLeave(leave_people, leave_requests, leave_ledger, closed_months),
        OVERTIME: SettleOvertime(overtime, closed_months),
    }


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """People's feed on what this service asked: each is noted, and each end has its effect exactly once."""

    service: str
    ends: DecisionEnds

    @property
    def outcomes(self) -> Outcomes:
        """The ends as the chassis keeps them: once however often they are told, each effect in its own transaction."""
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
