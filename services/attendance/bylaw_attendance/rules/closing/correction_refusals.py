"""How attendance says no to corrections of missed punches: each refusal with its reason and both languages."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal


class CorrectionNotOwn(Refusal):
    """Somebody's own alone is taken back by them; whoever sees it is told whose it is."""

    code = Code.PERMISSION_DENIED
    reason = "CORRECTION_NOT_OWN"
    clause = "ATT-1"
    zh = "只有 {person} 本人可以撤回该补卡申请；负责人可同意、不同意，或撤销已同意的。"
    en = "Only {person} may take this correction back; a head accepts it, refuses it, or revokes what was accepted."


class CorrectionNotFound(Refusal):
    """No such correction, or one of somebody outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "CORRECTION_NOT_FOUND"
    zh = "没有找到该补卡申请。"
    en = "There is no such correction."


class CorrectionTooLate(Refusal):
    """The day is further back than corrections reach."""

    code = Code.FAILED_PRECONDITION
    reason = "CORRECTION_TOO_LATE"
    clause = "ATT-1"
    zh = "{day} 距今超过 {days} 天，不能再申请补卡；现可补 {first_day} 起的打卡。请与负责人或人力资源商议。"
    en = (
        "{day} is more than {days} days ago; a punch can be corrected from {first_day} on. Talk to your head or to"
        " human resources."
    )


class PunchOnRecord(Refusal):
    """There is a punch already that goes the same way, or does not say which."""

    code = Code.FAILED_PRECONDITION
    reason = "PUNCH_ON_RECORD"
    clause = "ATT-1"
    zh = "{found} 已有打卡记录，与 {wished} 相差不到 10 分钟，视为同一次打卡，无须补卡。"
    en = "There is a punch at {found}, within 10 minutes of {wished}: they are one, and nothing needs to be corrected."


class CorrectionAsked(Refusal):
    """The same was asked for and waits."""

    code = Code.FAILED_PRECONDITION
    reason = "CORRECTION_ASKED"
    clause = "ATT-1"
    zh = "{found} 的补卡申请（{correction}）仍在等待审批；请等待结果，或先撤回它。"
    en = "A correction at {found} waits already ({correction}); wait for it, or withdraw it first."


class CorrectionQuotaUsed(Refusal):
    """A person's month takes no more corrections; those that count are named."""

    code = Code.FAILED_PRECONDITION
    reason = "CORRECTION_QUOTA_USED"
    clause = "ATT-1"
    zh = "{month} 的补卡次数已用完：上限 {quota} 次，已用：{used_zh}。等待中的可以撤回；其余请与负责人商议。"
    en = (
        "The corrections of {month} are used up: the quota is {quota}, and these count: {used_en}. One that waits can"
        " be withdrawn; else talk to your head."
    )

    def __init__(self, *, month: date, quota: int, used: Sequence[str]) -> None:
        super().__init__(
            month=f"{month:%Y-%m}",
            quota=quota,
            used=", ".join(used),
            used_zh="、".join(used) or "无",
            used_en=", ".join(used) or "none",
        )


class CorrectionOwn(Refusal):
    """Nobody decides on what they asked for themselves, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "CORRECTION_OWN"
    clause = "ORG-3"
    zh = "不能审批自己的补卡申请；请由上级负责人或人力资源处理。"
    en = "Nobody decides on a correction of their own; the next head up or human resources has to."


class CorrectionNotAccepted(Refusal):
    """Only what was accepted can be revoked."""

    code = Code.FAILED_PRECONDITION
    reason = "CORRECTION_NOT_ACCEPTED"
    clause = "ATT-1"
    zh = "该补卡申请并未同意（或已撤销），无可撤销。"
    en = "The correction was not accepted, or that was taken back already: there is nothing to revoke."


class CorrectionOver(Refusal):
    """It was accepted, refused or withdrawn already; what was accepted is revoked instead."""

    code = Code.FAILED_PRECONDITION
    reason = "CORRECTION_OVER"
    zh = "该补卡申请已有结果，不能再更改。"
    en = "The correction was accepted, refused or withdrawn already and does not change any more."


class CorrectionChanged(Refusal):
    """Somebody changed the correction after the caller looked at it."""

    code = Code.ABORTED
    reason = "CORRECTION_CHANGED"
    zh = "该补卡申请在您查看之后已有变化；请重新查看后再处理。"
    en = "The correction was changed after you looked at it; look again, then act."
