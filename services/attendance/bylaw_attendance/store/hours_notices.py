"""Notices of hours; `said_of_days` keeps them."""

from typing import Any

from bylaw_attendance.rules.calendar.hours_notice import HoursCause, HoursNotice, HoursWish, NoticeLevel
from bylaw_attendance.rules.judging.assignment import Withdrawal
from bylaw_attendance.store.said_of_days import SaidOfDaysStore
from bylaw_attendance.store.tables import hours_notices


def _row(made: HoursNotice) -> dict[str, Any]:
    wish = made.wish
    return {
        "id": made.identifier,
        "level": wish.subject[0].value,
        "subject": wish.subject[1],
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "spans": [list(span) for span in wish.spans],
        "cause": int(wish.cause),
        "wording_zh": wish.wording[0],
        "wording_en": wish.wording[1],
        "published_at": made.published_at,
        "published_by": made.published_by,
    }


def _notice(row: Any) -> HoursNotice:
    wish = HoursWish(
        (NoticeLevel(row.level), row.subject),
        row.first_day,
        row.last_day,
        tuple((start, end) for start, end in row.spans),
        HoursCause(row.cause),
        (row.wording_zh, row.wording_en),
    )
    told = (row.withdrawn_at, row.withdrawn_by, row.withdraw_reason)
    withdrawal = Withdrawal(*told) if row.withdrawn_at else None
    return HoursNotice(row.id, wish, row.published_at, row.published_by, row.revision, withdrawal)


_kept = SaidOfDaysStore(hours_notices, _row, _notice)
add, find, in_the_way, withdraw = _kept.add, _kept.find, _kept.in_the_way, _kept.withdraw
listed, between = _kept.listed, _kept.between
