"""Rows of notices as facts, and facts as rows."""

from typing import Any

from bylaw_people.rules.notices.notice import Addressees, Notice, NoticeText, ReadNotice
from bylaw_people.rules.organisation import Wording


def notice(row: Any) -> Notice:
    """A row of notices; people who were named one by one are in its addressees only."""
    return Notice(
        row.id,
        NoticeText(Wording(row.title_zh, row.title_en), Wording(row.body_zh, row.body_en)),
        row.sent_at,
        row.sender,
        Addressees(row.unit, row.with_subtree, row.role, row.position),
        row.about,
        row.corrects,
        row.standing,
        row.end_date,
        row.needs_acknowledgement,
        row.read_by_date,
        row.withdrawn_at,
    )


def notice_row(new: Notice) -> dict[str, Any]:
    """A new notice as a row."""
    return {
        "id": new.id,
        "sender": new.sender,
        "title_zh": new.text.title.zh,
        "title_en": new.text.title.en,
        "body_zh": new.text.body.zh,
        "body_en": new.text.body.en,
        "about": new.about,
        "corrects": new.corrects,
        "unit": new.to.unit,
        "with_subtree": new.to.with_subtree,
        "role": new.to.role,
        "position": new.to.position,
        "standing": new.standing,
        "end_date": new.end_date,
        "needs_acknowledgement": new.needs_acknowledgement,
        "read_by_date": new.read_by_date,
        "sent_at": new.sent_at,
    }


def read_notice(row: Any) -> ReadNotice:
    """A row of notices beside somebody's reading of it."""
    return ReadNotice(notice(row), row.read_at, row.acknowledged_at, row.corrected_by)
