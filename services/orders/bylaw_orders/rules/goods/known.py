"""Goods as inventory tells of them: by which code they are found, where they are listed, at which price (ORD-1)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

GTIN_LENGTHS, LONG_FORM = (8, 12, 13, 14), 14


class ItemFacts(NamedTuple):
    """An item as inventory has it; `barcodes` are those of one of it, not of its cartons, in their long form."""

    item: UUID
    code: str
    title: str
    unit: str
    fraction_digits: int
    barcodes: tuple[str, ...]


class ListingFacts(NamedTuple):
    """A period in which an item is offered on a sales channel; it is offered still where it has no end."""

    listing: UUID
    item: UUID
    channel: str
    listed_at: datetime
    ended_at: datetime | None


class PriceFacts(NamedTuple):
    """A price that was agreed to, in the currency's smallest unit, from an instant until the next one's."""

    item: UUID
    channel: str
    minor_units: int
    currency: str
    since: datetime


class PriceChangeFacts(NamedTuple):
    """A change of prices with those prices of it that count: none unless it is agreed to."""

    change: UUID
    prices: tuple[PriceFacts, ...]


class WarehouseFacts(NamedTuple):
    """A warehouse, and the unit that keeps it."""

    warehouse: UUID
    code: str
    unit: UUID


class Price(NamedTuple):
    """What one costs, in the currency's smallest unit, and since when."""

    minor_units: int
    currency: str
    since: datetime


class KnownGoods(NamedTuple):
    """Goods as they stood on a sales channel at an instant: `listed` there or not, at which price if at any."""

    item: UUID
    code: str
    title: str
    unit: str
    fraction_digits: int
    listed: bool
    price: Price | None


class AskedGoods(NamedTuple):
    """Goods that an order names by its code, or by a barcode; `channel` is inventory's sales channel, empty: none."""

    channel: str
    code: str
    at: datetime


def code_key(code: str) -> str:
    """By what a code is found: its case does not count, as it does not in inventory."""
    return code.lower()


def barcode_key(code: str) -> str:
    """The long form of what may be a GTIN; empty where it cannot be one. Whether it is one, its goods say."""
    could_be = len(code) in GTIN_LENGTHS and code.isascii() and code.isdecimal()
    return code.zfill(LONG_FORM) if could_be else ""


def counting(lines: Iterable[PriceFacts], withdrawn_at: datetime | None) -> tuple[PriceFacts, ...]:
    """Of the prices that were agreed to those that count: what was taken back before it took effect never does."""
    return tuple(one for one in lines if withdrawn_at is None or one.since <= withdrawn_at)
