"""A decision as a fact: what was asked, where it stands, whom its open step asks, what was said (DEC-1..3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bylaw_people.rules.decisions.process import Amount, Process, Step, StepKind, Weight
from bylaw_people.rules.decisions.refusals import (
    DecisionChanged,
    DecisionFull,
    DecisionNotOwn,
    DecisionNotSentBack,
    DecisionOfService,
    DecisionOver,
)
from bylaw_people.rules.decisions.seats import Place, Seat


class State(StrEnum):
    """Where a decision stands."""

    WAITING = "waiting"
    SENT_BACK = "sent-back"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def over(self) -> bool:
        """Whether nothing but statements is added any more."""
        return self in {State.AGREED, State.REFUSED, State.WITHDRAWN}


class AnswerKind(StrEnum):
    """What somebody said."""

    AGREE = "agree"
    REFUSE = "refuse"
    SEND_BACK = "send-back"
    OPINION = "opinion"
    DISSENT = "dissent"
    COMMENT = "comment"
    WITHDRAW = "withdraw"
    RESUBMIT = "resubmit"


MOST_SAID = 500
ANSWERS = frozenset({AnswerKind.AGREE, AnswerKind.REFUSE, AnswerKind.SEND_BACK, AnswerKind.OPINION})
"""Those that answer a step."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is asked: facts as the asker puts them, how much, and why."""

    facts: tuple[tuple[str, str], ...] = ()
    amount: Amount | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of an opened step, and who may answer there; `number` counts within the step."""

    step: int
    number: int
    place: Place
    due_at: datetime
    escalate_at: datetime
    seats: tuple[Seat, ...] = ()
    open: bool = True
    answered: bool = False
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None

    def escalated(self, now: datetime) -> "Slot":
        """The place, asking the next head up as well if it is overdue and does not yet."""
        if not self.open or self.escalated_at or self.escalate_at > now:
            return self
        return replace(self, place=replace(self.place, overdue=True), escalated_at=now)

    def only(self, seats: Iterable[Seat]) -> "Slot":
        """The place with some of those who are asked."""
        return replace(self, seats=tuple(seats))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer or a statement on record; `slot` and `unit` say at which place, `ground` by what right."""

    id: UUID
    person: UUID
    kind: AnswerKind
    round: int
    at: datetime
    text: str = ""
    step: int = 0
    slot: int | None = None
    unit: UUID | None = None
    ground: str = ""
    in_place_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What was asked, and when."""

    number: int
    content: Content
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A request and where it stands; `place` is the index of the open step in the plan of its process and amount."""

    id: UUID
    kind: str
    requester: UUID
    unit: UUID
    subjects: tuple[str, ...]
    process: Process
    content: Content
    asked_at: datetime
    asking_service: str = ""
    related: tuple[UUID, ...] = ()
    state: State = State.WAITING
    step: int = 0
    place: int = 0
    round: int = 1
    revision: int = 1
    decided_at: datetime | None = None
    decided_by: UUID | None = None
    slots: tuple[Slot, ...] = ()
    said: tuple[Said, ...] = ()
    rounds: tuple[Round, ...] = ()

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return self.process.weight

    @property
    def clause(self) -> str:
        """The clause by which it is or was decided."""
        return self.process.clause

    @property
    def plan(self) -> tuple[Step, ...]:
        """The steps of its process that apply; none where it was read without its history."""
        return self.process.plan(self.content.amount) if self.rounds else ()

    @property
    def open_slots(self) -> tuple[Slot, ...]:
        """Where answers are waited for."""
        return tuple(slot for slot in self.slots if slot.open)

    @property
    def closed(self) -> tuple[Slot, ...]:
        """Every place that was opened; none waits any more."""
        return tuple(replace(slot, open=False) for slot in self.slots)

    @property
    def agreed_by(self) -> frozenset[UUID]:
        """Who agreed as decider in this round; opinions are none."""
        kinds = {(slot.step, slot.number): slot.place.kind for slot in self.slots}
        return frozenset(
            said.person
            for said in self.said
            if said.round == self.round
            and said.kind is AnswerKind.AGREE
            and kinds.get((said.step, said.slot if said.slot is not None else -1)) is not StepKind.OPINION
        )

    def require_seen(self, etag: str) -> None:
        """Refuses DECISION_CHANGED where the caller saw something else."""
        if etag and etag != str(self.revision):
            raise DecisionChanged

    def require_withdrawable(self, person: UUID | None) -> None:
        """Refuses DECISION_NOT_OWN, DECISION_OVER."""
        if person != self.requester:
            raise DecisionNotOwn
        if self.state.over:
            raise DecisionOver

    def require_resubmittable(self, person: UUID | None, content: Content, asking_service: str) -> None:
        """Refuses DECISION_NOT_OWN, DECISION_NOT_SENT_BACK, DECISION_OF_SERVICE."""
        if person != self.requester:
            raise DecisionNotOwn
        if self.state is not State.SENT_BACK:
            raise DecisionNotSentBack
        same = (content.facts, content.amount) == (self.content.facts, self.content.amount)
        if not same and asking_service != self.asking_service:
            raise DecisionOfService(service=self.asking_service)

    def after(self, **changes: Any) -> "Decision":
        """As it stands after a change; where it does not wait, none of its places does."""
        now = replace(self, revision=self.revision + 1, **changes)
        return now if now.state is State.WAITING else replace(now, slots=now.closed)

    def asked_again(self, content: Content) -> "Decision":
        """As it is asked in the next round, no step of which is opened yet."""
        return replace(self, content=content, round=self.round + 1)

    def seated(self, slots: Iterable[Slot]) -> "Decision":
        """The same, asking others: that is no change of the decision."""
        return replace(self, slots=tuple(slots))

    def with_answer(self, said: Said, answered: Iterable[Slot]) -> "Decision":
        """The same with one more answer, which some places do not wait for any more."""
        done = {(slot.step, slot.number) for slot in answered}
        slots = [
            replace(slot, open=False, answered=True) if (slot.step, slot.number) in done else slot
            for slot in self.slots
        ]
        return replace(self, said=(*self.said, said), slots=tuple(slots))

    def deciding(self, person: UUID) -> "Decision":
        """The same; where it was decided, by that person unless it was by somebody who had agreed before."""
        return replace(self, decided_by=self.decided_by or person) if self.state.over else self

    def require_room(self) -> None:
        """Refuses DECISION_FULL: what is shown in one piece has an end."""
        if len(self.said) >= MOST_SAID:
            raise DecisionFull(limit=MOST_SAID)

    def escalated(self, now: datetime) -> "Decision":
        """The same with its overdue places taken further up, each once."""
        return self.seated(slot.escalated(now) for slot in self.slots)
