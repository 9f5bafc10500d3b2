"""What those are told whose working hours a notice changes, or changes no more (HRS-6)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from bylaw_chassis.notice_wish import NoticeWish, Words, said

from bylaw_attendance.rules.calendar.hours_notice import HoursCause, HoursNotice

TITLE: Words = ("{days} 工作时间有调整", "Working hours change: {days}")
BODY: Words = (
    "{days} 的工作时间因{cause}调整为：{hours}。通知原文：{wording}（HRS-6）。原本休息的日子仍休息。",
    "Because of {cause} the hours of {days} are: {hours}. The notice says: {wording} (HRS-6). A day of rest stays one.",
)
WITHDRAWN_TITLE: Words = ("{days} 工作时间调整已撤销", "The change of working hours is withdrawn: {days}")
WITHDRAWN_BODY: Words = (
    "{days} 的工作时间调整通知已撤销，按原班制执行；撤销理由：{reason}（HRS-6）。",
    "The notice that changed the hours of {days} is withdrawn: your pattern holds again. Why: {reason} (HRS-6).",
)
OFF: Words = ("全天不上班", "the whole day off")
CAUSES: Mapping[HoursCause, Words] = MappingProxyType(
    {
        HoursCause.POWER_FAILURE: ("停电", "a power failure"),
        HoursCause.WATER_FAILURE: ("停水", "a water failure"),
        HoursCause.NATURAL_DISASTER: ("自然灾害", "a natural disaster"),
        HoursCause.FORCE_MAJEURE: ("不可抗力", "force majeure"),
        HoursCause.BUSINESS_NEED: ("业务需要", "what business needs"),
    }
)


def hours_told(made: HoursNotice, people: Sequence[UUID]) -> NoticeWish:
    """What they are told of a notice as it stands."""
    days, wish = _days(made), made.wish
    if made.withdrawal:
        reason = made.withdrawal.reason
        return NoticeWish(
            people, said(WITHDRAWN_TITLE, days=days), said(WITHDRAWN_BODY, days=days, reason=reason), made.name
        )
    hours = ", ".join(f"{_wall(start)}-{_wall(end)}" for start, end in wish.spans)
    zh, en = (
        words.format(days=days, cause=cause, hours=hours or off, wording=wording)
        for words, cause, off, wording in zip(BODY, CAUSES[wish.cause], OFF, wish.wording, strict=True)
    )
    return NoticeWish(people, said(TITLE, days=days), (zh, en), made.name)


def _days(made: HoursNotice) -> str:
    first, last = made.wish.first_day, made.wish.last_day
    return f"{first}" if first == last else f"{first} – {last}"


def _wall(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
