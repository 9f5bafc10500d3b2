"""Which step is opened next, and whom it asks; steps without anybody left to ask are passed over (DEC-1, DEC-2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bylaw_people.rules.decisions.decision import Decision, Slot, State
from bylaw_people.rules.decisions.process import Step, StepKind
from bylaw_people.rules.decisions.refusals import DecisionHasNobody
from bylaw_people.rules.decisions.seats import Place, Posts, Resolving, Seat

OPINION = StepKind.OPINION


@dataclass(frozen=True, slots=True)
class Opening:
    """The step that is opened: its index in the plan and its places; none where all steps have been gone through.

    `decider` then is who agreed to the last one.
    """

    place: int
    slots: tuple[Slot, ...] = ()
    decider: UUID | None = None


def opening(decision: Decision, first: int, posts: Posts, *, now: datetime, agreed: frozenset[UUID]) -> Opening:
    """The next step from an index of the plan on; `agreed` are the deciders who agreed in this round.

    An opinion step without related units is passed over, and a step of a head or a role that comes to somebody who has
    agreed. So is one that comes to nobody because nobody is above whoever asks, as long as somebody decides at another.
    """
    plan = decision.process.plan(decision.content.amount)
    resolving = Resolving(posts, decision.requester, decision.kind)
    on_top = resolving.posts.heads_all_above(decision.requester, decision.unit)
    vacant: Opening | None = None
    decider: UUID | None = None
    for index in range(first, len(plan)):
        step = plan[index]
        slots = _slots(decision, step, resolving, now)
        decider = _agreed_already(step, slots, agreed)
        if not slots or decider is not None:
            continue
        if slots[0].seats or not on_top:
            return Opening(index, slots)
        if step.kind is OPINION:
            return vacant or Opening(index, slots)
        vacant = vacant or Opening(index, slots)
    return vacant if vacant and not agreed else Opening(len(plan), decider=decider)


def opened(decision: Decision, first: int, posts: Posts, now: datetime) -> Decision:
    """As it stands once the step from an index of its plan on is opened, or all have been gone through."""
    found = opening(decision, first, posts, now=now, agreed=decision.agreed_by)
    if not found.slots:
        return decision.after(state=State.AGREED, place=found.place, decided_at=now, decided_by=found.decider)
    slots = (*decision.closed, *found.slots)
    return decision.after(state=State.WAITING, place=found.place, step=decision.step + 1, slots=slots)


def foreseen(decision: Decision, posts: Posts, now: datetime) -> tuple[Slot, ...]:
    """Whom each of its steps would ask today, if at each the first who is asked agreed."""
    slots: tuple[Slot, ...] = ()
    agreed: frozenset[UUID] = frozenset()
    found = opening(decision, 0, posts, now=now, agreed=agreed)
    while found.slots:
        slots = (*slots, *found.slots)
        agreed |= {slot.seats[0].person for slot in found.slots if slot.seats and slot.place.kind is not OPINION}
        decision = replace(decision, step=decision.step + 1)
        found = opening(decision, found.place + 1, posts, now=now, agreed=agreed)
    return slots


def require_somebody(decision: Decision) -> None:
    """What nobody could answer is refused at once; opinions of a unit without anybody to ask go on waiting.

    Refuses DECISION_HAS_NOBODY.
    """
    first = decision.open_slots[0]
    if first.place.kind is not OPINION and not first.seats:
        raise DecisionHasNobody


def _slots(decision: Decision, step: Step, resolving: Resolving, now: datetime) -> tuple[Slot, ...]:
    due, escalate = now + timedelta(hours=step.due_hours), now + timedelta(hours=step.escalate_hours)
    return tuple(
        Slot(decision.step + 1, number, place, due, escalate, resolving.seats(place))
        for number, place in enumerate(_places(decision, step, resolving.posts))
    )


def _places(decision: Decision, step: Step, posts: Posts) -> tuple[Place, ...]:
    if step.kind is OPINION:
        others = [unit for unit in decision.related if posts.heads.get(unit) != decision.requester]
        return tuple(Place(step.kind, unit) for unit in others)
    if step.kind is StepKind.HEAD:
        return (Place(step.kind, step.unit or decision.unit, levels_up=step.levels_up),)
    if step.kind is StepKind.ROLE:
        return (Place(step.kind, decision.unit, role=step.role),)
    named = step.position or step.person
    home = posts.homes.get(named, decision.unit) if named else decision.unit
    return (Place(step.kind, home, step.position, step.person),)


def _agreed_already(step: Step, slots: tuple[Slot, ...], agreed: frozenset[UUID]) -> UUID | None:
    """Nobody is asked twice: the highest head where the step counts up further, a head who holds the role as well."""
    named_unit = step.unit is not None and not step.levels_up
    if step.kind not in {StepKind.HEAD, StepKind.ROLE} or named_unit:
        return None
    seats: tuple[Seat, ...] = slots[0].seats
    return next((seat.person for seat in seats if seat.person in agreed), None)
