"""What is said of something due: the reminder before, and the word to the head once it is overdue."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_people.rules.fields import LONGEST_NAME
from bylaw_people.rules.notices.notice import NoticeText
from bylaw_people.rules.organisation import Wording


@dataclass(frozen=True, slots=True)
class Pending:
    """Something due that somebody is to be told of: whose it is that day, and the unit whose heads answer for it."""

    occurrence: UUID
    title: Wording
    clause: str
    due_at: datetime
    responsible: tuple[UUID, ...]
    unit: UUID | None


def reminder(pending: Pending, zone: ZoneInfo) -> NoticeText:
    """To whose duty it is, before it is due."""
    when, clause = _when(pending, zone), _clause(pending)
    return NoticeText(
        Wording(_cut(f"待办提醒：{pending.title.zh}"), _cut(f"Due soon: {pending.title.en}")),
        Wording(
            f"《{pending.title.zh}》{clause.zh}应于 {when} 前完成。完成后请提交证明。",
            f"“{pending.title.en}”{clause.en} is due by {when}. Hand in the proof once it is done.",
        ),
    )


def escalation(pending: Pending, zone: ZoneInfo) -> NoticeText:
    """To the head, once it is overdue."""
    when, clause = _when(pending, zone), _clause(pending)
    return NoticeText(
        Wording(_cut(f"逾期未办：{pending.title.zh}"), _cut(f"Overdue: {pending.title.en}")),
        Wording(
            f"《{pending.title.zh}》{clause.zh}应于 {when} 前完成，至今未办。请督促办理，或注明原因予以免除。",
            f"“{pending.title.en}”{clause.en} was due by {when} and is not done. "
            "See that it is, or excuse it with a reason.",
        ),
    )


def _when(pending: Pending, zone: ZoneInfo) -> str:
    return f"{pending.due_at.astimezone(zone):%Y-%m-%d %H:%M}"


def _clause(pending: Pending) -> Wording:
    return Wording(f"（{pending.clause}）", f" ({pending.clause})") if pending.clause else Wording()


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
