"""Balances as they are shown."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShownBalance:
    """A balance for a list: with its lot's code and expiry, and the item's unit."""

    identifier: UUID
    item: UUID
    place: UUID
    unit: str
    lot: str
    expires: date | None
    on_hand: Decimal
    reserved: Decimal

    @property
    def order(self) -> tuple[UUID, UUID, UUID]:
        """Where it stands in a list."""
        return (self.item, self.place, self.identifier)


@dataclass(frozen=True, slots=True)
class BalanceWish:
    """Which balances: of a warehouse, of one item or any, beyond the door too or not, now or as of a day's end.

    `place`: only what lies there (WHS-8).
    """

    warehouse: UUID
    item: UUID | None
    beyond: bool
    as_of: date | None
    place: UUID | None = None
