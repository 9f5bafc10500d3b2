"""Has every decision that waits ask whom the organisation of the day has, once that has changed (ORG-3, DEC-2)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.decision import Decision
from bylaw_people.rules.decisions.reseating import newly_asked
from bylaw_people.use_cases.decisions.finding import posts_for
from bylaw_people.use_cases.decisions.going_on import reseat
from bylaw_people.use_cases.decisions.telling import tell_newly_asked

BATCH = 500
"""Decisions a transaction locks at most: answers wait only a moment."""


def refresh_decisions(needs: Needs) -> int:
    """Follows changes of people and units and the change of day; answers how many decisions ask others than before."""
    today = needs.today()
    with needs.store.read() as records:
        seen, now = records.decision_times.seen_organisation(today)
    if seen == now:
        return 0
    changed = _refresh_all(needs, today)
    with needs.store.work(NOBODY) as records:
        records.decision_times.note_organisation(now, records.now)
    return changed


def refresh_touching(records: Records, person: UUID, day: date) -> None:
    """What waits for somebody, or for others in their place, asks whom it should: a delegation began or ended."""
    after: UUID | None = None
    while found := records.decision_times.waiting(after, BATCH, touching=person):
        _refresh(records, found, day)
        after = found[-1].id


def refresh_role(records: Records, role: str, day: date) -> None:
    """What waits for whoever holds a role asks whom it should: the role was given or taken away."""
    after: UUID | None = None
    while found := records.decision_times.waiting(after, BATCH, role=role):
        _refresh(records, found, day)
        after = found[-1].id


def _refresh_all(needs: Needs, day: date) -> int:
    after: UUID | None = None
    changed = 0
    while True:
        with needs.store.work(NOBODY) as records:
            found = records.decision_times.waiting(after, BATCH)
            changed += _refresh(records, found, day)
        if len(found) < BATCH:
            return changed
        after = found[-1].id


def _refresh(records: Records, found: list[Decision], day: date) -> int:
    pairs = reseat(records, found, posts_for(records, found, day))
    changed = [(before, now) for before, now in pairs if before != now]
    tell_newly_asked(records, {now.id: newly_asked(before, now) for before, now in changed})
    return len(changed)
