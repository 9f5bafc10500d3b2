"""How attendance says no about notices of hours (HRS-6)."""

from datetime import date

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.calendar.hours_notice import CLAUSE, HoursNotice


class HoursNoticeNotFound(Refusal):
    """No such notice, or one that the caller may not change."""

    code = Code.NOT_FOUND
    reason = "HOURS_NOTICE_NOT_FOUND"
    zh = "没有找到该工时调整通知，或您无权更改它；请核对名称。"
    en = "There is no such notice of hours here, or it is not yours to change; check its name."


class HoursNoticeOverlaps(Refusal):
    """Another notice about the same subject holds on some of these days."""

    code = Code.FAILED_PRECONDITION
    reason = "HOURS_NOTICE_OVERLAPS"
    clause = CLAUSE
    zh = "该范围在 {first_day} 至 {last_day} 已有工时调整通知（{notice}）；请先撤销它，或另选日期。"
    en = (
        "From {first_day} to {last_day} there is a notice of hours about the same site, unit or organisation already"
        " ({notice}); withdraw it first, or choose other days."
    )

    def __init__(self, other: HoursNotice) -> None:
        super().__init__(notice=other.name, first_day=other.wish.first_day, last_day=other.wish.last_day)


class HoursNoticeTooLate(Refusal):
    """What business needs is announced before its first day begins."""

    code = Code.FAILED_PRECONDITION
    reason = "HOURS_NOTICE_TOO_LATE"
    clause = CLAUSE
    zh = "因业务需要调整工时，须在首日（{first_day}）当地零时之前通知；请从尚未开始的日期起。"
    en = (
        "Hours changed for business need are announced before the first day ({first_day}) begins there; begin with a"
        " day that has not begun."
    )

    def __init__(self, first_day: date) -> None:
        super().__init__(first_day=first_day)


class HoursNoticeWithdrawn(Refusal):
    """What was withdrawn cannot be withdrawn again."""

    code = Code.FAILED_PRECONDITION
    reason = "HOURS_NOTICE_WITHDRAWN"
    zh = "该工时调整通知已被撤销，不能再更改；如需要，请重新发布。"
    en = "The notice of hours was withdrawn and cannot be changed any more; publish another one if it is needed."


class HoursNoticeChanged(Refusal):
    """Somebody changed the notice after the caller looked at it."""

    code = Code.ABORTED
    reason = "HOURS_NOTICE_CHANGED"
    zh = "该工时调整通知在您查看之后已有变化；请重新查看后再处理。"
    en = "The notice of hours was changed after you looked at it; look again, then act."
