"""Decisions and processes as rows, and rows as facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw_people.rules.decisions.decision import AnswerKind, Content, Decision, Round, Said, Slot, State
from bylaw_people.rules.decisions.process import Amount, OpinionRule, Process, Step, StepKind, Weight
from bylaw_people.rules.decisions.seats import Cause, Ground, Place, Seat


def process_body(process: Process) -> dict[str, Any]:
    """What a process says, as JSON."""
    return {
        "weight": process.weight.value,
        "measure": process.measure,
        "money": process.money,
        "opinion": process.opinion.value,
        "related": [str(unit) for unit in process.related],
        "steps": [_step_body(step) for step in process.steps],
        "steps_from_service": process.steps_from_service,
    }


def process_whole(process: Process) -> dict[str, Any]:
    """A process with where and since when it holds, as JSON: what a decision was asked under."""
    return {
        **process_body(process),
        "kind": process.kind,
        "id": _text(process.id),
        "unit": _text(process.unit),
        "effective_date": process.effective_date.isoformat(),
    }


def process_of_whole(body: Mapping[str, Any]) -> Process:
    """A process as a decision keeps it."""
    return _process(
        body,
        kind=body["kind"],
        id=_id(body["id"]),
        unit=_id(body["unit"]),
        effective_date=date.fromisoformat(body["effective_date"]),
    )


def process_of(row: Any) -> Process:
    """A row of processes."""
    return _process(
        row.body,
        kind=row.kind,
        id=row.id,
        unit=row.unit,
        effective_date=row.valid_from,
        retired=row.retired,
        set_by=row.recorded_by,
    )


def content_row(content: Content) -> dict[str, Any]:
    """What is asked, as columns."""
    amount = content.amount
    return {
        "facts": [list(fact) for fact in content.facts],
        "amount": amount.value if amount else None,
        "measure": amount.measure if amount else "",
        "money": bool(amount and amount.money),
        "text": content.text,
    }


def content_of(row: Any) -> Content:
    """What is asked."""
    amount = None if row.amount is None else Amount(row.amount, row.measure, row.money)
    return Content(tuple((key, value) for key, value in row.facts), amount, row.text)


def decision_row(decision: Decision) -> dict[str, Any]:
    """A new decision as a row."""
    return {
        "id": decision.id,
        "kind": decision.kind,
        "weight": decision.weight.value,
        "requester": decision.requester,
        "unit": decision.unit,
        "asking_service": decision.asking_service,
        "subjects": list(decision.subjects),
        "process": process_whole(decision.process),
        **content_row(decision.content),
        **standing_row(decision),
        "revision": decision.revision,
        "asked_at": decision.asked_at,
        "clause": decision.clause,
    }


def standing_row(decision: Decision) -> dict[str, Any]:
    """Where a decision stands, as columns."""
    return {
        "state": decision.state.value,
        "step": decision.step,
        "place": decision.place,
        "round": decision.round,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
    }


def decision_of(row: Any, **parts: Any) -> Decision:
    """A row of decisions, with what belongs to it."""
    return Decision(
        row.id,
        row.kind,
        row.requester,
        row.unit,
        tuple(row.subjects),
        process_of_whole(row.process),
        content_of(row),
        row.asked_at,
        row.asking_service,
        state=State(row.state),
        step=row.step,
        place=row.place,
        round=row.round,
        revision=row.revision,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        **parts,
    )


def round_of(row: Any) -> Round:
    """A row of rounds."""
    return Round(row.round, content_of(row), row.asked_at)


def slot_row(decision: UUID, slot: Slot) -> dict[str, Any]:
    """A new place of a step as a row."""
    place = slot.place
    return {
        "decision": decision,
        "step": slot.step,
        "slot": slot.number,
        "kind": place.kind.value,
        "unit": place.unit,
        "position": place.position,
        "person": place.person,
        "levels_up": place.levels_up,
        "role": place.role,
        "open": slot.open,
        "due_at": slot.due_at,
        "escalate_at": slot.escalate_at,
    }


def slot_of(row: Any, seats: Sequence[Seat]) -> Slot:
    """A row of slots with its seats."""
    overdue = row.escalated_at is not None
    place = Place(StepKind(row.kind), row.unit, row.position, row.person, row.levels_up, overdue, row.role)
    return Slot(
        row.step,
        row.slot,
        place,
        row.due_at,
        row.escalate_at,
        tuple(seats),
        open=row.open,
        answered=row.answer is not None,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
    )


def seat_row(decision: UUID, slot: Slot, seat: Seat) -> dict[str, Any]:
    """Somebody who is asked, as a row, without since when."""
    return {
        "decision": decision,
        "step": slot.step,
        "slot": slot.number,
        "person": seat.person,
        "ground": seat.ground.value,
        "cause": seat.cause.value,
        "in_place_of": seat.in_place_of,
        "state": "open",
    }


def seat_of(row: Any) -> Seat:
    """A row of seats."""
    return Seat(row.person, Ground(row.ground), row.in_place_of, Cause(row.cause))


def said_row(decision: UUID, said: Said) -> dict[str, Any]:
    """An answer as a row."""
    return {
        "id": said.id,
        "decision": decision,
        "round": said.round,
        "step": said.step,
        "slot": said.slot,
        "unit": said.unit,
        "person": said.person,
        "kind": said.kind.value,
        "ground": said.ground,
        "in_place_of": said.in_place_of,
        "text": said.text,
        "answered_at": said.at,
    }


def said_of(row: Any) -> Said:
    """A row of answers."""
    return Said(
        row.id,
        row.person,
        AnswerKind(row.kind),
        row.round,
        row.answered_at,
        row.text,
        row.step,
        row.slot,
        row.unit,
        row.ground,
        row.in_place_of,
    )


def _process(body: Mapping[str, Any], **place: Any) -> Process:
    return Process(
        weight=Weight(body["weight"]),
        steps=tuple(_step(step) for step in body["steps"]),
        measure=body["measure"],
        money=body["money"],
        opinion=OpinionRule(body["opinion"]),
        related=tuple(UUID(unit) for unit in body["related"]),
        steps_from_service=body.get("steps_from_service", False),
        **place,
    )


def _step_body(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "unit": _text(step.unit),
        "position": _text(step.position),
        "person": _text(step.person),
        "levels_up": step.levels_up,
        "from_amount": str(step.from_amount),
        "due_hours": step.due_hours,
        "escalate_hours": step.escalate_hours,
        "role": step.role,
    }


def _step(body: Mapping[str, Any]) -> Step:
    return Step(
        StepKind(body["kind"]),
        _id(body["unit"]),
        _id(body["position"]),
        _id(body["person"]),
        body["levels_up"],
        Decimal(body["from_amount"]),
        body["due_hours"],
        body["escalate_hours"],
        body.get("role", ""),
    )


def _text(identifier: UUID | None) -> str:
    return str(identifier) if identifier else ""


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
