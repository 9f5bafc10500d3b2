"""Quantities of goods: exact decimals, never finer than the item is counted, never rounded."""

import re
from decimal import Decimal

from bylaw_inventory.rules.refusals import Fault

MOST_WHOLE_DIGITS, MOST_FRACTION_DIGITS = 15, 6
_WRITTEN = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_NOTHING = re.compile(r"0{1,15}(\.0{1,6})?", re.ASCII)
ZERO = Decimal(0)


def number_of(value: str) -> Decimal | Fault:
    """A number as it is written, such as `2.5`; zero, a sign, an exponent and more digits than 15 and 6 are faults."""
    if not _WRITTEN.fullmatch(value):
        return Fault(
            "QUANTITY_INVALID",
            "应为正的小数，如 2.5：整数部分至多 15 位，小数至多 6 位",
            "expected a positive decimal such as 2.5, of at most 15 digits before and 6 behind the point",
        )
    quantity = Decimal(value)
    return quantity or Fault("QUANTITY_INVALID", "数量须大于零", "must be more than zero")


def finer_than(quantity: Decimal, fraction_digits: int) -> Fault | None:
    """The fault of a quantity that is finer than the item is counted: nothing is rounded."""
    if quantity == round(quantity, fraction_digits):
        return None
    return Fault(
        "QUANTITY_INVALID",
        f"该商品只计到小数点后 {fraction_digits} 位",
        f"the item is counted to {fraction_digits} digits behind the point",
    )


def is_nothing(value: str) -> bool:
    """Whether nothing at all is written: `0`, `0.00`."""
    return _NOTHING.fullmatch(value) is not None


def written(quantity: Decimal) -> str:
    """A quantity without needless zeros: `2.5`, `-3`, `0`."""
    text = f"{quantity:f}" if quantity else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text
