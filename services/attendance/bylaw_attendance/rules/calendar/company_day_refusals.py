"""How attendance says no about days of the company (HRS-3)."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.calendar.company_day import CLAUSE, CompanyDay


class CompanyDayNotFound(Refusal):
    """No such day, or one that the caller may not change."""

    code = Code.NOT_FOUND
    reason = "COMPANY_DAY_NOT_FOUND"
    zh = "没有找到该公司日历安排，或您无权更改它；请核对名称。"
    en = "There is no such day of the company, or it is not yours to change; check its name."


class CompanyDayOverlaps(Refusal):
    """Another one about the same subject holds on some of these days."""

    code = Code.FAILED_PRECONDITION
    reason = "COMPANY_DAY_OVERLAPS"
    clause = CLAUSE
    zh = "该范围在 {first_day} 至 {last_day} 已有公司日历安排（{company_day}）；请先撤销它，或另选日期。"
    en = (
        "From {first_day} to {last_day} the same site, unit or organisation has a day of the company already"
        " ({company_day}); withdraw it first, or choose other days."
    )

    def __init__(self, other: CompanyDay) -> None:
        super().__init__(company_day=other.name, first_day=other.wish.first_day, last_day=other.wish.last_day)


class CompanyDayOnStatutoryHoliday(Refusal):
    """Statutory holidays are off for everybody, whatever the company wants."""

    code = Code.FAILED_PRECONDITION
    reason = "COMPANY_DAY_ON_STATUTORY_HOLIDAY"
    clause = CLAUSE
    zh = "法定节假日全员放假，不能安排为上班日：{days}；请去掉这些日期，确需有人到岗的，请走加班申请。"
    en = (
        "Statutory holidays are off for everybody and cannot be made working days: {days}; leave them out, and have"
        " whoever has to come ask for overtime."
    )

    def __init__(self, days: Sequence[date]) -> None:
        super().__init__(days=", ".join(day.isoformat() for day in days))


class CompanyDayWithdrawn(Refusal):
    """What was withdrawn cannot be withdrawn again."""

    code = Code.FAILED_PRECONDITION
    reason = "COMPANY_DAY_WITHDRAWN"
    zh = "该公司日历安排已被撤销，不能再更改；如需要，请重新发布。"
    en = "The day of the company was withdrawn and cannot be changed any more; publish another one if it is needed."


class CompanyDayChanged(Refusal):
    """Somebody changed the day after the caller looked at it."""

    code = Code.ABORTED
    reason = "COMPANY_DAY_CHANGED"
    zh = "该公司日历安排在您查看之后已有变化；请重新查看后再处理。"
    en = "The day of the company was changed after you looked at it; look again, then act."
