"""How attendance says no about overtime (HRS-7)."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal

CLAUSE = "HRS-7"


class OvertimeNotFound(Refusal):
    """No such request, or one that the caller may not see."""

    code = Code.NOT_FOUND
    reason = "OVERTIME_NOT_FOUND"
    zh = "没有找到该加班申请；请核对名称。"
    en = "There is no such request for overtime here; check its name."


class OvertimeTooLate(Refusal):
    """Overtime is asked for before it begins."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_TOO_LATE"
    clause = CLAUSE
    zh = "加班须事先申请，{start} 已经开始；请另选尚未开始的时段。"
    en = "Overtime is asked for before it begins, and {start} has passed; ask for hours that have not begun."

    def __init__(self, start: str) -> None:
        super().__init__(start=start)


class WithinHours(Refusal):
    """What is planned anyway is no overtime."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_WITHIN_HOURS"
    clause = CLAUSE
    zh = "所申请的时段与当天的计划工时（{hours}）重叠，不算加班；请申请计划之外的时段。"
    en = "These hours are planned working time in part ({hours}), and so no overtime; ask for hours outside of it."

    def __init__(self, hours: Sequence[str]) -> None:
        super().__init__(hours=", ".join(hours))


class OvertimeOverlaps(Refusal):
    """Another request of the same person holds some of the same time."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_OVERLAPS"
    zh = "您在这段时间已有加班申请（{request}）；请先撤回它，或另选时段。"
    en = "You have asked for overtime at that time already ({request}); take that back first, or choose other hours."

    def __init__(self, request: str) -> None:
        super().__init__(request=request)


class NoTimeOff(Refusal):
    """Statutory holidays are paid."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_NO_TIME_OFF"
    clause = CLAUSE
    zh = "法定节假日加班须支付报酬，不能以调休代替；请选择加班费。"
    en = "Work on a statutory holiday is paid, and time off does not replace it; ask for pay."


class OvertimeCapBroken(Refusal):
    """A cap of the law would be broken; `days` are those that it is about."""

    code = Code.FAILED_PRECONDITION
    clause = CLAUSE


class DayCapBroken(OvertimeCapBroken):
    """More overtime on a day than there may be."""

    reason = "OVERTIME_DAY_CAP"
    zh = "{day} 的加班将超过每日上限 {cap} 分钟：已有 {held} 分钟，再申请 {wished} 分钟。请缩短时段或改到其他日子。"
    en = (
        "Overtime on {day} would exceed its daily cap of {cap} minutes: {held} count already, {wished} are asked for."
        " Ask for less, or for another day."
    )

    def __init__(self, *, day: date, cap: int, held: int, wished: int) -> None:
        super().__init__(day=day, cap=cap, held=held, wished=wished)


class MonthCapBroken(OvertimeCapBroken):
    """More overtime in a month than there may be."""

    reason = "OVERTIME_MONTH_CAP"
    zh = (
        "本月加班将超过每月上限 {cap} 分钟：已有 {held} 分钟，再申请 {wished} 分钟（{days}）。"
        "请改到其他月份或撤回其他申请。"
    )
    en = (
        "Overtime of the month would exceed its cap of {cap} minutes: {held} count already, {wished} are asked for"
        " ({days}). Ask for another month, or take other requests back."
    )

    def __init__(self, *, days: Sequence[date], cap: int, held: int, wished: int) -> None:
        super().__init__(days=", ".join(map(str, days)), cap=cap, held=held, wished=wished)


class RestCapBroken(OvertimeCapBroken):
    """A week would be left without its day of rest."""

    reason = "OVERTIME_WEEK_WITHOUT_REST"
    zh = "{day} 加班后，{first} 至 {last} 这一周将不足 {cap} 天休息；请改到工作日，或先在该周另排休息日。"
    en = (
        "With overtime on {day} the week from {first} to {last} would have less than its days off (cap: at least"
        " {cap}); ask for a working day, or have another day of that week off first."
    )

    def __init__(self, *, day: date, week: tuple[date, date], cap: int) -> None:
        super().__init__(day=day, first=week[0], last=week[1], cap=cap)


class OvertimeOver(Refusal):
    """What has ended, or has begun, is taken back no more."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_OVER"
    zh = "该加班申请已经结束或时段已开始，不能再撤回；请重新查看它的状态。"
    en = "The request for overtime has ended, or its time has begun, and cannot be taken back; look at it again."


class OvertimeChanged(Refusal):
    """Somebody changed the request after the caller looked at it."""

    code = Code.ABORTED
    reason = "OVERTIME_CHANGED"
    zh = "该加班申请在您查看之后已有变化；请重新查看后再处理。"
    en = "The request for overtime was changed after you looked at it; look again, then act."


class OvertimeNotOwn(Refusal):
    """Somebody's own alone is taken back by them; whoever sees it is told whose it is."""

    code = Code.PERMISSION_DENIED
    reason = "OVERTIME_NOT_OWN"
    clause = CLAUSE
    zh = "只有 {person} 本人可以撤回该加班申请；待批的，审批人可不予同意。"
    en = "Only {person} may take this request for overtime back; while it waits, whoever decides may refuse it."


class OvertimeOwn(Refusal):
    """Nobody confirms their own overtime (ORG-3)."""

    code = Code.PERMISSION_DENIED
    reason = "OVERTIME_OWN"
    clause = "ORG-3"
    zh = "不能确认自己的加班；请由上级处理。"
    en = "Nobody confirms overtime of their own; have somebody above you do it."


class OvertimeNotAgreed(Refusal):
    """Only what was agreed can be confirmed."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_NOT_AGREED"
    zh = "该加班申请尚未获准或已结束，无从确认；请先由人员服务中的审批人决定。"
    en = "The request for overtime was not agreed, so there is nothing to confirm; have it decided first."


class OvertimeDayUnchanged(Refusal):
    """A day that is as it was needs no second look."""

    code = Code.FAILED_PRECONDITION
    reason = "OVERTIME_DAY_UNCHANGED"
    zh = "该加班的日期与申请时一致，无须再次确认。"
    en = "The day of the overtime is as it was when it was asked for; there is nothing to confirm."
