"""How attendance says no where a leave policy is missing, is given wrong parameters, or does not do its work."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal
from bylaw_kit.rules import RULES

from bylaw_attendance.rules.refusals import AssignmentOverlaps


class LeavePolicyGone(Refusal):
    """The policy's version is not registered here, so nobody can be asked about leave by it."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_POLICY_GONE"
    clause = "LVE-1"
    zh = "假期政策 {policy} 未安装；请重新安装含该版本的发行包。"
    en = "The leave policy {policy} is not installed; install a distribution that has this version."


class LeaveParametersInvalid(Refusal):
    """The parameters do not fit the leave policy; each field is named."""

    code = Code.INVALID_ARGUMENT
    reason = "LEAVE_PARAMETERS_INVALID"
    clause = "LVE-1"
    zh = "假期政策 {policy} 的参数有误：{fields}。"
    en = "The parameters of the leave policy {policy} are wrong at {fields}."


class LeavePolicyAtFault(Refusal):
    """A leave policy that did not do its work; nothing of its answer was used, and other policies go on."""

    code = Code.FAILED_PRECONDITION
    clause = "LVE-1"

    def __init__(self, *, policy: str, distribution: str, rule: str = "", day: str = "") -> None:
        words = RULES.get(rule)
        super().__init__(
            policy=policy,
            distribution=distribution,
            rule=rule,
            day=day,
            day_zh=f"({day})" if day else "",
            day_en=f" on {day}" if day else "",
            rule_zh=f"规则 {rule}({words.zh})" if words else "约定的格式",
            rule_en=f"rule {rule} ({words.en})" if words else "the agreed form",
        )


class LeavePolicyFailed(LeavePolicyAtFault):
    """A leave policy raised while it was asked; the service lives."""

    reason = "LEAVE_POLICY_FAILED"
    zh = "假期政策 {policy} 出错，未保存任何内容；请联系其提供者({distribution})。"
    en = "The leave policy {policy} failed and nothing was stored; tell whoever provides it ({distribution})."


class LeavePolicyTimedOut(LeavePolicyAtFault):
    """A leave policy did not answer in the time it has and was stopped."""

    reason = "LEAVE_POLICY_TIMED_OUT"
    zh = "假期政策 {policy} 超时，已被中止，未保存任何内容；请联系其提供者({distribution})，或改派其他政策。"
    en = (
        "The leave policy {policy} took too long and was stopped, and nothing was stored; tell whoever provides it"
        " ({distribution}), or assign another policy."
    )


class LeaveAnswerInvalid(LeavePolicyAtFault):
    """What a leave policy answers breaks a rule of the conformance list, so it is not used."""

    reason = "LEAVE_ANSWER_INVALID"
    zh = "假期政策 {policy} 的答复{day_zh}不合{rule_zh}，未予采用；请联系其提供者({distribution})，或改派其他政策。"
    en = (
        "What the leave policy {policy} answers{day_en} breaks {rule_en} and is not used; tell whoever provides it"
        " ({distribution}), or assign another policy."
    )


class LeaveAssignmentNotFound(Refusal):
    """No such assignment of a leave policy, or one outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "LEAVE_ASSIGNMENT_NOT_FOUND"
    zh = "没有找到该假期政策指派。"
    en = "There is no such assignment of a leave policy."


class LeaveAssignmentOverlaps(AssignmentOverlaps):
    """The same policy holds for the subject on some of these days, by the assignment that is named."""

    reason = "LEAVE_ASSIGNMENT_OVERLAPS"
    clause = "LVE-1"
    zh = (
        "{subject_zh}在其中一些日子已指派同一假期政策：{pattern}，{days_zh}（{assignment}）{more_zh}。"
        "请先结束该指派；如系误设，请将其撤销。"
    )
    en = (
        "On some of these days the same leave policy holds for {subject_en} already: {pattern}, {days_en}"
        " ({assignment}){more_en}. End that assignment first, or withdraw it if it was a mistake."
    )


class LeaveAssignmentWithdrawn(Refusal):
    """What was withdrawn cannot be ended nor withdrawn again."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_ASSIGNMENT_WITHDRAWN"
    zh = "该假期政策指派已被撤销，不能再更改；如需要，请重新指派。"
    en = (
        "The assignment of the leave policy was withdrawn and cannot be changed any more; assign again if it is needed."
    )


class LeaveAssignmentChanged(Refusal):
    """Assignments of leave policies changed after the caller, or this call itself, looked at them."""

    code = Code.ABORTED
    reason = "LEAVE_ASSIGNMENT_CHANGED"
    zh = "假期政策指派刚刚有变化；请重新查看后再处理。"
    en = "Assignments of leave policies have just changed; look again, then act."


class LeaveCodesClash(Refusal):
    """Two policies that would hold for the same people use one code for a kind or a balance."""

    code = Code.FAILED_PRECONDITION
    reason = "LEAVE_CODES_CLASH"
    clause = "LVE-1"
    zh = (
        "假期政策 {policy} 与已对同一些人生效的 {other}（{assignment}）使用了相同的假种或余额代码：{codes}。"
        "请先结束那项指派，或改用其他代码的政策。"
    )
    en = (
        "The leave policy {policy} uses codes of kinds or balances that {other} ({assignment}), which holds for some of"
        " the same people, uses too: {codes}. End that assignment first, or take a policy with codes of its own."
    )

    def __init__(self, *, policy: str, other: str, assignment: str, codes: Sequence[str]) -> None:
        super().__init__(policy=policy, other=other, assignment=assignment, codes=", ".join(codes))
