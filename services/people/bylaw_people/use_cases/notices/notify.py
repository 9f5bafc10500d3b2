"""Tells people something in the transaction of whatever is the reason: both are committed, or neither (PLN-2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.values import new_id

from bylaw_people.ports import Records
from bylaw_people.rules.notices.notice import Addressees, Notice, NoticeText, both_languages

__all__ = ["NoticeText", "Telling", "notify", "notify_each"]


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to be told: to whom, what, and the resource name of what it is about; nobody sends for the service."""

    recipients: Collection[UUID]
    text: NoticeText
    about: str = ""
    sender: UUID | None = None


def notify(
    records: Records, recipients: Collection[UUID], text: NoticeText, about: str = "", sender: UUID | None = None
) -> None:
    """Puts a notice in the feeds of people, and on its way outward; nobody to tell writes nothing.

    Call it inside the open transaction of what it tells; it opens none.
    """
    notify_each(records, [Telling(recipients, text, about, sender)])


def notify_each(records: Records, tellings: Sequence[Telling]) -> None:
    """Several notices, each to its own people, in as many statements as one."""
    told = [(_notice(telling, records), telling.recipients) for telling in tellings if telling.recipients]
    if told:
        records.notices.add([notice for notice, _ in told])
        records.notices.address([(notice.id, person) for notice, people in told for person in people])


def _notice(telling: Telling, records: Records) -> Notice:
    to = Addressees(people=frozenset(telling.recipients))
    text = both_languages(telling.text)
    return Notice(new_id(), text, records.now, telling.sender, to, telling.about)
