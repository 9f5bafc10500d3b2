"""How attendance says no about leave, trips and duty outside (LVE-1, LVE-2, LVE-3)."""

from collections.abc import Iterable, Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal, Violation
from bylaw_hooks.leave import Objection

FIELD = "leave_request"


class LeaveRequestNotFound(Refusal):
    """No such request, or one outside the caller's reach: the same words for both."""

    code = Code.NOT_FOUND
    reason = "LEAVE_REQUEST_NOT_FOUND"
    zh = "没有找到该请假单；请核对名称。"
    en = "There is no such request for leave here; check its name."


class LeaveKindUnknown(Refusal):
    """No policy that holds for the person on the first day offers such a kind."""

    code = Code.INVALID_ARGUMENT
    reason = "LEAVE_KIND_UNKNOWN"
    clause = "LVE-1"
    zh = "{day} 没有“{kind}”这种假；可申请：{known_zh}。"
    en = "On {day} there is no leave of the kind “{kind}”; there are: {known_en}."

    def __init__(self, *, kind: str, day: date, known: Sequence[tuple[str, str, str]]) -> None:
        """`known` are code, title in Chinese and title in English."""
        super().__init__(
            kind=kind,
            day=day,
            known_zh="、".join(f"{code}({zh})" for code, zh, _ in known),
            known_en=", ".join(f"{code} ({en})" for code, _, en in known),
        )


class LeaveNotAdmitted(Refusal):
    """What the policy says against a request; each objection is named with its own reason."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_NOT_ADMITTED"
    clause = "LVE-1"
    zh = "不能这样请假：{said_zh}。"
    en = "Leave cannot be asked for like this: {said_en}."

    def __init__(self, objections: Iterable[Objection]) -> None:
        found = list(objections)
        super().__init__(
            violations=[Violation(FIELD, one.reason, one.why.zh, one.why.en) for one in found],
            said_zh="；".join(one.why.zh for one in found),
            said_en="; ".join(one.why.en for one in found),
        )
        self.clause = found[0].clause


class LeaveInMotion(Refusal):
    """The person's leave was changed by others again and again while this was looked at."""

    code = Code.ABORTED
    reason = "LEAVE_IN_MOTION"
    retry_after_seconds = 1
    zh = "您的假期记录正被其他操作更改；请稍后再试。"
    en = "Your leave is being changed by others at this moment; try again shortly."


class LeaveRequestOver(Refusal):
    """It was refused, taken back or cancelled, or nothing of it is left to be given back."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_REQUEST_OVER"
    zh = "该请假单已结束，没有可再更改的内容。"
    en = "The request has ended, and nothing of it is left to be changed."


class LeaveRequestWaiting(Refusal):
    """It is not decided yet."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_REQUEST_WAITING"
    zh = "该请假单尚待审批；请撤回后重新申请。"
    en = "The request is not decided yet; take it back and ask anew."


class LeaveRequestChanged(Refusal):
    """Somebody changed the request after the caller looked at it."""

    code = Code.ABORTED
    reason = "LEAVE_REQUEST_CHANGED"
    zh = "该请假单在您查看之后已有变化；请重新查看后再处理。"
    en = "The request was changed after you looked at it; look again, then act."


class LeaveDaysPast(Refusal):
    """Days gone by are given back by somebody else, who knows whether the person was there."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_DAYS_PAST"
    clause = "LVE-2"
    zh = "{day} 及以前的日子已过，不能自行退回；可改为在 {day} 结束，或请负责人、人力资源退回。"
    en = (
        "Days up to {day} are past, and nobody gives those back for themselves; have it end on {day}, or ask the head"
        " or human resources to give them back."
    )

    def __init__(self, day: date) -> None:
        super().__init__(day=day)


class LeaveRequestNotOwn(Refusal):
    """Somebody's own alone is taken back or shortened by them; whoever sees it is told whose it is."""

    code = Code.PERMISSION_DENIED
    reason = "LEAVE_REQUEST_NOT_OWN"
    clause = "LVE-2"
    zh = "只有 {person} 本人可以撤回或缩短该请假单；负责人、人力资源可退回其中的日子（giveBack），待批的可不予同意。"
    en = (
        "Only {person} may take this request back or shorten it; a head or human resources gives days of it back"
        " (giveBack), or refuses it while it waits."
    )


class LeaveOwn(Refusal):
    """Nobody manages their own leave, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "LEAVE_OWN"
    clause = "ORG-3"
    zh = "不能管理自己的假期；请由上级负责人或人力资源处理。"
    en = "Nobody manages leave of their own; the next head up or human resources has to."


class LeaveBalanceBeyond(Refusal):
    """More is to be taken back than is there, or more given than anybody ever has."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_BALANCE_BEYOND"
    clause = "LVE-1"
    zh = "余额“{balance}”在 {day} 为 {there} {unit_zh}，更正须在 -{less} 至 {most} 之间（{unit_zh}），不能是 {amount}。"
    en = (
        "The balance “{balance}” is {there} {unit_en} on {day}: a correction may take back up to {less} and add up to"
        " {most}, and cannot be {amount}."
    )


class LeaveBalanceUnknown(Refusal):
    """No kind that the person may ask for is taken from such a balance."""

    code = Code.INVALID_ARGUMENT
    reason = "LEAVE_BALANCE_UNKNOWN"
    clause = "LVE-1"
    zh = "没有“{balance}”这项余额；现有：{known}。"
    en = "There is no balance “{balance}”; there are: {known}."
