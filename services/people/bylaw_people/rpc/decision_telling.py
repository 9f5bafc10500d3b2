"""Decisions, processes and delegations as messages of the contract."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.types.v1.amount_pb2 import Money, Quantity
from bylaw_chassis.values import resource_name

from bylaw_people.events import DECISION_STATES, text_message
from bylaw_people.rpc.decision_reading import ANSWER_KINDS, OPINION_RULES, STEP_KINDS, WEIGHTS
from bylaw_people.rules.decisions.decision import Content, Decision, Round, Said, Slot
from bylaw_people.rules.decisions.delegation import Delegation
from bylaw_people.rules.decisions.process import Process, Step
from bylaw_people.rules.decisions.seats import Ground, Seat
from bylaw_people.rules.decisions.wording import reason

GROUNDS = {
    Ground.HEAD: messages.GROUND_HEAD,
    Ground.DELEGATE: messages.GROUND_DELEGATE,
    Ground.DEPUTY: messages.GROUND_DEPUTY,
    Ground.NEXT_HEAD: messages.GROUND_NEXT_HEAD,
    Ground.POSITION: messages.GROUND_POSITION,
    Ground.PERSON: messages.GROUND_PERSON,
    Ground.OVERDUE: messages.GROUND_OVERDUE,
}


def decision_message(decision: Decision) -> messages.Decision:
    """A decision, with as much of its history as it was read with."""
    message = messages.Decision(
        name=resource_name("decisions", decision.id),
        kind=decision.kind,
        subjects=decision.subjects,
        unit=resource_name("units", decision.unit),
        requester=resource_name("people", decision.requester),
        asking_service=decision.asking_service,
        weight=WEIGHTS[decision.weight],
        state=DECISION_STATES[decision.state],
        step=decision.step,
        round=decision.round,
        decided_by=resource_name("people", decision.decided_by),
        clause=decision.clause,
        process=decision.process.name,
        etag=str(decision.revision),
        steps=_steps(decision.slots),
        answers=[_answer(said) for said in decision.said],
        rounds=[_round(round_) for round_ in decision.rounds],
        plan=[_process_step(step) for step in decision.process.plan(decision.content.amount) if decision.rounds],
        **_content(decision.content),
    )
    _time(message.create_time, decision.asked_at)
    _time(message.decide_time, decision.decided_at)
    return message


def process_message(process: Process) -> messages.Process:
    """A process; one that ships has held for ever."""
    return messages.Process(
        name=process.name,
        kind=process.kind,
        unit=resource_name("units", process.unit),
        effective_date=process.effective_date.isoformat() if process.id else "",
        weight=WEIGHTS[process.weight],
        measure=process.measure,
        money=process.money,
        steps=[_process_step(step) for step in process.steps],
        opinion=OPINION_RULES[process.opinion],
        related_units=[resource_name("units", unit) for unit in process.related],
        retired=process.retired,
        set_by=resource_name("people", process.set_by),
    )


def delegation_message(delegation: Delegation) -> messages.Delegation:
    """A delegation."""
    message = messages.Delegation(
        name=resource_name("delegations", delegation.id),
        delegator=resource_name("people", delegation.delegator),
        delegate=resource_name("people", delegation.delegate),
        kinds=delegation.kinds,
        start_date=delegation.start_date.isoformat(),
        end_date=delegation.end_date.isoformat(),
        away=delegation.away,
    )
    _time(message.end_time, delegation.ended_at)
    return message


def _content(content: Content) -> dict[str, Any]:
    facts = [messages.DecisionFact(key=key, value=value) for key, value in content.facts]
    return {"facts": facts, "text": content.text, **_amount(content)}


def _amount(content: Content) -> dict[str, Any]:
    amount = content.amount
    if amount is None:
        return {}
    if amount.money:
        return {"money": Money(minor_units=int(amount.value), currency=amount.measure)}
    return {"quantity": Quantity(value=_plain(amount.value), unit=amount.measure)}


def _steps(slots: tuple[Slot, ...]) -> list[messages.DecisionStep]:
    numbers = sorted({slot.step for slot in slots})
    return [_step(number, [slot for slot in slots if slot.step == number]) for number in numbers]


def _step(number: int, slots: list[Slot]) -> messages.DecisionStep:
    kind = STEP_KINDS[slots[0].place.kind]
    return messages.DecisionStep(number=number, kind=kind, seats=[_seat(slot) for slot in slots])


def _seat(slot: Slot) -> messages.DecisionSeat:
    message = messages.DecisionSeat(
        unit=resource_name("units", slot.place.unit),
        asked=[_asked(seat) for seat in slot.seats],
        answered=slot.answered,
    )
    _time(message.due_time, slot.due_at)
    _time(message.remind_time, slot.reminded_at)
    _time(message.escalate_time, slot.escalated_at)
    return message


def _asked(seat: Seat) -> messages.AskedPerson:
    return messages.AskedPerson(
        person=resource_name("people", seat.person),
        ground=GROUNDS[seat.ground],
        in_place_of=resource_name("people", seat.in_place_of),
        reason=text_message(reason(seat)),
    )


def _answer(said: Said) -> messages.DecisionAnswer:
    message = messages.DecisionAnswer(
        person=resource_name("people", said.person),
        kind=ANSWER_KINDS[said.kind],
        text=said.text,
        step=said.step,
        unit=resource_name("units", said.unit),
        ground=GROUNDS[Ground(said.ground)] if said.ground else messages.GROUND_UNSPECIFIED,
        in_place_of=resource_name("people", said.in_place_of),
    )
    _time(message.answer_time, said.at)
    return message


def _round(round_: Round) -> messages.DecisionRound:
    message = messages.DecisionRound(round=round_.number, **_content(round_.content))
    _time(message.ask_time, round_.at)
    return message


def _process_step(step: Step) -> messages.ProcessStep:
    return messages.ProcessStep(
        kind=STEP_KINDS[step.kind],
        unit=resource_name("units", step.unit),
        position=resource_name("positions", step.position),
        person=resource_name("people", step.person),
        levels_up=step.levels_up,
        from_amount=_plain(step.from_amount) if step.from_amount else "",
        due_hours=step.due_hours,
        escalate_hours=step.escalate_hours,
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _time(field: Any, instant: datetime | None) -> None:
    if instant:
        field.FromDatetime(instant)
