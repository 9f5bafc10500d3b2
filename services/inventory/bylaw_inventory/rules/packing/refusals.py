"""How inventory says no about what is packed (WHS-3, WHS-12)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class PackCheckNotFound(Refusal):
    """No such check within reach."""

    code = Code.NOT_FOUND
    reason = "PACK_CHECK_NOT_FOUND"
    zh = "没有找到该装箱复核，或不在您的权限范围内；请核对名称。"
    en = "There is no such pack check within your reach; check its name."


class PackCheckNotIssue(Refusal):
    """What is packed is reserved or issued."""

    code = Code.FAILED_PRECONDITION
    reason = "PACK_CHECK_NOT_ISSUE"
    clause = "WHS-3"
    zh = "该变动不是出库，或已冲销；请选择有效的出库单或预留。"
    en = "That movement is no issue, or was reversed; choose an issue that stands, or the reservation."


class PackNothingLeft(Refusal):
    """Goods are checked once."""

    code = Code.FAILED_PRECONDITION
    reason = "PACK_CHECK_NOTHING_LEFT"
    clause = "WHS-3"
    zh = "没有待复核的货物：已全部复核，或已不再预留。"
    en = "There is nothing left to check: all of it was checked, or is not held any more."


class PackCheckEnded(Refusal):
    """An ended check takes nothing."""

    code = Code.FAILED_PRECONDITION
    reason = "PACK_CHECK_ENDED"
    clause = "WHS-3"
    zh = "该装箱复核已由 {by} 于 {at} 结束（{state}），不能再改；请另行开始。"
    en = "The pack check was ended by {by} at {at} ({state}) and stays so; begin another."


class PackCheckEmpty(Refusal):
    """Nothing was packed."""

    code = Code.FAILED_PRECONDITION
    reason = "PACK_CHECK_EMPTY"
    clause = "WHS-3"
    zh = "箱内没有任何货物，不能关闭；如不再装箱，请取消复核。"
    en = "Nothing is in, and there is nothing to close; call the check off if nothing is packed."


class PackCheckShort(Refusal):
    """What is lacking is said to be, with the reason."""

    code = Code.FAILED_PRECONDITION
    reason = "PACK_CHECK_SHORT"
    clause = "WHS-3"
    zh = "还缺 {count} 行货物；请装齐，或说明缺货原因后关闭。"
    en = "Lines of which something is lacking: {count}; pack it, or say why and close."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class PackScanRefused(Refusal):
    """A scan that does not go in; `line` is the one that it is about, by its number; 0: none."""

    code = Code.FAILED_PRECONDITION
    clause = "WHS-3"

    def __init__(self, line: int = 0, **variables: object) -> None:
        super().__init__(violations=(), line=line, **variables)
        self.line = line
        field = f"lines[{line - 1}]" if line else "piece.code"
        self.violations = (Violation(field, self.reason, self.message_zh, self.message_en),)


class PackNotGoods(PackScanRefused):
    """A place or a box is no piece of goods."""

    reason = "PACK_NOT_GOODS"
    zh = "“{code}”是货位或箱码，不是货物；请扫描货物本身。"
    en = "`{code}` is a place or a box, no goods; scan the goods themselves."


class PackWrongItem(PackScanRefused):
    """Goods that nobody ordered."""

    reason = "PACK_WRONG_ITEM"
    zh = "{item} 不在本单货物之中；请取出，放回货位。"
    en = "{item} is of no line of this order; put it back to its place."


class PackWrongLot(PackScanRefused):
    """Another lot than the one that is to go in."""

    reason = "PACK_WRONG_LOT"
    zh = "第 {line} 行：{item} 应装批次 {lots}，不是 {lot}；请取出，换成正确批次。"
    en = "Line {line}: of {item} lot {lots} goes in, not {lot}; take the right one."


class PackLotMissing(PackScanRefused):
    """Goods told apart by lot or serial number are packed by it."""

    reason = "LOT_MISSING"
    zh = "第 {line} 行：{item} 按批次或序列号管理，条码未含批号；请扫描含批号的条码，或填写批号。"
    en = "Line {line}: {item} is told apart, and the code says no lot; scan one that does, or say the lot."


class PackLotUnexpected(PackScanRefused):
    """Goods not told apart have no lot."""

    reason = "LOT_UNEXPECTED"
    zh = "第 {line} 行：{item} 不分批次，请勿填写批号。"
    en = "Line {line}: {item} is not told apart by lot; say none."


class PackLotExpired(PackScanRefused):
    """Expired goods leave for no customer."""

    reason = "LOT_EXPIRED"
    zh = "第 {line} 行：{item} 已于 {day} 过期，不得装箱；请取出，另取未过期的。"
    en = "Line {line}: {item} expired on {day} and is not packed; take one that has not."


class PackLotDiffers(PackScanRefused):
    """The label says another expiry than the books."""

    reason = "LOT_DIFFERS"
    zh = "第 {line} 行：{item} 登记的有效期为 {recorded}，条码上是 {day}；请核对后再装。"
    en = "Line {line}: {item} is on record with expiry {recorded}, and the code says {day}; look which is right."


class PackTooMany(PackScanRefused):
    """One more than goes in."""

    reason = "PACK_TOO_MANY"
    zh = "第 {line} 行：{item} 应装 {wanted}，已装 {packed}，再装 {quantity} 就多了；请取出。"
    en = "Line {line}: {wanted} of {item} go in, {packed} are, and {quantity} more are too many; take them out."


class PackNotIn(PackScanRefused):
    """What is taken out is in."""

    reason = "PACK_NOT_IN"
    zh = "第 {line} 行：{item} 箱内只有 {packed}，不能取出 {quantity}。"
    en = "Line {line}: {packed} of {item} are in, and {quantity} cannot be taken out."


class PackQuantityInvalid(PackScanRefused):
    """So much cannot be, or is not what the code says."""

    code = Code.INVALID_ARGUMENT
    reason = "QUANTITY_INVALID"
    zh = "第 {line} 行：{why_zh}。"
    en = "Line {line}: {why_en}."
