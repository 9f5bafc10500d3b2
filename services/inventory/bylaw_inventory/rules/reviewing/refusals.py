"""How inventory says no about reviews (GDS-3)."""

from bylaw_chassis.refusals import Code, Refusal

from bylaw_inventory.rules.refusals import LinesRefused


class ReviewNotFound(Refusal):
    """No such review."""

    code = Code.NOT_FOUND
    reason = "GOODS_REVIEW_NOT_FOUND"
    zh = "没有找到该商品评审；请核对名称。"
    en = "There is no such review; check its name."


class ReviewOpen(Refusal):
    """A channel is reviewed once at a time."""

    code = Code.FAILED_PRECONDITION
    reason = "GOODS_REVIEW_OPEN"
    clause = "GDS-3"
    zh = "该渠道已有未完成的评审 {review}；请先给出其余结论。"
    en = "A review of this channel is open: {review}. Record its outcomes first."


class OutcomesRefused(LinesRefused):
    """Outcomes that do not fit the review."""

    code = Code.FAILED_PRECONDITION
    clause = "GDS-3"
