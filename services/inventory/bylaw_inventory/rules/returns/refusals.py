"""How inventory says no about returned goods (WHS-3, WHS-6)."""

from bylaw_chassis.refusals import Code, Refusal


class ReturnNotOne(Refusal):
    """A return is what a customer or carrier brought back into inspection."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_NOT_ONE"
    clause = "WHS-3"
    zh = "该变动不是客户退货，或已冲销；请选择有效的退货。"
    en = "That movement is no customer's return, or was reversed; choose a return that stands."


class ReturnDecided(Refusal):
    """What was decided on a return's goods is taken back before the return is."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_DECIDED"
    clause = "WHS-4"
    zh = "该退货的货物已有处理；请先冲销或撤回这些处理，再冲销退货。"
    en = "Goods of the return were decided on; reverse what was booked of them, or take it back, and then the return."


class ReturnScrapUnproven(Refusal):
    """Scrap is proven by a photo."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_SCRAP_UNPROVEN"
    clause = "WHS-6"
    zh = "报废须有照片为证；请先为该退货添加照片。"
    en = "Scrap takes a photo that proves it; add one to the return first."


class ReturnDecisionNotFound(Refusal):
    """No such decision within reach."""

    code = Code.NOT_FOUND
    reason = "RETURN_DECISION_NOT_FOUND"
    zh = "没有找到该退货处理，或不在您的权限范围内；请核对名称。"
    en = "There is no such decision on a return within your reach; check its name."


class ReturnDecisionNotOwn(Refusal):
    """Whoever asked takes it back."""

    code = Code.PERMISSION_DENIED
    reason = "RETURN_DECISION_NOT_OWN"
    zh = "只有提出报废的人才能撤回。"
    en = "Only whoever asked for the scrap takes it back."


class ReturnDecisionOver(Refusal):
    """Nothing of it waits."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_DECISION_OVER"
    clause = "WHS-6"
    zh = "该退货处理没有待决定的报废（{state}）；不能撤回。"
    en = "Nothing of that decision waits ({state}), and there is nothing to take back."
