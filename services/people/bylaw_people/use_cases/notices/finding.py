"""Finds notices for those whom they concern; what concerns others is refused like what does not exist."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Records
from bylaw_people.rules.notices.notice import Notice, ReadNotice
from bylaw_people.rules.notices.refusals import NoticeNotFound

SENDING = "people.notices.send"


def notice_for(records: Records, notice: UUID, caller: Caller, *, addressed_only: bool = False) -> ReadNotice:
    """A notice as an addressee, or its sender, sees it; refuses NOTICE_NOT_FOUND."""
    person = caller.person
    found = records.notices.find(notice, person, addressed_only=addressed_only) if person else None
    if found is None:
        raise NoticeNotFound
    return found


def own_notice(records: Records, notice: UUID, caller: Caller) -> Notice:
    """A notice that the caller sent, or any where they may send to everybody; refuses NOTICE_NOT_FOUND."""
    found = records.notices.get(notice)
    if found is None or not (_sent_by(found, caller) or caller.reach(SENDING).everyone):
        raise NoticeNotFound
    return found


def _sent_by(notice: Notice, caller: Caller) -> bool:
    return caller.person is not None and notice.sender == caller.person
