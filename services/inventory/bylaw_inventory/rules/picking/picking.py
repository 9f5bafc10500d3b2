"""What is fetched for a reservation, place by place (WHS-8)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.reserving.reservation import Reservation


class PickingLine(NamedTuple):
    """So much of an item, of one lot of it, that a reservation still holds at a place."""

    place: UUID
    place_code: str
    item: UUID
    item_code: str
    lot: str
    expires: date | None
    quantity: Decimal
    unit: str


class PickingList(NamedTuple):
    """All of it, in the order of the places' labels."""

    reservation: Reservation
    lines: tuple[PickingLine, ...]

    @property
    def name(self) -> str:
        """`stockReservations/{stock_reservation}/pickingList`."""
        return f"{self.reservation.name}/pickingList"
