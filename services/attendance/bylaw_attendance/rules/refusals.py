"""How attendance says no: each refusal with its reason, its clause where one applies, and both languages."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.refusals import Code, Refusal, Violation
from bylaw_kit.rules import RULES

from bylaw_attendance.rules.judging.punch import FILE_WORDING, PUNCH_WORDING, SEEN_CHARACTERS, PunchReason, file_words

Days = tuple[date, date | None]
"""A first and a last day; None: open."""


class PersonNotFound(Refusal):
    """No such person, or one outside the caller's reach: the same words for both."""

    code = Code.NOT_FOUND
    reason = "PERSON_NOT_FOUND"
    zh = "没有找到该员工“{person}”；请核对编号。"
    en = "There is no person “{person}” here; check the number."


class UnitNotFound(Refusal):
    """No such unit, or one outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "UNIT_NOT_FOUND"
    clause = "ORG-1"
    zh = "没有找到该单位“{unit}”。"
    en = "There is no unit “{unit}” here."


class SiteNotFound(Refusal):
    """No such site."""

    code = Code.NOT_FOUND
    reason = "SITE_NOT_FOUND"
    zh = "没有找到该地点“{site}”；请给出 sites/{{id}} 或其代码。"
    en = "There is no site “{site}”; give sites/{{id}} or its code."


class PunchRefused(Refusal):
    """A punch, or several of a batch, that cannot be true; each is named with its own reason."""

    code = Code.INVALID_ARGUMENT
    reason = PunchReason.LINE_MALFORMED.value
    clause = "ATT-1"
    zh = "有 {count} 条打卡被拒，未保存任何一条：{first_zh}"
    en = "{count} punches are refused and none was stored: {first_en}"

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        super().__init__(violations=violations, count=len(violations), first_zh=first.zh, first_en=first.en)
        self.reason = first.reason
        if len(violations) == 1:
            self.message_zh, self.message_en = f"{first.field}:{first.zh}", f"{first.field}: {first.en}"


def punch_violation(field: str, reason: PunchReason, seen: str) -> Violation:
    """What is wrong with one punch of a request."""
    cut = seen if len(seen) <= SEEN_CHARACTERS else seen[:SEEN_CHARACTERS] + "…"
    words = PUNCH_WORDING[reason]
    return Violation(field, reason.value, words.zh.format(seen=cut), words.en.format(seen=cut))


def refusal_violation(field: str, refusal: Refusal) -> Violation:
    """A refusal as one of several that a request comes to."""
    return Violation(field, refusal.reason, refusal.message_zh, refusal.message_en)


class BatchTooLarge(Refusal):
    """More punches, or cells of a rota, than one batch takes."""

    code = Code.INVALID_ARGUMENT
    reason = "BATCH_TOO_LARGE"
    zh = "一批至多 {limit} 条，收到 {count} 条；请分批发送。"
    en = "A batch holds at most {limit} and this one has {count}; send it in parts."


class PunchFileRefused(Refusal):
    """A file that is not taken in at all; the reason is one of FILE_*."""

    code = Code.INVALID_ARGUMENT
    reason = "FILE_NOT_RECOGNISED"

    def __init__(self, refused: FileRefused) -> None:
        words = file_words(refused)
        violation = Violation("file", refused.reason.value, *words)
        super().__init__(violations=[violation], **refused.variables)
        self.reason = refused.reason.value
        self.message_zh, self.message_en = words


class PunchImportNotFound(Refusal):
    """No such import, or one that somebody else handed in."""

    code = Code.NOT_FOUND
    reason = "PUNCH_IMPORT_NOT_FOUND"
    zh = "没有找到该导入。"
    en = "There is no such import."


class ImportFailed(Refusal):
    """An import that our side could not bring to its end; its lines may be in order."""

    code = Code.INTERNAL
    reason = "IMPORT_FAILED"
    zh = "导入因系统内部故障未能完成；已接收的打卡保留，请再次提交同一文件。若仍失败，请联系管理员查看日志。"
    en = (
        "A fault on our side kept the import from its end. What was taken stays; hand the same file in again, and if"
        " that fails too, ask an operator to look into the log."
    )


class ClockNotFound(Refusal):
    """No such clock."""

    code = Code.NOT_FOUND
    reason = "CLOCK_NOT_FOUND"
    zh = "没有找到该考勤机。"
    en = "There is no such clock."


class AssignmentNotFound(Refusal):
    """No such assignment, or one outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "ASSIGNMENT_NOT_FOUND"
    zh = "没有找到该班制指派。"
    en = "There is no such assignment."


class AssignmentOverlaps(Refusal):
    """The subject follows another pattern on some of these days; the first assignment in the way is named."""

    code = Code.FAILED_PRECONDITION
    reason = "ASSIGNMENT_OVERLAPS"
    zh = (
        "{subject_zh}在其中一些日子已有班制指派：{pattern}，{days_zh}（{assignment}）{more_zh}。"
        "请先结束该指派；如系误设，请将其撤销。"
    )
    en = (
        "On some of these days {subject_en} already follows {pattern}, {days_en} ({assignment}){more_en}. End that"
        " assignment first, or withdraw it if it was a mistake."
    )

    def __init__(self, *, subject: tuple[str, str], pattern: str, assignment: str, days: Days, more: int) -> None:
        first, last = days
        super().__init__(
            subject_zh=subject[0],
            subject_en=subject[1],
            pattern=pattern,
            assignment=assignment,
            first_day=first,
            last_day=last or "",
            days_zh=f"{first} 至 {last}" if last else f"{first} 起，未定止日",
            days_en=f"from {first} to {last}" if last else f"from {first} on, without a last day",
            more_zh=f"，另有 {more} 项" if more else "",
            more_en=f", and {more} more" if more else "",
        )


class AssignmentWithdrawn(Refusal):
    """What was withdrawn cannot be ended nor withdrawn again."""

    code = Code.FAILED_PRECONDITION
    reason = "ASSIGNMENT_WITHDRAWN"
    zh = "该班制指派已被撤销，不能再更改；如需要，请重新指派。"
    en = "The assignment was withdrawn and cannot be changed any more; assign again if it is needed."


class AssignmentChanged(Refusal):
    """Somebody changed the assignment after the caller looked at it."""

    code = Code.ABORTED
    reason = "ASSIGNMENT_CHANGED"
    zh = "该班制指派在您查看之后已有变化；请重新查看后再处理。"
    en = "The assignment was changed after you looked at it; look again, then act."


class PolicyVersionGone(Refusal):
    """The pattern's version is not registered here, so nothing can be judged by it."""

    code = Code.FAILED_PRECONDITION
    reason = "POLICY_VERSION_GONE"
    zh = "班制 {policy} 未安装；请重新安装含该版本的发行包。"
    en = "The shift pattern {policy} is not installed; install a distribution that has this version."


class PolicyParametersInvalid(Refusal):
    """The parameters do not fit the pattern; each field is named."""

    code = Code.INVALID_ARGUMENT
    reason = "POLICY_PARAMETERS_INVALID"
    zh = "班制 {policy} 的参数有误：{fields}。"
    en = "The parameters of {policy} are wrong at {fields}."


class PatternAtFault(Refusal):
    """A pattern that did not do its work over a person (by employee number; empty: over its parameters alone)."""

    code = Code.FAILED_PRECONDITION

    def __init__(self, *, policy: str, distribution: str, person: str, rule: str = "", day: str = "") -> None:
        words, whom = RULES.get(rule), f"{person} {day}".strip()
        super().__init__(
            policy=policy,
            distribution=distribution,
            person=person,
            rule=rule,
            day=day,
            whom_zh=whom or "其参数",
            whom_en=whom or "its parameters",
            rule_zh=f"规则 {rule}({words.zh})" if words else "约定的格式",
            rule_en=f"rule {rule} ({words.en})" if words else "the agreed form",
        )


class PolicyFailed(PatternAtFault):
    """A pattern raised while it planned or judged; the service lives, others are judged."""

    reason = "POLICY_FAILED"
    zh = "班制 {policy} 在核算 {whom_zh} 时出错，请联系其提供者({distribution})。"
    en = "The shift pattern {policy} failed on {whom_en}; tell whoever provides it ({distribution})."


class PolicyTimedOut(PatternAtFault):
    """A pattern did not answer in the time it has and was stopped; others are judged."""

    reason = "POLICY_TIMED_OUT"
    zh = "班制 {policy} 核算 {whom_zh} 超时，已被中止；请联系其提供者({distribution})，或改派其他班制。"
    en = (
        "The shift pattern {policy} took too long over {whom_en} and was stopped; tell whoever provides it"
        " ({distribution}), or assign another pattern."
    )


class PolicyAnswerInvalid(PatternAtFault):
    """A pattern's plan or answer breaks a rule of the conformance list, so it is not used; others are judged."""

    reason = "POLICY_ANSWER_INVALID"
    zh = "班制 {policy} 对 {whom_zh} 的结果不合{rule_zh}，未予采用；请联系其提供者({distribution})，或改派其他班制。"
    en = (
        "What the shift pattern {policy} says of {whom_en} breaks {rule_en} and is not used; tell whoever provides it"
        " ({distribution}), or assign another pattern."
    )


class NoPolicy(Refusal):
    """Nothing was assigned that says when this person works."""

    code = Code.FAILED_PRECONDITION
    reason = "NO_POLICY"
    clause = "HRS-1"
    zh = "{person} 在 {month} 没有班制；请为本人、其单位或全组织指派一个。"
    en = "No shift pattern is assigned to {person} in {month}; assign one to the person, their unit or everybody."


FILE_REASONS = tuple(reason.value for reason in FILE_WORDING)
"""The reasons PunchFileRefused carries."""
PUNCH_REASONS = tuple(reason.value for reason in PUNCH_WORDING)
"""The reasons PunchRefused and refused lines carry."""
