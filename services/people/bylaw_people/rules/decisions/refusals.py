"""Every way in which decisions say no; what somebody has no part in is refused as not found."""

from bylaw_chassis.refusals import Code, Refusal


class DecisionNotFound(Refusal):
    """No such decision, or none the caller has a part in or reaches: the answers are the same."""

    code = Code.NOT_FOUND
    reason = "DECISION_NOT_FOUND"
    zh = "未找到该决策事项，或您未参与其中。"
    en = "There is no such decision that you have a part in."


class DecisionKindUnknown(Refusal):
    """The kind has no process that holds for the requester's unit."""

    code = Code.FAILED_PRECONDITION
    reason = "DECISION_KIND_UNKNOWN"
    zh = "事项类别 {kind} 没有适用于该单位的流程；请先设置流程，或改用已有的类别。"
    en = "The kind {kind} has no process that holds for the unit; have one set, or choose another kind."


class DecisionNeedsHead(Refusal):
    """A major decision is proposed by the head of a unit (DEC-1)."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_NEEDS_HEAD"
    clause = "DEC-1"
    zh = "重大决策须由所属单位的负责人提出；请填写您负责的单位，或由该单位负责人提出。"
    en = "A major decision is proposed by the head of its unit; state the unit you head, or ask its head to propose it."


class DecisionAskedDifferently(Refusal):
    """The same service asked about the same subject for the same person before, with other facts."""

    code = Code.ALREADY_EXISTS
    reason = "DECISION_ASKED_DIFFERENTLY"
    zh = "该事项已以不同内容提出（{name}）；请查看原事项，或先撤回再提出。"
    en = "This was asked before with other contents ({name}); look at that one, or withdraw it first."


class DecisionHasNobody(Refusal):
    """Nobody but the requester could decide at the first step."""

    code = Code.FAILED_PRECONDITION
    reason = "DECISION_HAS_NOBODY"
    clause = "DEC-2"
    zh = "目前除申请人外无人可以决定；请先任命负责人或副职，或为该类别设置指定决定人。"
    en = (
        "Nobody but the requester could decide it now; have a head or deputy appointed, or a person named for the kind."
    )


class DecisionStepDone(Refusal):
    """Somebody else answered the step first, or the decision has gone on since."""

    code = Code.ABORTED
    reason = "DECISION_STEP_DONE"
    zh = "第 {step} 步已由他人处理或事项已进入下一步；请重新查看该事项。"
    en = "Step {step} has been answered, or the decision has gone on; look at it again."


class DecisionOver(Refusal):
    """The decision was taken or withdrawn."""

    code = Code.FAILED_PRECONDITION
    reason = "DECISION_OVER"
    clause = "DEC-3"
    zh = "该事项已有结果，不能再更改；不同意见可书面陈述并留档。"
    en = "This has been decided or withdrawn and is not changed any more; a different opinion can be put in writing."


class DecisionOwn(Refusal):
    """Nobody decides on their own request, in whatever role."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_OWN"
    clause = "DEC-2"
    zh = "不能处理自己提出的事项，代理、副职或新任职务也不例外。"
    en = "Nobody decides what they asked for themselves, not as a delegate, a deputy or in a new post either."


class DecisionNotAsked(Refusal):
    """The caller sees the decision, but is not whom this step asks."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_NOT_ASKED"
    clause = "DEC-2"
    zh = "第 {step} 步目前不由您处理；事项详情列明由谁处理及原因。"
    en = "Step {step} does not ask you now; the decision shows whom it asks and why."


class DecisionNotOwn(Refusal):
    """Only the requester withdraws and asks again."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_NOT_OWN"
    zh = "只有申请人本人可以撤回或重新提出。"
    en = "Only whoever asked for it may withdraw it or ask again."


class DecisionNotSentBack(Refusal):
    """Only what was sent back is asked again."""

    code = Code.FAILED_PRECONDITION
    reason = "DECISION_NOT_SENT_BACK"
    zh = "只有被退回的事项才能重新提出；请先查看其状态。"
    en = "Only what was sent back is asked again; look where it stands."


class DecisionOfService(Refusal):
    """Facts and amount of what a service asked are changed by that service alone."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_OF_SERVICE"
    zh = "该事项由 {service} 提出，内容和数量须在该处修改；此处只能修改说明。"
    en = "This was asked by {service}: its facts and amount are changed there; only the text can be changed here."


class DecisionPlanOfService(Refusal):
    """Only a service of the suite says which steps are asked."""

    code = Code.PERMISSION_DENIED
    reason = "DECISION_PLAN_OF_SERVICE"
    zh = "由谁决定取决于该类别的流程，请勿填写步骤（plan）；只有系统内的服务代为提出时才能填写。"
    en = "The process of the kind says who is asked: leave the plan out. Only a service of the suite states one."


class DecisionChanged(Refusal):
    """Somebody changed the decision after the caller looked at it."""

    code = Code.ABORTED
    reason = "DECISION_CHANGED"
    zh = "该事项在您查看之后已有变化；请重新查看后再处理。"
    en = "The decision was changed after you looked at it; look again, then act."


class DecisionAnswerUnfit(Refusal):
    """The step does not take that answer."""

    code = Code.FAILED_PRECONDITION
    reason = "DECISION_ANSWER_UNFIT"
    clause = "DEC-1"
    zh = "此步骤须明确同意或不同意；“意见”只用于仅需听取意见的会签。"
    en = "This step takes a yes or a no; an opinion is for related units that are only to be heard."


class DecisionNeedsText(Refusal):
    """The answer needs its reason in writing."""

    code = Code.INVALID_ARGUMENT
    reason = "DECISION_NEEDS_TEXT"
    clause = "DEC-3"
    zh = "请书面说明理由。"
    en = "Put the reason in writing."


class DecisionFull(Refusal):
    """As much has been said of the decision as is kept."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "DECISION_FULL"
    zh = "该事项的陈述已达 {limit} 条，不能再添加。"
    en = "There are {limit} answers and statements on this decision; no more are taken."


class ProcessUnfit(Refusal):
    """The process would leave a decision without a deciding person, or a major one without opinions."""

    code = Code.INVALID_ARGUMENT
    reason = "PROCESS_UNFIT"
    zh = "流程不成立：{detail_zh}。"
    en = "The process does not hold together: {detail_en}."


class DelegationNotFound(Refusal):
    """No such delegation of the caller's."""

    code = Code.NOT_FOUND
    reason = "DELEGATION_NOT_FOUND"
    zh = "未找到您的该项授权代理。"
    en = "There is no such delegation of yours."


class DelegationEnded(Refusal):
    """The delegation is over."""

    code = Code.FAILED_PRECONDITION
    reason = "DELEGATION_ENDED"
    zh = "该代理已经结束。"
    en = "The delegation is over."


class DelegationNeedsHead(Refusal):
    """Only whoever heads a unit has decisions to delegate (DEC-2)."""

    code = Code.PERMISSION_DENIED
    reason = "DELEGATION_NEEDS_HEAD"
    clause = "DEC-2"
    zh = "只有在 {date} 担任单位负责人者才能指定代理人。"
    en = "Only who heads a unit on {date} can delegate its decisions."


class DelegationToSelf(Refusal):
    """Nobody is their own delegate."""

    code = Code.INVALID_ARGUMENT
    reason = "DELEGATION_TO_SELF"
    clause = "DEC-2"
    zh = "不能指定自己为代理人；请指定他人。"
    en = "You cannot be your own delegate; name somebody else."
