"""Variants of an item: one level deep, told apart by the same options, no two of them alike (GDS-1)."""

from collections.abc import Collection

from bylaw_inventory.rules.listing.refusals import VariantExists, VariantInvalid
from bylaw_inventory.rules.listing.sheet import Attribute, Sheet


def check_variant(sheet: Sheet, parent: Sheet, siblings: Collection[Sheet], *, has_variants: bool) -> None:
    """Refuses VARIANT_INVALID and VARIANT_EXISTS; `siblings` are the parent's other variants (GDS-1)."""
    if parent.item == sheet.item or parent.variant_of or has_variants:
        raise VariantInvalid(
            field="item_sheet.variant_of",
            zh="款式只有一层：上级商品自身不能是款式，有款式的商品也不能再作为款式",
            en="variants are one level deep: neither the parent nor an item that has variants may be one",
        )
    if not sheet.options:
        raise VariantInvalid(
            field="item_sheet.options",
            zh="款式须写明与同级款式的差别，如“颜色：红”",
            en="a variant says by what it differs from its siblings, such as `colour`: `red`",
        )
    for sibling in siblings:
        if _names(sibling.options) != _names(sheet.options):
            named = ", ".join(sorted(_names(sibling.options)))
            raise VariantInvalid(
                field="item_sheet.options",
                zh=f"同一商品的款式须用相同的规格项：{named}",
                en=f"all variants of an item name the same options: {named}",
            )
        if set(sibling.options) == set(sheet.options):
            raise VariantExists(sibling=sibling.name)


def check_no_options(sheet: Sheet) -> None:
    """Refuses options of what is no variant."""
    if sheet.options:
        raise VariantInvalid(
            field="item_sheet.options",
            zh="只有款式才有规格项；请先写明它是哪一商品的款式",
            en="a variant alone has options; say of which item it is one",
        )


def _names(options: Collection[Attribute]) -> frozenset[str]:
    return frozenset(option.name for option in options)
