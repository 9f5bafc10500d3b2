"""Sheets, pictures, rules and listings as messages of the contract."""

from collections.abc import Iterable
from typing import Any

from bylaw.inventory.v1 import item_sheets_pb2, listings_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.listing.channel import UNITS, SalesChannel
from bylaw_inventory.rules.listing.listing import Listing
from bylaw_inventory.rules.listing.sheet import Attribute, CategoryRule, Missing, Picture, ShownSheet


def sheet_message(shown: ShownSheet) -> Any:
    """A sheet with what is missing of it."""
    sheet = shown.sheet
    zh, en = sheet.description
    return item_sheets_pb2.ItemSheet(
        name=sheet.name,
        item=resource_name(ITEMS, sheet.item),
        code=shown.code,
        description=localized_text_pb2.LocalizedText(zh=zh, en=en),
        attributes=_attributes(sheet.attributes),
        variant_of=resource_name(ITEMS, sheet.variant_of),
        options=_attributes(sheet.options),
        pictures=map(picture_message, shown.pictures),
        missing=map(_missing, shown.missing),
        listed_channels=shown.channels,
        etag=str(sheet.revision),
    )


def picture_message(made: Picture) -> Any:
    """A picture; not its image."""
    return item_sheets_pb2.ItemPicture(
        name=made.name,
        item=resource_name(ITEMS, made.item),
        content_type=made.content_type,
        size_bytes=made.size_bytes,
        create_time=timestamp(made.added_at),
    )


def rule_message(made: CategoryRule) -> Any:
    """What a category asks for."""
    return item_sheets_pb2.CategoryRule(
        name=made.name,
        category=made.category,
        required_parts=[item_sheets_pb2.SheetPart.ValueType(part) for part in made.parts],
        required_attributes=made.attributes,
        set_time=timestamp(made.set_at),
        set_by=person(made.set_by),
    )


def listing_message(made: Listing) -> Any:
    """A listing."""
    return listings_pb2.Listing(
        name=made.name,
        item=resource_name(ITEMS, made.item),
        channel=made.channel,
        list_time=timestamp(made.listed_at),
        listed_by=person(made.listed_by),
        end_time=timestamp(made.ended_at),
        ended_by=person(made.ended_by),
        end_reason=made.end_reason,
    )


def channel_message(made: SalesChannel) -> Any:
    """A channel, and who keeps it."""
    return listings_pb2.SalesChannel(
        name=made.name,
        channel=made.channel,
        unit=resource_name(UNITS, made.unit),
        set_time=timestamp(made.set_at),
        set_by=person(made.set_by),
    )


def person(key: str) -> str:
    """`people/{person}` of whoever a caller's key names; empty where that is no person."""
    return resource_name("people", caller_by_key(key).person)


def _attributes(told: Iterable[Attribute]) -> list[Any]:
    return [item_sheets_pb2.ItemAttribute(name=one.name, value=one.value) for one in told]


def _missing(one: Missing) -> Any:
    return item_sheets_pb2.MissingPart(part=item_sheets_pb2.SheetPart.ValueType(one.part), attribute=one.attribute)
