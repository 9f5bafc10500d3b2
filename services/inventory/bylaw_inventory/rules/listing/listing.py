"""Listings: periods in which an item is offered on a channel (GDS-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.listing.refusals import ItemIncomplete, ItemListed
from bylaw_inventory.rules.listing.sheet import Completeness, Missing, SheetPart
from bylaw_inventory.rules.refusals import Fault, ItemNotFound, LinesRefused

LISTINGS = "listings"
PART_WORDS = {
    SheetPart.NAME: ("名称", "name"),
    SheetPart.SPECIFICATION: ("规格", "specification"),
    SheetPart.PRICE: ("价格", "price"),
    SheetPart.PICTURES: ("图片", "pictures"),
    SheetPart.DESCRIPTION: ("描述", "description"),
    SheetPart.ATTRIBUTE: ("属性", "attribute"),
}
NOT_FOUND = Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")


@dataclass(frozen=True, slots=True)
class Listing:
    """An item offered on a channel; on record for ever, and ended once."""

    identifier: UUID
    item: UUID
    channel: str
    listed_at: datetime
    listed_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    end_reason: str = ""

    @property
    def name(self) -> str:
        """`listings/{listing}`."""
        return resource_name(LISTINGS, self.identifier)


class ListingsWish(NamedTuple):
    """Which listings: on a channel or any, of an item or any, ended ones too or not."""

    channel: str
    item: UUID | None
    ended: bool


def check_listable(
    wanted: Sequence[tuple[str, UUID]],
    goods: Mapping[UUID, Item],
    found: Mapping[UUID, Completeness],
    listed: Mapping[UUID, Listing],
) -> None:
    """Each item by the field it is named in: on record, not listed there yet, and complete by its category (GDS-1).

    Refuses ITEM_NOT_FOUND, ITEM_LISTED and ITEM_INCOMPLETE, or LINES_REFUSED where they are several.
    """
    faults = [fault for field, item in wanted for fault in _faults(field, item, goods, found, listed)]
    if not faults:
        return
    reasons = {fault.reason for fault in faults}
    if reasons == {ItemIncomplete.reason}:
        raise ItemIncomplete(faults)
    if reasons == {ItemListed.reason}:
        raise ItemListed(faults)
    if reasons == {ItemNotFound.reason} and len(faults) == 1:
        raise ItemNotFound(violations=faults)
    raise LinesRefused(faults)


def incomplete_at(field: str, code: str, missing: Sequence[Missing], category: str) -> list[Violation]:
    """A fault for each missing part, which says whose rule asks for it."""
    return [_missing(code, one, category).at(field) for one in missing]


def _faults(
    field: str,
    item: UUID,
    goods: Mapping[UUID, Item],
    found: Mapping[UUID, Completeness],
    listed: Mapping[UUID, Listing],
) -> list[Violation]:
    if item not in goods:
        return [NOT_FOUND.at(field)]
    if there := listed.get(item):
        code = goods[item].wish.code
        return [Violation(field, ItemListed.reason, f"{code} 已在架：{there.name}", f"{code} is listed: {there.name}")]
    return incomplete_at(field, goods[item].wish.code, found[item].missing, found[item].category)


def _missing(code: str, missing: Missing, category: str) -> Fault:
    zh, en = PART_WORDS[missing.part]
    if missing.attribute:
        zh, en = f"{zh}“{missing.attribute}”", f"{en} `{missing.attribute}`"
    by_zh, by_en = (f"“{category}”类目", f"the category `{category}`") if category else ("通用规则", "the general rule")
    return Fault(
        ItemIncomplete.reason, f"{code} 缺少{zh}（{by_zh}要求）", f"{code} lacks its {en}, which {by_en} asks for"
    )
