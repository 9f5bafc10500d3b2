"""Reminds of what is due and takes what is overdue to the next head up, each once, whoever works (DEC-1, DEC-2)."""

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.decision import Decision, Slot
from bylaw_people.rules.decisions.reseating import changed_slots, newly_asked
from bylaw_people.rules.decisions.wording import DUE, OVERDUE
from bylaw_people.use_cases.decisions.finding import posts_for
from bylaw_people.use_cases.decisions.going_on import reseat
from bylaw_people.use_cases.decisions.telling import telling
from bylaw_people.use_cases.notices.notify import Telling, notify_each

BATCH = 200


def remind_of_decisions(needs: Needs) -> int:
    """Tells those asked that an answer is due; answers of how many decisions."""
    total = 0
    while True:
        with needs.store.work(NOBODY) as records:
            due = records.decision_times.remind_due(BATCH)
            notify_each(records, [telling(decision, people, DUE) for decision, people in due])
        if not due:
            return total
        total += len(due)


def escalate_decisions(needs: Needs) -> int:
    """Asks the next head up as well where a place is overdue; answers how many decisions that were."""
    total = 0
    while True:
        with needs.store.work(NOBODY) as records:
            late = records.decision_times.overdue(BATCH)
            _escalate(records, late, needs)
        if not late:
            return total
        total += len(late)


def _escalate(records: Records, late: list[Decision], needs: Needs) -> None:
    raised = [decision.escalated(records.now) for decision in late]
    marked = zip(late, raised, strict=True)
    records.decision_times.escalate([(now.id, new) for before, now in marked for _, new in changed_slots(before, now)])
    pairs = reseat(records, raised, posts_for(records, raised, needs.today()))
    notify_each(records, [_told(now, newly_asked(before, now)) for before, now in pairs])


def _told(decision: Decision, slots: list[Slot]) -> Telling:
    asked = {seat.person for slot in slots for seat in slot.seats}
    return telling(decision.id, asked, OVERDUE, kind=decision.kind)
