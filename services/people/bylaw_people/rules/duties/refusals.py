"""Every way in which a call on duties says no."""

from bylaw_chassis.refusals import Code, Refusal


class DutyNotFound(Refusal):
    """No such duty, or none within the caller's reach."""

    code = Code.NOT_FOUND
    reason = "DUTY_NOT_FOUND"
    zh = "未找到该职责事项；请从列表中选择。"
    en = "There is no such duty; choose one from the list."


class DutyEnded(Refusal):
    """The duty has ended by the day in question."""

    code = Code.FAILED_PRECONDITION
    reason = "DUTY_ENDED"
    zh = "该职责事项已于 {date} 结束；请新建一项。"
    en = "The duty ended with {date}; create another."


class DutyDeclared(Refusal):
    """A service declared the duty and keeps it itself."""

    code = Code.FAILED_PRECONDITION
    reason = "DUTY_DECLARED"
    zh = "该职责事项由服务 {service} 设定，请在该服务中更改。"
    en = "The service {service} keeps this duty; change it there."


class DutyClauseUnknown(Refusal):
    """The rulebook has no such clause."""

    code = Code.INVALID_ARGUMENT
    reason = "DUTY_CLAUSE_UNKNOWN"
    zh = "章程中没有条款 {clause_id}；请核对条款编号，或留空。"
    en = "The rulebook has no clause {clause_id}; check its number, or leave it empty."


class DutyOccurrenceNotFound(Refusal):
    """Nothing such is due, or nothing of the caller's."""

    code = Code.NOT_FOUND
    reason = "DUTY_OCCURRENCE_NOT_FOUND"
    zh = "未找到该待办，或它不归您办理。"
    en = "Nothing such is due of you."


class DutyOccurrenceClosed(Refusal):
    """It was closed in another way before."""

    code = Code.FAILED_PRECONDITION
    reason = "DUTY_OCCURRENCE_CLOSED"
    zh = "该待办已关闭（{state}），不能再更改。"
    en = "This is closed already ({state}) and changes no more."


class DutyProofMissing(Refusal):
    """What was asked for as proof was not handed in."""

    code = Code.INVALID_ARGUMENT
    reason = "DUTY_PROOF_MISSING"
    zh = "缺少证明：须提交{proof_zh}。"
    en = "The proof is missing: hand in {proof_en}."


class DutyExcuseOwn(Refusal):
    """Nobody excuses themselves."""

    code = Code.PERMISSION_DENIED
    reason = "DUTY_EXCUSE_OWN"
    clause = "DEC-2"
    zh = "不能免除自己的职责；请上级负责人办理。"
    en = "You cannot excuse yourself; the head above you has to."


class DutyServicesOnly(Refusal):
    """Only a service of the suite declares duties and closes them by its own key."""

    code = Code.PERMISSION_DENIED
    reason = "DUTY_SERVICES_ONLY"
    zh = "只有系统内的服务可以声明职责事项；请使用新建。"
    en = "Only services of the suite declare duties; create one instead."
