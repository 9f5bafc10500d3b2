"""What timers do for duties: remind before something is due, and tell the head once it is overdue."""

from bylaw_chassis.caller import NOBODY, Reach
from bylaw_chassis.values import resource_name

from bylaw_people.ports import Needs
from bylaw_people.rules.duties.escalating import answerable
from bylaw_people.rules.duties.telling import escalation, reminder
from bylaw_people.use_cases.notices.notify import Telling, notify_each

AT_ONCE = 1_000
EVERYWHERE = Reach(everyone=True)


def remind(needs: Needs) -> int:
    """Reminds those whose duty it is, once; answers of how many things."""
    total = 0
    while count := _remind_some(needs):
        total += count
    return total


def escalate(needs: Needs) -> int:
    """Tells the heads of what is overdue, once; answers of how many things."""
    total = 0
    while count := _escalate_some(needs):
        total += count
    return total


def _remind_some(needs: Needs) -> int:
    with needs.store.work(NOBODY) as records:
        claimed = records.occurrences.claim_reminders(AT_ONCE)
        told = (
            Telling(pending.responsible, reminder(pending, needs.time_zone), _about(pending.occurrence))
            for pending in claimed
        )
        notify_each(records, list(told))
    return len(claimed)


def _escalate_some(needs: Needs) -> int:
    with needs.store.work(NOBODY) as records:
        claimed = records.occurrences.claim_overdue(AT_ONCE)
        units = {unit.id: unit for unit in records.units.views(needs.today(), EVERYWHERE)} if claimed else {}
        heads = [(pending, answerable(pending, units)) for pending in claimed]
        told = (
            Telling([head], escalation(pending, needs.time_zone), _about(pending.occurrence))
            for pending, head in heads
            if head
        )
        notify_each(records, list(told))
    return len(claimed)


def _about(occurrence: object) -> str:
    return resource_name("dutyOccurrences", str(occurrence))
