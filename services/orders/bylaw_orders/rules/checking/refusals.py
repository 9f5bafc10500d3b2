"""How orders says no about the checks of orders."""

from bylaw_chassis.refusals import Code, Refusal


class CheckUnknown(Refusal):
    """There is no check of that name."""

    code = Code.INVALID_ARGUMENT
    reason = "CHECK_UNKNOWN"
    clause = "ORD-1"
    zh = "没有名为“{check}”的检查（{field}）；可用的名称见检查清单 ListOrderChecks。"
    en = "There is no check `{check}` ({field}); ListOrderChecks has the names there are."
