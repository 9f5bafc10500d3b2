"""Marks a notice as withdrawn; nothing of it is deleted, and nothing more of it goes out (PLN-2)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.notices.notice import Notice
from bylaw_people.use_cases.notices.finding import own_notice


def withdraw_notice(notice: UUID, caller: Caller, needs: Needs) -> Notice:
    """Refuses NOTICE_NOT_FOUND; again it changes nothing."""
    with needs.store.work(caller) as records:
        found = own_notice(records, notice, caller)
        if found.withdrawn_at:
            return found
        records.notices.withdraw(notice)
        return replace(found, withdrawn_at=records.now)
