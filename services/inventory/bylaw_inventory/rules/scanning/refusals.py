"""How inventory says no about what a scanner read (GDS-1)."""

from bylaw_chassis.refusals import Code, Refusal


class CodeCheckDigit(Refusal):
    """A wrong check digit: the code was read or printed wrongly, and names other goods, or none."""

    code = Code.INVALID_ARGUMENT
    reason = "CODE_CHECK_DIGIT"
    clause = "GDS-1"
    zh = "条码 {code} 的校验码应为 {expected}，读到的是 {found}；请重新扫描。"
    en = "The check digit of {code} should be {expected}, not {found}; scan it again."


class CodeUnknown(Refusal):
    """Neither a place, nor an item, nor a barcode that is understood."""

    code = Code.NOT_FOUND
    reason = "CODE_UNKNOWN"
    zh = "“{code}”不是本仓货位、商品编码，也不是可识别的条码；请核对标签。"
    en = "`{code}` is neither a place here, nor an item's code, nor a barcode that is understood; check the label."
