"""What timers do for notices: reach who joins, and remind who has not read by the date, once (PLN-2)."""

from collections import defaultdict
from uuid import UUID

from bylaw_chassis.caller import NOBODY
from bylaw_chassis.values import resource_name

from bylaw_people.ports import Needs
from bylaw_people.rules.notices.reminding import reminder
from bylaw_people.use_cases.notices.notify import Telling, notify_each

NOTICES_AT_ONCE = 100


def address_joiners(needs: Needs) -> int:
    """Puts standing notices in the feeds of who has joined their units since; answers how many entries are new."""
    with needs.store.work(NOBODY) as records:
        return records.notices.address_joiners(needs.today())


def remind_readers(needs: Needs) -> int:
    """Reminds those who have not done what a notice asks by its date; answers of how many notices."""
    total = 0
    while count := _remind_some(needs):
        total += count
    return total


def _remind_some(needs: Needs) -> int:
    today = needs.today()
    with needs.store.work(NOBODY) as records:
        claimed = records.receipts.claim_reminders(today, NOTICES_AT_ONCE)
        behind: dict[UUID, list[UUID]] = defaultdict(list)
        for notice, person in records.receipts.behind([notice.id for notice in claimed], today):
            behind[notice].append(person)
        about = [(notice, resource_name("notices", notice.id)) for notice in claimed]
        notify_each(records, [Telling(behind[one.id], reminder(one), name) for one, name in about])
    return len(claimed)
