"""How inventory says no about fixed places (WHS-8)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class PlaceNotFixed(Refusal):
    """Goods lie at their fixed place, so that they are found; elsewhere only for a reason that is on record."""

    code = Code.FAILED_PRECONDITION
    reason = "PLACE_NOT_FIXED"
    clause = "WHS-8"
    zh = "有 {count} 行不是该商品的固定货位；请放回固定货位，或填写原因。"
    en = "Lines that go elsewhere than to the item's fixed place: {count}; put them there, or say why not."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class PlaceNotFound(Refusal):
    """No such place in the warehouse."""

    code = Code.NOT_FOUND
    reason = "PLACE_NOT_FOUND"
    clause = "WHS-8"
    zh = "该仓库没有此货位；请核对名称。"
    en = "The warehouse has no such place; check its name."


class PlaceNotBin(Refusal):
    """Goods stay in bins; packing and inspection are on the way."""

    code = Code.FAILED_PRECONDITION
    reason = "PLACE_NOT_BIN"
    clause = "WHS-8"
    zh = "{place} 不是货位；固定货位须是可存放的货位。"
    en = "{place} is no bin; goods have their fixed place in a bin."


class FixedPlaceMissing(Refusal):
    """Nobody has said yet where the item lies."""

    code = Code.FAILED_PRECONDITION
    reason = "FIXED_PLACE_MISSING"
    clause = "WHS-8"
    zh = "有 {count} 行的商品在该仓库尚无固定货位；请先设定，或写明放到哪里。"
    en = "Lines whose item has no fixed place in this warehouse: {count}; set one, or say which place to use."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))
