"""How attendance says no to objections: each refusal with its reason and both languages (SHT-2)."""

from bylaw_chassis.refusals import Code, Refusal


class ObjectionNotFound(Refusal):
    """No such objection, or one of somebody outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "OBJECTION_NOT_FOUND"
    zh = "没有找到该异议。"
    en = "There is no such objection."


class ObjectionNotOwn(Refusal):
    """Everybody objects to their own sheet alone, and takes their own objection back alone."""

    code = Code.PERMISSION_DENIED
    reason = "OBJECTION_NOT_OWN"
    clause = "SHT-2"
    zh = "只能对本人的考勤表提出异议，也只能撤回本人的异议；他人的由其本人处理，负责人、人力资源可书面答复。"
    en = (
        "Everybody objects to their own sheet alone, and takes their own objection back; whose sheet it is has to. A"
        " head or human resources answers it."
    )


class ObjectionTooLate(Refusal):
    """The days for it are over."""

    code = Code.FAILED_PRECONDITION
    reason = "OBJECTION_TOO_LATE"
    clause = "SHT-2"
    zh = "{month} 的书面异议期已于 {until} 结束，逾期视为认可。如确有错误，请与人力资源商议留痕更正。"
    en = (
        "Objections to {month} could be made until {until}; silence counts as agreement. If something is wrong all the"
        " same, talk to human resources about a recorded correction."
    )


class ObjectionWaits(Refusal):
    """One to the same sheet has no answer yet."""

    code = Code.FAILED_PRECONDITION
    reason = "OBJECTION_WAITS"
    clause = "SHT-2"
    zh = "您对 {month} 的异议（{objection}）仍在等待答复；如需改写，请先撤回它。"
    en = "An objection of yours to {month} waits for an answer already ({objection}); withdraw it to write another."


class ObjectionOwn(Refusal):
    """Nobody answers what they objected to themselves, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "OBJECTION_OWN"
    clause = "ORG-3"
    zh = "不能答复自己的异议；请由上级负责人或人力资源处理。"
    en = "Nobody answers an objection of their own; the next head up or human resources has to."


class ObjectionOver(Refusal):
    """It was answered or withdrawn already."""

    code = Code.FAILED_PRECONDITION
    reason = "OBJECTION_OVER"
    zh = "该异议已有结果，不能再更改。"
    en = "The objection was answered or withdrawn already and does not change any more."


class ObjectionChanged(Refusal):
    """Somebody changed the objection after the caller looked at it."""

    code = Code.ABORTED
    reason = "OBJECTION_CHANGED"
    zh = "该异议在您查看之后已有变化；请重新查看后再处理。"
    en = "The objection was changed after you looked at it; look again, then act."
