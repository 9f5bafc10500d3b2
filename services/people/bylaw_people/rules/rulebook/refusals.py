"""How the rulebook says no."""

from bylaw_chassis.refusals import Code, Refusal


class ClauseChanged(Refusal):
    """Somebody revised the clause after the caller looked at it."""

    code = Code.ABORTED
    reason = "CLAUSE_CHANGED"
    zh = "条款 {clause_id} 在您查看之后已被修订；请重新读取后再改。"
    en = "The clause {clause_id} was revised after you looked at it; read it again, then revise it."


class ClauseIdTaken(Refusal):
    """There is such a clause."""

    code = Code.ALREADY_EXISTS
    reason = "CLAUSE_ID_TAKEN"
    zh = "条款编号 {clause_id} 已被使用；请换一个编号，或修订该条款。"
    en = "The clause id {clause_id} is taken; choose another, or revise that clause."


class ClauseNotShipped(Refusal):
    """A clause of the company's own has no wording to go back to."""

    code = Code.FAILED_PRECONDITION
    reason = "CLAUSE_NOT_SHIPPED"
    zh = "条款 {clause_id} 是公司自有条款，没有随产品提供的条文可恢复；请直接修订。"
    en = "The clause {clause_id} is the company's own and has no shipped wording to go back to; revise it instead."
