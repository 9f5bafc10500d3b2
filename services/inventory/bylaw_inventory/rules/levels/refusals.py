"""How inventory says no about levels and proposals (WHS-7)."""

from bylaw_chassis.refusals import Code, Refusal


class StockProposalNotFound(Refusal):
    """It is not proposed now."""

    code = Code.NOT_FOUND
    reason = "STOCK_PROPOSAL_NOT_FOUND"
    clause = "WHS-7"
    zh = "目前没有该项建议：未曾提出、已不成立，或已有处理结果；请重新查看建议清单。"
    en = "That is not proposed now: it never was, is over, or has its outcome; look at the proposals again."
