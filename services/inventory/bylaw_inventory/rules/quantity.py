"""Quantities of goods: exact decimals, never finer than the item is counted, never rounded."""

import re
from decimal import Decimal

from bylaw_inventory.rules.refusals import Fault

MOST_FRACTION_DIGITS = 6
_WRITTEN = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_NOTHING = re.compile(r"0{1,15}(\.0{1,6})?", re.ASCII)
ZERO = Decimal(0)


def quantity_of(value: str, unit: str, *, item_unit: str, fraction_digits: int) -> Decimal | Fault:
    """A quantity as it is written, such as `2.5`, in the item's unit (an empty unit is that one); a fault of it else.

    Zero, a sign, an exponent, more digits than 15 and 6, another unit, and digits finer than the item is counted are
    faults: nothing is rounded.
    """
    if unit not in {"", item_unit}:
        return Fault(
            "QUANTITY_INVALID",
            f"该商品按“{item_unit}”计数，不能换算“{unit[:20]}”",
            f"the item is counted in `{item_unit}`, and `{unit[:20]}` does not convert",
        )
    if not _WRITTEN.fullmatch(value):
        return Fault(
            "QUANTITY_INVALID",
            "应为正的小数，如 2.5：整数部分至多 15 位，小数至多 6 位",
            "expected a positive decimal such as 2.5, of at most 15 digits before and 6 behind the point",
        )
    quantity = Decimal(value)
    if not quantity:
        return Fault("QUANTITY_INVALID", "数量须大于零", "must be more than zero")
    if quantity != round(quantity, fraction_digits):
        return Fault(
            "QUANTITY_INVALID",
            f"该商品只计到小数点后 {fraction_digits} 位",
            f"the item is counted to {fraction_digits} digits behind the point",
        )
    return quantity


def counted_of(value: str, unit: str, *, item_unit: str, fraction_digits: int) -> Decimal | Fault:
    """What was counted: as any quantity, but that nothing may be there."""
    if _NOTHING.fullmatch(value) and unit in {"", item_unit}:
        return ZERO
    return quantity_of(value, unit, item_unit=item_unit, fraction_digits=fraction_digits)


def written(quantity: Decimal) -> str:
    """A quantity without needless zeros: `2.5`, `-3`, `0`."""
    text = f"{quantity:f}" if quantity else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text
