"""Items in the form that rules take; what has another form is refused, naming the field."""

from collections.abc import Callable, Collection
from typing import Any

from bylaw_chassis.forms import known, line_of_text, number_within
from bylaw_chassis.refusals import FieldInvalid

from bylaw_inventory.rules.goods.item import ItemWish, Tracking, gtin14
from bylaw_inventory.rules.quantity import MOST_FRACTION_DIGITS
from bylaw_inventory.rules.units.unit import check_names
from bylaw_inventory.use_cases.goods.unit_forms import item_units

MOST_BARCODES = 20


FIELDS: dict[str, Callable[[Any], Any]] = {
    "display_name": lambda item: line_of_text(item.display_name, field="item.display_name", longest=200),
    "specification": lambda item: line_of_text(
        item.specification, field="item.specification", longest=500, needed=False
    ),
    "category": lambda item: line_of_text(item.category, field="item.category", longest=100, needed=False),
    "may_go_below_zero": lambda item: bool(item.may_go_below_zero),
    "barcodes": lambda item: _barcodes(item.barcodes),
    "units": lambda item: item_units(item.units),
}
"""What may change of an item, and how each is read."""

OTHERS = frozenset({"name", "code", "unit", "fraction_digits", "tracking", "etag", "create_time", "special_mark"})
"""What a mask may name too, though it does not change."""


def item_wish(wished: Any) -> ItemWish:
    """An item as it is asked for; refuses FIELD_INVALID and BARCODE_INVALID."""
    wish = ItemWish(
        code=line_of_text(wished.code, field="item.code", longest=64),
        unit=line_of_text(wished.unit, field="item.unit", longest=20),
        fraction_digits=number_within(
            wished.fraction_digits, field="item.fraction_digits", first=0, last=MOST_FRACTION_DIGITS
        ),
        tracking=known(wished.tracking or Tracking.NONE, Tracking, field="item.tracking"),
        **{name: read(wished) for name, read in FIELDS.items()},
    )
    check_names(wish.units, wish.unit)
    return wish


def item_changes(wished: Any, paths: Collection[str]) -> dict[str, Any]:
    """What becomes of the fields that a mask names, without one of those that are filled; refuses as `item_wish`."""
    if unknown := sorted(set(paths) - FIELDS.keys() - OTHERS):
        named = unknown[0][:50]
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {named}", en=f"there is no field {named}")
    asked = set(paths) or {field.name for field, _ in wished.ListFields()}
    return {name: read(wished) for name, read in FIELDS.items() if name in asked}


def _barcodes(wished: Any) -> tuple[str, ...]:
    """Each once, however it is written."""
    if len(wished) > MOST_BARCODES:
        raise FieldInvalid(
            field="item.barcodes", zh=f"至多 {MOST_BARCODES} 个条码", en=f"expected at most {MOST_BARCODES} barcodes"
        )
    once = {gtin14(barcode): barcode for barcode in reversed(wished)}
    return tuple(barcode for barcode in wished if once.pop(gtin14(barcode), None))
