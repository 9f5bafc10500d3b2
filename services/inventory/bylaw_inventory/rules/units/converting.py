"""Quantities stated in the item's own unit or a further one, converted exactly or not at all (GDS-1)."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.quantity import MOST_WHOLE_DIGITS, ZERO, finer_than, is_nothing, number_of, written
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.units.unit import ItemUnit, Said

UNIT_UNKNOWN = "QUANTITY_UNIT_UNKNOWN"


class Stated(NamedTuple):
    """So much in the item's own unit; `said` is how it was stated, where that was in a further one."""

    quantity: Decimal
    said: Said | None = None


def stated_of(value: str, unit: str, counted: Counted) -> Stated | Fault:
    """A quantity as it is written, such as `2.5`, in one of the item's units (an empty one is its own); its fault else.

    QUANTITY_UNIT_UNKNOWN names the units there are; QUANTITY_INVALID: zero, a sign, an exponent, more digits than 15
    and 6, or digits finer than the item is counted; QUANTITY_NOT_CONVERTIBLE: it comes to no such quantity. Nothing is
    rounded.
    """
    further = None
    if unit not in {"", counted.unit}:
        further = next((one for one in counted.units if one.name == unit), None)
        if further is None:
            return _unknown(unit, counted)
    quantity = number_of(value)
    if isinstance(quantity, Fault):
        return quantity
    if further:
        return _converted(quantity, further, counted)
    return finer_than(quantity, counted.fraction_digits) or Stated(quantity)


def quantity_of(value: str, unit: str, counted: Counted) -> Decimal | Fault:
    """The same in the item's own unit, where how it was stated is not kept."""
    found = stated_of(value, unit, counted)
    return found if isinstance(found, Fault) else found.quantity


def counted_of(value: str, unit: str, counted: Counted) -> Decimal | Fault:
    """What was counted: as any quantity, but that nothing may be there."""
    known = unit in {"", counted.unit} or any(one.name == unit for one in counted.units)
    return ZERO if known and is_nothing(value) else quantity_of(value, unit, counted)


def in_own_unit(quantity: Decimal, unit: ItemUnit, fraction_digits: int) -> Decimal | None:
    """So much of a further unit in the item's own; nothing where that is finer than it is counted, or too much.

    Through whole numbers: a decimal context would round.
    """
    exact = Fraction(quantity) * unit.ratio * 10**fraction_digits
    if exact.denominator != 1 or exact >= 10 ** (MOST_WHOLE_DIGITS + fraction_digits):
        return None
    return Decimal(exact.numerator).scaleb(-fraction_digits)


def _converted(quantity: Decimal, unit: ItemUnit, counted: Counted) -> Stated | Fault:
    own = in_own_unit(quantity, unit, counted.fraction_digits)
    if own is not None:
        return Stated(own, Said(unit.identifier, unit.name, quantity))
    stated, per, base = written(quantity), written(unit.per), written(unit.base_quantity)
    return Fault(
        "QUANTITY_NOT_CONVERTIBLE",
        f"{stated} {unit.name} 不能恰好换算成 {counted.unit}（{per} {unit.name} = {base} {counted.unit}；"
        f"整数至多 {MOST_WHOLE_DIGITS} 位，小数至多 {counted.fraction_digits} 位）；请直接按 {counted.unit} 填写",
        f"{stated} {unit.name} is no number of {counted.unit} with at most {MOST_WHOLE_DIGITS} digits before and"
        f" {counted.fraction_digits} behind the point ({per} {unit.name} = {base} {counted.unit}); say it in"
        f" {counted.unit}",
    )


def _unknown(unit: str, counted: Counted) -> Fault:
    names = [counted.unit, *(one.name for one in counted.units)]
    return Fault(
        UNIT_UNKNOWN,
        f"该商品没有单位“{unit[:20]}”，不能换算；可用的单位：{'、'.join(names)}",
        f"the item has no unit `{unit[:20]}`, which does not convert; its units: {', '.join(names)}",
    )
