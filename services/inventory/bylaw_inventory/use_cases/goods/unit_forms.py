"""Further units of an item in the form that rules take; what has another form is refused, naming the field."""

from decimal import Decimal
from typing import Any

from bylaw_chassis.forms import line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_inventory.rules.goods.item import gtin14
from bylaw_inventory.rules.quantity import number_of
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.units.unit import ItemUnit

MOST_UNITS = 20


def item_units(wished: Any) -> tuple[ItemUnit, ...]:
    """Units as they are asked for; refuses FIELD_INVALID and BARCODE_INVALID."""
    if len(wished) > MOST_UNITS:
        raise FieldInvalid(
            field="item.units", zh=f"至多 {MOST_UNITS} 个换算单位", en=f"expected at most {MOST_UNITS} further units"
        )
    return tuple(_unit(one, f"item.units[{number}]") for number, one in enumerate(wished))


def _unit(wished: Any, field: str) -> ItemUnit:
    if wished.barcode:
        gtin14(wished.barcode)
    return ItemUnit(
        new_id(),
        line_of_text(wished.unit, field=f"{field}.unit", longest=20),
        _number(wished.base_quantity, field=f"{field}.base_quantity"),
        _number(wished.per or "1", field=f"{field}.per"),
        wished.barcode,
    )


def _number(value: str, *, field: str) -> Decimal:
    found = number_of(value)
    if isinstance(found, Fault):
        raise FieldInvalid(field=field, zh=found.zh, en=found.en)
    return found
