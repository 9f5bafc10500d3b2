"""Shows people their notices, and those who sent them who read what (PLN-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.notices.notice import ReadNotice, Receipt, ReceiptCounts
from bylaw_people.rules.notices.refusals import NoticeNotFound
from bylaw_people.use_cases.notices.finding import notice_for

RECEIPTS = "people.receipts.read"


class Filter(StrEnum):
    """Which notices somebody asks for."""

    ALL = "all"
    UNREAD = "unread"
    UNACKNOWLEDGED = "unacknowledged"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of somebody's notices, and how many they have not read."""

    notices: Sequence[ReadNotice]
    unread: int


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A page of receipts, and the counts of all within the same reach."""

    receipts: Sequence[Receipt]
    counts: ReceiptCounts


def show_notice(notice: UUID, caller: Caller, needs: Needs) -> ReadNotice:
    """Refuses NOTICE_NOT_FOUND."""
    with needs.store.read() as records:
        return notice_for(records, notice, caller)


def show_feed(wanted: Filter, after: tuple[bool, UUID] | None, limit: int, *, caller: Caller, needs: Needs) -> FeedPage:
    """The caller's notices behind a place; a service has none."""
    if caller.person is None:
        return FeedPage((), 0)
    with needs.store.read() as records:
        unread = records.notices.unread_count(caller.person)
        if wanted is Filter.SENT:
            return FeedPage(records.notices.sent(caller.person, after=after[1] if after else None, limit=limit), unread)
        found = records.notices.feed(
            caller.person,
            unread_only=wanted is Filter.UNREAD,
            unacknowledged_only=wanted is Filter.UNACKNOWLEDGED,
            after=after,
            limit=limit,
        )
        return FeedPage(found, unread)


def show_receipts(
    notice: UUID, after: UUID | None, limit: int, *, unread_only: bool, caller: Caller, needs: Needs
) -> ReceiptPage:
    """The receipts within the caller's reach; refuses NOTICE_NOT_FOUND where there is none, so nothing is inferred."""
    reach, today = caller.reach(RECEIPTS), needs.today()
    with needs.store.read() as records:
        counts = records.receipts.counts(notice, reach, today)
        if not counts.addressees:
            raise NoticeNotFound
        found = records.receipts.page(notice, reach, today, unread_only=unread_only, after=after, limit=limit)
        return ReceiptPage(found, counts)
