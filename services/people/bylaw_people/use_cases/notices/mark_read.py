"""Records that an addressee read a notice, or acknowledges it; the first time counts (PLN-2)."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.notices.notice import ReadNotice
from bylaw_people.rules.notices.refusals import NoticeAsksNothing
from bylaw_people.use_cases.notices.finding import notice_for


def mark_read(notice: UUID, caller: Caller, needs: Needs) -> ReadNotice:
    """Refuses NOTICE_NOT_FOUND."""
    with needs.store.work(caller) as records:
        found = notice_for(records, notice, caller, addressed_only=True)
        if found.read_at or caller.person is None:
            return found
        records.notices.mark_read(notice, caller.person)
        return notice_for(records, notice, caller)


def acknowledge(notice: UUID, caller: Caller, needs: Needs) -> ReadNotice:
    """Refuses NOTICE_NOT_FOUND, NOTICE_ASKS_NOTHING."""
    with needs.store.work(caller) as records:
        found = notice_for(records, notice, caller, addressed_only=True)
        if not found.notice.needs_acknowledgement:
            raise NoticeAsksNothing
        if found.acknowledged_at or caller.person is None:
            return found
        records.notices.mark_read(notice, caller.person, acknowledged=True)
        return notice_for(records, notice, caller)
