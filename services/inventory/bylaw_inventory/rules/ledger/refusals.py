"""How inventory says no about movements (WHS-4, WHS-6)."""

from datetime import date

from bylaw_chassis.refusals import Code, Refusal

from bylaw_inventory.rules.goods.place import PlaceKind

PLACE_WORDS = {
    PlaceKind.BIN: ("货位", "a bin"),
    PlaceKind.PACKING: ("打包区", "packing"),
    PlaceKind.INSPECTION: ("待检区", "inspection"),
    PlaceKind.SUPPLIER: ("供应商", "the supplier"),
    PlaceKind.CARRIER: ("承运人", "the carrier"),
    PlaceKind.CUSTOMER: ("客户", "the customer"),
    PlaceKind.LOST_AND_FOUND: ("盘盈盘亏", "lost and found"),
    PlaceKind.SCRAP: ("报废", "scrap"),
}


class MovementNotFound(Refusal):
    """No such movement within reach."""

    code = Code.NOT_FOUND
    reason = "STOCK_MOVEMENT_NOT_FOUND"
    zh = "没有找到该库存变动，或不在您的权限范围内；请核对名称。"
    en = "There is no such movement within your reach; check its name."


class BalanceNotFound(Refusal):
    """No such balance within reach."""

    code = Code.NOT_FOUND
    reason = "STOCK_BALANCE_NOT_FOUND"
    zh = "没有找到该库存卡，或不在您的权限范围内；请核对名称。"
    en = "There is no such balance within your reach; check its name."


class MovementNotAllowed(Refusal):
    """Goods do not move between such places, or one movement would be two kinds."""

    code = Code.FAILED_PRECONDITION
    reason = "MOVEMENT_NOT_ALLOWED"
    clause = "WHS-4"
    zh = "{field}：货物不能从{from_zh}到{to_zh}；请核对两端货位，不同性质的变动请分开过账。"
    en = (
        "{field}: goods do not move from {from_en} to {to_en} in this movement; check both places, and post"
        " movements of different kinds one by one."
    )

    def __init__(self, field: str, origin: PlaceKind, target: PlaceKind) -> None:
        (from_zh, from_en), (to_zh, to_en) = PLACE_WORDS[origin], PLACE_WORDS[target]
        super().__init__(field=field, from_zh=from_zh, from_en=from_en, to_zh=to_zh, to_en=to_en)


class MovementNeedsCount(Refusal):
    """Differences, damage and scrap are booked by a count and its decision alone."""

    code = Code.FAILED_PRECONDITION
    reason = "MOVEMENT_NEEDS_COUNT"
    clause = "WHS-6"
    zh = "{field}：盘盈盘亏与报废须经盘点、查因并批准后入账，不能直接过账。"
    en = "{field}: differences and scrap are booked after a count, its cause and its approval, not by a movement."


class DayNotOpen(Refusal):
    """The books take entries of the same day, or of the day before."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_NOT_OPEN"
    clause = "WHS-4"
    zh = "账簿目前只接受 {first_day} 至 {last_day} 的记账日，{day} 不在其中；更早的差错请以冲销更正。"
    en = "The books take entries of {first_day} to {last_day}, not of {day}; correct older mistakes by a reversal."

    def __init__(self, day: date, first_day: date, last_day: date) -> None:
        super().__init__(day=day, first_day=first_day, last_day=last_day)


class MovementReversed(Refusal):
    """A mistake is corrected once."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_MOVEMENT_REVERSED"
    clause = "WHS-4"
    zh = "该变动已由 {reversal} 冲销，不能再次冲销。"
    en = "The movement was reversed by {reversal} already, and is not reversed twice."


class ReversalNotReversed(Refusal):
    """A reversal is not undone: what was right is posted anew."""

    code = Code.FAILED_PRECONDITION
    reason = "REVERSAL_NOT_REVERSED"
    clause = "WHS-4"
    zh = "冲销本身不能再冲销；若原变动本来正确，请重新过账。"
    en = "A reversal is not reversed; if the first movement was right, post it anew."
