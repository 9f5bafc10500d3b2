"""Whom the open places of a decision ask in another organisation than when they were opened (ORG-3, DEC-2)."""

from dataclasses import replace

from bylaw_people.rules.decisions.decision import Decision, Slot
from bylaw_people.rules.decisions.seats import Posts, Resolving


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
