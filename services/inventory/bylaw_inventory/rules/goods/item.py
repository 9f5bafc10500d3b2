"""An item of goods: its code, how it is counted and told apart, and its barcodes (GDS-1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from biip import ParseError
from biip.gtin import Gtin
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.refusals import BarcodeInvalid
from bylaw_inventory.rules.units.unit import ItemUnit

ITEMS = "items"


class Tracking(IntEnum):
    """How stock is told apart; the numbers are those of the contract."""

    NONE = 1
    LOT = 2
    SERIAL = 3


class Counted(NamedTuple):
    """How an item is counted: nothing of it ever changes, but that there may be more and other further units."""

    code: str
    unit: str
    fraction_digits: int
    units: tuple[ItemUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemWish:
    """An item as somebody wants it. `fraction_digits`: 0 to 6 digits behind the point of a quantity.

    The ledger counts by code, unit, digits and tracking: they never change. `units` are further ones.
    """

    code: str
    display_name: str
    specification: str
    category: str
    unit: str
    fraction_digits: int
    tracking: Tracking
    may_go_below_zero: bool
    barcodes: tuple[str, ...]
    units: tuple[ItemUnit, ...] = ()

    @property
    def counted(self) -> Counted:
        """How it is counted."""
        return Counted(self.code, self.unit, self.fraction_digits, self.units)


@dataclass(frozen=True, slots=True)
class Item:
    """An item on record; `revision` counts its changes from 1."""

    identifier: UUID
    wish: ItemWish
    created_at: datetime
    revision: int = 1

    @property
    def name(self) -> str:
        """`items/{item}`."""
        return resource_name(ITEMS, self.identifier)

    def unit_with(self, barcode: str) -> ItemUnit | None:
        """The further unit whose barcode it is, in its long form; nothing where it is the item's own."""
        return next((one for one in self.wish.units if one.barcode and gtin14(one.barcode) == barcode), None)


def gtin14(barcode: str) -> str:
    """A GTIN in its one long form, so that no two writings of it are two barcodes.

    Refuses BARCODE_INVALID for a wrong length or check digit (GDS-1).
    """
    try:
        return Gtin.parse(barcode).as_gtin_14()
    except ParseError:
        raise BarcodeInvalid(barcode=barcode[:20]) from None
