"""Goods of inventory's feed as facts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import prices_pb2

from bylaw_orders.rules.goods.known import (
    ItemFacts,
    ListingFacts,
    PriceChangeFacts,
    PriceFacts,
    WarehouseFacts,
    barcode_key,
    counting,
)


def item_facts(told: Any) -> ItemFacts:
    """An item."""
    barcodes = tuple(filter(None, map(barcode_key, told.barcodes)))
    return ItemFacts(told_id(told.name), told.code, told.display_name, told.unit, told.fraction_digits, barcodes)


def listing_facts(told: Any) -> ListingFacts:
    """A period in which an item is listed."""
    period = (_instant(told.list_time), _instant(told.end_time) if told.HasField("end_time") else None)
    return ListingFacts(told_id(told.name), told_id(told.item), told.channel, *period)


def price_change_facts(told: Any) -> PriceChangeFacts:
    """A change of prices with what of it counts."""
    withdrawn_at = _instant(told.withdraw_time) if told.HasField("withdraw_time") else None
    agreed = _prices(told) if told.state == prices_pb2.PRICE_CHANGE_STATE_AGREED else ()
    return PriceChangeFacts(told_id(told.name), counting(agreed, withdrawn_at))


def warehouse_facts(told: Any) -> WarehouseFacts:
    """A warehouse."""
    return WarehouseFacts(told_id(told.name), told.code, told_id(told.unit))


def told_id(name: str) -> UUID:
    """The id in a resource name of the feed."""
    return UUID(name.rpartition("/")[2])


def _prices(told: Any) -> Iterator[PriceFacts]:
    """Each from its set time on, or from the decision."""
    for line in told.lines:
        since = line.effective_time if line.HasField("effective_time") else told.end_time
        yield PriceFacts(told_id(line.item), line.channel, line.price.minor_units, line.price.currency, _instant(since))


def _instant(told: Any) -> datetime:
    return told.ToDatetime(tzinfo=UTC)  # type: ignore[no-any-return]
