"""Asks for a decision: the process of its kind that holds today for the unit gives its steps (DEC-1, DEC-2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.faults import TransientFault
from bylaw_chassis.values import new_id, resource_name

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.content import require_content, require_kind
from bylaw_people.rules.decisions.decision import Content, Decision
from bylaw_people.rules.decisions.opening import opened, require_somebody
from bylaw_people.rules.decisions.process import Process, Step, StepKind, Weight
from bylaw_people.rules.decisions.refusals import DecisionAskedDifferently, DecisionNeedsHead
from bylaw_people.rules.decisions.wanted import require_wanted
from bylaw_people.rules.refusals import PersonNotEmployed, UnitNotFound
from bylaw_people.use_cases.decisions.effects import require_askable
from bylaw_people.use_cases.decisions.finding import posts_for, process_for
from bylaw_people.use_cases.decisions.telling import tell_asked, tell_standing


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked; without a unit for the requester's own.

    `asking_service` is a service that proved itself, `wanted` are the steps that it wants asked.
    """

    kind: str
    subjects: tuple[str, ...]
    content: Content
    unit: UUID | None = None
    asking_service: str = ""
    wanted: tuple[Step, ...] = ()


def create_decision(asking: Asking, caller: Caller, needs: Needs) -> Decision:
    """The new decision, or the one on record where a service asks again.

    Refuses DECISION_KIND_UNKNOWN, DECISION_NEEDS_HEAD, DECISION_ASKED_DIFFERENTLY, DECISION_HAS_NOBODY,
    DECISION_PLAN_OF_SERVICE, PERSON_NOT_EMPLOYED, UNIT_NOT_FOUND, FIELD_INVALID.
    """
    require_kind(asking.kind, field="decision.kind")
    require_content(asking.subjects, asking.content)
    require_wanted(asking.wanted, asking.asking_service)
    require_askable(asking.kind, asking.subjects, asking.content)
    today = needs.today()
    with needs.store.work(caller) as records:
        asked = to_be_asked(records, asking, caller, today)
        decision = opened(asked, 0, posts_for(records, [asked], today), records.now)
        if not records.decisions.add(decision):
            return _on_record(records, asked)
        require_somebody(decision)
        records.decisions.open_slots(decision.id, decision.open_slots)
        tell_asked(records, decision, decision.open_slots)
        tell_standing(records, decision)
        return records.decisions.load(decision.id)


def related_units(records: Records, process: Process, unit: UUID, day: date) -> tuple[UUID, ...]:
    """The units that are asked for their opinion: those the process names, else those beside the unit (DEC-1)."""
    if not any(step.kind is StepKind.OPINION for step in process.steps):
        return ()
    named = process.related or records.posts.beside(unit, day)
    return tuple(other for other in named if other != unit)


def to_be_asked(records: Records, asking: Asking, caller: Caller, today: date) -> Decision:
    """What is asked, by its process and with the units that are related, before any step is opened."""
    person = caller.person
    home = records.posts.unit_of(person, today) if person else None
    if person is None or home is None:
        raise PersonNotEmployed(date=today)
    headed = records.posts.headed_by(person, today)
    unit = asking.unit or home
    if unit not in {home, *headed}:
        raise UnitNotFound
    process = process_for(records, asking.kind, unit, today)
    if process.weight is Weight.MAJOR and unit not in headed:
        raise DecisionNeedsHead
    return Decision(
        new_id(),
        asking.kind,
        person,
        unit,
        asking.subjects,
        process.asked_for(asking.wanted),
        asking.content,
        records.now,
        asking.asking_service,
        related=related_units(records, process, unit, today),
    )


def _on_record(records: Records, asked: Decision) -> Decision:
    """What the same service asked before: the same decision, whatever the key of the wish."""
    known = records.decisions.asked_before(asked)
    if known is None:
        raise TransientFault  # it was withdrawn this very moment
    decision = records.decisions.load(known)
    if all(round_.content != asked.content for round_ in decision.rounds):
        raise DecisionAskedDifferently(name=resource_name("decisions", known))
    return decision
