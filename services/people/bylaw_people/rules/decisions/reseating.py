"""Whom the open places of a decision ask in another organisation than when they were opened (ORG-3, DEC-2)."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from bylaw_people.rules.decisions.decision import Decision, Slot
from bylaw_people.rules.decisions.seats import Posts, Resolving, Wanted


def wanted_by(decisions: Iterable[Decision]) -> Wanted:
    """Of which units, positions, people and roles the posts are needed to say whom some decisions ask."""
    units: set[UUID | None] = set()
    positions: set[UUID | None] = set()
    people: set[UUID | None] = set()
    roles: set[str] = set()
    for decision in decisions:
        units |= {decision.unit, *decision.related, *(slot.place.unit for slot in decision.slots)}
        for step in decision.process.steps:
            units.add(step.unit)
            positions.add(step.position)
            people.add(step.person)
            roles.add(step.role)
    return Wanted(_known(units), _known(positions), _known(people), frozenset(roles - {""}))


def reseated(decision: Decision, posts: Posts) -> Decision:
    """The decision, its open places asking whom the posts of a day have."""
    resolving = Resolving(posts, decision.requester, decision.kind)
    return decision.seated(
        replace(slot, seats=resolving.seats(slot.place)) if slot.open else slot for slot in decision.slots
    )


def changed_slots(before: Decision, now: Decision) -> list[tuple[Slot, Slot]]:
    """The places that are not as they were, each as it was and as it is."""
    return [(old, new) for old, new in zip(before.slots, now.slots, strict=True) if old != new]


def newly_asked(before: Decision, now: Decision) -> list[Slot]:
    """The places that changed, with only those who were not asked there before."""
    return [
        new.only([seat for seat in new.seats if seat.person not in {known.person for known in old.seats}])
        for old, new in changed_slots(before, now)
    ]


def _known(identifiers: Iterable[UUID | None]) -> frozenset[UUID]:
    return frozenset(identifier for identifier in identifiers if identifier)
