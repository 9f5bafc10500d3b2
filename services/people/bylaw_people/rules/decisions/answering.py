"""What an answer does: one counts at a place, the step goes on when all its places have one (DEC-1, DEC-2)."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from bylaw_people.rules.decisions.decision import ANSWERS, AnswerKind, Decision, Said, Slot, State
from bylaw_people.rules.decisions.opening import opened
from bylaw_people.rules.decisions.process import OpinionRule, StepKind
from bylaw_people.rules.decisions.refusals import (
    DecisionAnswerUnfit,
    DecisionNeedsText,
    DecisionNotAsked,
    DecisionOwn,
    DecisionStepDone,
)
from bylaw_people.rules.decisions.seats import Posts, Seat


class Then(Enum):
    """What follows an answer."""

    STAY = "the step waits for the others"
    NEXT = "the next step is opened"
    REFUSED = "it is over"
    SENT_BACK = "it is the requester's turn"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given, to the step that was seen."""

    person: UUID
    kind: AnswerKind
    step: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Which places it answers, by what right, and what follows."""

    slots: tuple[Slot, ...]
    seat: Seat
    then: Then


def answered(decision: Decision, given: Given) -> Effect:
    """The effect of an answer on the open step; its slots hold who may answer today.

    Refuses DECISION_OWN, DECISION_STEP_DONE, DECISION_NOT_ASKED, DECISION_ANSWER_UNFIT, DECISION_NEEDS_TEXT.
    """
    if given.person == decision.requester:
        raise DecisionOwn
    if decision.state is not State.WAITING or given.step != decision.step:
        raise DecisionStepDone(step=given.step)
    mine = [slot for slot in decision.slots if slot.step == decision.step and _seat(slot, given.person)]
    waiting = tuple(slot for slot in mine if slot.open)
    if not waiting:
        raise DecisionStepDone(step=given.step) if mine else DecisionNotAsked(step=given.step)
    _require_fit(decision, waiting, given)
    seat = _seat(waiting[0], given.person)
    assert seat  # noqa: S101 - that is how it was found
    return Effect(waiting, seat, _then(decision, waiting, given.kind))


def applied(decision: Decision, effect: Effect, said: Said, posts: Posts) -> Decision:
    """As the decision stands after an answer."""
    heard = decision.with_answer(said, effect.slots)
    if effect.then is Then.STAY:
        return heard.after()
    if effect.then is Then.SENT_BACK:
        return heard.after(state=State.SENT_BACK)
    if effect.then is Then.REFUSED:
        return heard.after(state=State.REFUSED, decided_at=said.at, decided_by=said.person)
    return opened(heard, decision.place + 1, posts, said.at).deciding(said.person)


def require_text(text: str) -> None:
    """Refuses DECISION_NEEDS_TEXT."""
    if not text.strip():
        raise DecisionNeedsText


def _require_fit(decision: Decision, slots: tuple[Slot, ...], given: Given) -> None:
    only_heard = _asks_opinions(slots) and decision.process.opinion is OpinionRule.HEARD
    if given.kind not in ANSWERS or (given.kind is AnswerKind.OPINION and not only_heard):
        raise DecisionAnswerUnfit
    if given.kind is not AnswerKind.AGREE:
        require_text(given.text)


def _then(decision: Decision, slots: tuple[Slot, ...], kind: AnswerKind) -> Then:
    if kind is AnswerKind.SEND_BACK:
        return Then.SENT_BACK
    heard = _asks_opinions(slots) and decision.process.opinion is OpinionRule.HEARD
    if kind is AnswerKind.REFUSE and not heard:
        return Then.REFUSED
    return Then.STAY if len(slots) < len(decision.open_slots) else Then.NEXT


def _asks_opinions(slots: tuple[Slot, ...]) -> bool:
    return slots[0].place.kind is StepKind.OPINION


def _seat(slot: Slot, person: UUID) -> Seat | None:
    return next((seat for seat in slot.seats if seat.person == person), None)
