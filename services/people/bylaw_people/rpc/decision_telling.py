"""Decisions, processes and delegations as messages of the contract."""

from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.types.v1.amount_pb2 import Money, Quantity
from bylaw_chassis.values import resource_name

from bylaw_people.events import DECISION_STATES, day_text, text_message
from bylaw_people.message_values import instant_message, told
from bylaw_people.rpc.decision_reading import ANSWER_KINDS, OPINION_RULES, STEP_KINDS, WEIGHTS
from bylaw_people.rules.decisions.decision import Content, Decision, Round, Said, Slot
from bylaw_people.rules.decisions.delegation import Delegation
from bylaw_people.rules.decisions.process import Amount, Process, Step
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
    Ground.ROLE: messages.GROUND_ROLE,
}
GROUNDS_SAID = {"": messages.GROUND_UNSPECIFIED, **{ground.value: number for ground, number in GROUNDS.items()}}


def decision_message(decision: Decision) -> messages.Decision:
    """A decision, with as much of its history as it was read with."""
    return messages.Decision(
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
        plan=[_process_step(step) for step in decision.plan],
        create_time=instant_message(decision.asked_at),
        decide_time=instant_message(decision.decided_at),
        **_content(decision.content),
    )


def preview_message(decision: Decision) -> messages.DecisionPreview:
    """Whom a request would ask; when an answer would be due is not said."""
    steps = _steps(decision.slots)
    for step in steps:
        for seat in step.seats:
            seat.ClearField("due_time")
    return messages.DecisionPreview(
        process=decision.process.name,
        weight=WEIGHTS[decision.weight],
        plan=[_process_step(step) for step in decision.process.plan(decision.content.amount)],
        steps=steps,
    )


def process_message(process: Process) -> messages.Process:
    """A process; one that ships has held for ever."""
    return messages.Process(
        name=process.name,
        kind=process.kind,
        unit=resource_name("units", process.unit),
        effective_date=day_text(process.effective_date),
        weight=WEIGHTS[process.weight],
        measure=process.measure,
        money=process.money,
        steps=[_process_step(step) for step in process.steps],
        opinion=OPINION_RULES[process.opinion],
        related_units=[resource_name("units", unit) for unit in process.related],
        retired=process.retired,
        steps_from_service=process.steps_from_service,
        set_by=resource_name("people", process.set_by),
    )


def delegation_message(delegation: Delegation) -> messages.Delegation:
    """A delegation."""
    return messages.Delegation(
        name=resource_name("delegations", delegation.id),
        delegator=resource_name("people", delegation.delegator),
        delegate=resource_name("people", delegation.delegate),
        kinds=delegation.kinds,
        start_date=delegation.start_date.isoformat(),
        end_date=delegation.end_date.isoformat(),
        away=delegation.away,
        end_time=instant_message(delegation.ended_at),
    )


def _content(content: Content) -> dict[str, Any]:
    facts = [messages.DecisionFact(key=key, value=value) for key, value in content.facts]
    return {"facts": facts, "text": content.text, **(told(_amount, content.amount) or {})}


def _amount(amount: Amount) -> dict[str, Any]:
    return AMOUNTS[amount.money](amount)


def _money(amount: Amount) -> dict[str, Any]:
    return {"money": Money(minor_units=int(amount.value), currency=amount.measure)}


def _quantity(amount: Amount) -> dict[str, Any]:
    return {"quantity": Quantity(value=_plain(amount.value), unit=amount.measure)}


AMOUNTS = {True: _money, False: _quantity}


def _steps(slots: tuple[Slot, ...]) -> list[messages.DecisionStep]:
    opened = groupby(sorted(slots, key=attrgetter("step")), key=attrgetter("step"))
    return [_step(number, list(of_step)) for number, of_step in opened]


def _step(number: int, slots: list[Slot]) -> messages.DecisionStep:
    kind = STEP_KINDS[slots[0].place.kind]
    return messages.DecisionStep(number=number, kind=kind, seats=[_seat(slot) for slot in slots])


def _seat(slot: Slot) -> messages.DecisionSeat:
    return messages.DecisionSeat(
        unit=resource_name("units", slot.place.unit),
        asked=[_asked(seat) for seat in slot.seats],
        answered=slot.answered,
        due_time=instant_message(slot.due_at),
        remind_time=instant_message(slot.reminded_at),
        escalate_time=instant_message(slot.escalated_at),
    )


def _asked(seat: Seat) -> messages.AskedPerson:
    return messages.AskedPerson(
        person=resource_name("people", seat.person),
        ground=GROUNDS[seat.ground],
        in_place_of=resource_name("people", seat.in_place_of),
        reason=text_message(reason(seat)),
    )


def _answer(said: Said) -> messages.DecisionAnswer:
    return messages.DecisionAnswer(
        person=resource_name("people", said.person),
        kind=ANSWER_KINDS[said.kind],
        text=said.text,
        step=said.step,
        unit=resource_name("units", said.unit),
        ground=GROUNDS_SAID[said.ground],
        in_place_of=resource_name("people", said.in_place_of),
        answer_time=instant_message(said.at),
    )


def _round(round_: Round) -> messages.DecisionRound:
    asked = instant_message(round_.at)
    return messages.DecisionRound(round=round_.number, ask_time=asked, **_content(round_.content))


def _process_step(step: Step) -> messages.ProcessStep:
    return messages.ProcessStep(
        kind=STEP_KINDS[step.kind],
        unit=resource_name("units", step.unit),
        position=resource_name("positions", step.position),
        person=resource_name("people", step.person),
        levels_up=step.levels_up,
        from_amount=told(_plain, step.from_amount or None) or "",
        due_hours=step.due_hours,
        escalate_hours=step.escalate_hours,
        role=resource_name("roles", step.role),
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
