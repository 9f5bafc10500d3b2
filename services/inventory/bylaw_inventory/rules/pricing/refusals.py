"""How inventory says no about prices (GDS-2)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation

from bylaw_inventory.rules.refusals import Fault, LinesRefused

TAKEN = Fault(
    "PRICE_TIME_TAKEN",
    "该商品在此渠道、此刻已有另一项调价；请错开时间，或先撤回那一项",
    "another change of this item on this channel is for this instant; choose another, or take that one back",
)


class PriceTimeTaken(LinesRefused):
    """Two changes never take effect at one instant."""

    code = Code.FAILED_PRECONDITION
    clause = "GDS-2"


class PriceRefused(LinesRefused):
    """Lines that no decision could agree to."""

    clause = "GDS-2"


def price_refusal(faults: Sequence[Violation]) -> LinesRefused:
    """Lines that are at fault: by GDS-2 unless an item is not there at all."""
    reasons = {fault.reason for fault in faults}
    if reasons == {TAKEN.reason}:
        return PriceTimeTaken(faults)
    return LinesRefused(faults) if reasons == {"ITEM_NOT_FOUND"} else PriceRefused(faults)


class PriceChangeNotFound(Refusal):
    """No such change."""

    code = Code.NOT_FOUND
    reason = "PRICE_CHANGE_NOT_FOUND"
    zh = "没有找到该调价申请；请核对名称。"
    en = "There is no such change of prices; check its name."


class PriceChangeNotOwn(Refusal):
    """Whoever asked takes it back; agreed and still to come, whoever agreed may too."""

    code = Code.PERMISSION_DENIED
    reason = "PRICE_CHANGE_NOT_OWN"
    zh = "只有申请人能撤回调价申请，批准后尚未生效的，批准人也可撤回；如不同意，请在审批中拒绝。"
    en = (
        "Whoever asked for the change takes it back, and, of what is agreed and still to come, whoever agreed to it;"
        " who disagrees refuses it in the decision."
    )


class PriceChangeOver(Refusal):
    """It has ended, and nothing of it is still to come."""

    code = Code.FAILED_PRECONDITION
    reason = "PRICE_CHANGE_OVER"
    clause = "GDS-2"
    zh = "该调价申请已结束（{state}），没有尚未生效的价格，不能再撤回；如需改价，请另行申请。"
    en = (
        "The change has ended ({state}), nothing of it is still to come, and it is not taken back; ask for another one"
        " to change the price."
    )
