"""Warehouses and places in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import known, line_of_text
from bylaw_chassis.refusals import FieldInvalid

from bylaw_inventory.rules.goods.place import WITHIN, PlaceKind
from bylaw_inventory.use_cases.goods.keep_warehouses import WarehouseWish

LONGEST_CODE = 32


def warehouse_wish(wished: Any) -> WarehouseWish:
    """A warehouse as it is asked for."""
    title = tuple(
        line_of_text(getattr(wished.title, language), field=f"warehouse.title.{language}", longest=100)
        for language in ("zh", "en")
    )
    code = line_of_text(wished.code, field="warehouse.code", longest=LONGEST_CODE)
    return WarehouseWish(code, (title[0], title[1]), wished.site, wished.unit)


def place_code(text: str) -> str:
    """What a label says."""
    return line_of_text(text, field="place.code", longest=LONGEST_CODE)


def place_kind(number: int) -> PlaceKind:
    """A kind of place that people make; those beyond the door come with the warehouse."""
    kind = known(number, PlaceKind, field="place.kind")
    if kind not in WITHIN:
        raise FieldInvalid(
            field="place.kind",
            zh="只能新建货位、打包区或待检区；库外各处随仓库建立",
            en="expected a bin, packing or inspection; places beyond the door come with the warehouse",
        )
    return kind
