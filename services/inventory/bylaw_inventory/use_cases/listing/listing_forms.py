"""Sheets, rules and listings in the form that rules take; what has another form is refused, naming the field."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.listing.sheet import Attribute, SheetPart, SheetsWish

MOST_ATTRIBUTES, MOST_OPTIONS, MOST_REQUIRED, MOST_LISTED = 50, 5, 20, 500
LONGEST_DESCRIPTION = 5_000
LONGEST_NAME, LONGEST_VALUE = 50, 200
_CHANNEL = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)

FIELDS: dict[str, Callable[[Any], Any]] = {
    "description": lambda sheet: _description(sheet.description),
    "attributes": lambda sheet: _attributes(sheet.attributes, "item_sheet.attributes", MOST_ATTRIBUTES),
    "variant_of": lambda sheet: optional_id(sheet.variant_of, ITEMS, field="item_sheet.variant_of"),
    "options": lambda sheet: _attributes(sheet.options, "item_sheet.options", MOST_OPTIONS),
}
"""What may change of a sheet, and how each is read."""

OTHERS = frozenset({"name", "etag", "item", "code", "pictures", "missing", "listed_channels"})
"""What a mask may name too, though it does not change."""


def sheet_changes(wished: Any, paths: Collection[str]) -> dict[str, Any]:
    """What becomes of the fields that a mask names, without one of those that are filled."""
    whole = {path.partition(".")[0] for path in paths}
    if unknown := sorted(whole - FIELDS.keys() - OTHERS):
        named = unknown[0][:50]
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {named}", en=f"there is no field {named}")
    asked = whole or {field.name for field, _ in wished.ListFields()}
    return {name: read(wished) for name, read in FIELDS.items() if name in asked}


def sheets_wish(request: Any) -> SheetsWish:
    """Which sheets to list."""
    return SheetsWish(
        bool(request.incomplete),
        optional_channel(request.channel, field="channel"),
        line_of_text(request.category, field="category", longest=100, needed=False),
        optional_id(request.variant_of, ITEMS, field="variant_of"),
    )


def rule_wish(wished: Any) -> tuple[str, tuple[SheetPart, ...], tuple[str, ...]]:
    """A category, the parts and the attributes that it is to ask for, each once."""
    field = "category_rule.required_parts"
    parts = {known(part, SheetPart, field=f"{field}[{number}]") for number, part in enumerate(wished.required_parts)}
    if SheetPart.ATTRIBUTE in parts:
        raise FieldInvalid(
            field=field, zh="属性请写在 required_attributes 中", en="attributes are asked for in required_attributes"
        )
    named = wished.required_attributes
    field = "category_rule.required_attributes"
    if named:
        check_count(len(named), field=field, most=MOST_REQUIRED)
    attributes = [
        line_of_text(name, field=f"{field}[{number}]", longest=LONGEST_NAME) for number, name in enumerate(named)
    ]
    category = line_of_text(wished.category, field="category_rule.category", longest=100, needed=False)
    return category, tuple(sorted(parts)), tuple(dict.fromkeys(attributes))


def channel_code(text: str, *, field: str) -> str:
    """A channel's code."""
    if not _CHANNEL.fullmatch(text):
        raise FieldInvalid(
            field=field,
            zh="渠道编码应为 1 至 32 个小写字母、数字或连字符，如 tmall",
            en="expected a channel's code of 1 to 32 letters a to z, digits and hyphens, such as tmall",
        )
    return text


def optional_channel(text: str, *, field: str) -> str:
    """Such a code, or nothing."""
    return channel_code(text, field=field) if text else ""


def wanted_items(names: Sequence[str]) -> list[tuple[str, UUID]]:
    """Items by name, each once, with the field that names each."""
    check_count(len(names), field="items", most=MOST_LISTED)
    found = [
        (f"items[{number}]", resource_id(name, ITEMS, field=f"items[{number}]")) for number, name in enumerate(names)
    ]
    seen = set[UUID]()
    for field, item in found:
        if item in seen:
            raise FieldInvalid(field=field, zh="同一商品写了两次", en="the same item is named twice")
        seen.add(item)
    return found


def _description(wished: Any) -> tuple[str, str]:
    return (_text(wished.zh, "item_sheet.description.zh"), _text(wished.en, "item_sheet.description.en"))


def _text(text: str, field: str) -> str:
    """A text of several lines; blanks at its ends are nothing that anybody says."""
    plain = text.strip()
    if len(plain) > LONGEST_DESCRIPTION or not plain.replace("\n", "").replace("\t", "").isprintable():
        raise FieldInvalid(
            field=field,
            zh=f"应为至多 {LONGEST_DESCRIPTION} 个可见字符，可以换行",
            en=f"expected at most {LONGEST_DESCRIPTION} visible characters; lines may be broken",
        )
    return plain


def _attributes(wished: Sequence[Any], field: str, most: int) -> tuple[Attribute, ...]:
    if wished:
        check_count(len(wished), field=field, most=most)
    found = tuple(
        Attribute(
            line_of_text(one.name, field=f"{field}[{number}].name", longest=LONGEST_NAME),
            line_of_text(one.value, field=f"{field}[{number}].value", longest=LONGEST_VALUE),
        )
        for number, one in enumerate(wished)
    )
    if len({one.name for one in found}) != len(found):
        raise FieldInvalid(field=field, zh="同一名称写了两次", en="the same name stands there twice")
    return found
