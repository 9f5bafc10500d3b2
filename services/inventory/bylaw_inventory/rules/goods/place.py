"""Warehouses and their places: where goods are on hand, and the places beyond the door (WHS-8)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.values import resource_name

WAREHOUSES, PLACES = "warehouses", "places"


class PlaceKind(IntEnum):
    """What a place is for; the numbers are those of the contract."""

    BIN = 1
    PACKING = 2
    INSPECTION = 3
    SUPPLIER = 4
    CARRIER = 5
    CUSTOMER = 6
    LOST_AND_FOUND = 7
    SCRAP = 8


WITHIN = frozenset({PlaceKind.BIN, PlaceKind.PACKING, PlaceKind.INSPECTION})
"""Where goods are on hand; every other place is beyond the door."""

BEYOND_THE_DOOR = {
    "SUPPLIER": PlaceKind.SUPPLIER,
    "CARRIER": PlaceKind.CARRIER,
    "CUSTOMER": PlaceKind.CUSTOMER,
    "LOST-AND-FOUND": PlaceKind.LOST_AND_FOUND,
    "SCRAP": PlaceKind.SCRAP,
}
"""The places that a warehouse opens with, by code."""


def day_in(time_zone: str, instant: datetime) -> date:
    """The day that it is in a zone (WHS-4)."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse at a site, kept by a unit; what a grant reaches follows the unit. Its days are its site's."""

    identifier: UUID
    code: str
    title: tuple[str, str]
    site: UUID
    unit: UUID
    created_at: datetime
    time_zone: str

    @property
    def name(self) -> str:
        """`warehouses/{warehouse}`."""
        return resource_name(WAREHOUSES, self.identifier)

    def day_at(self, instant: datetime) -> date:
        """The day that it is there (WHS-4)."""
        return day_in(self.time_zone, instant)

    def end_of(self, day: date) -> datetime:
        """The instant at which a day ends there (WHS-4)."""
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.time_zone))


@dataclass(frozen=True, slots=True)
class Place:
    """A labelled place of a warehouse."""

    identifier: UUID
    warehouse: UUID
    code: str
    kind: PlaceKind
    frozen_by: UUID | None = None
    """The stocktake for which nothing moves in or out of it while it is counted (WHS-6)."""

    @property
    def name(self) -> str:
        """`places/{place}`."""
        return resource_name(PLACES, self.identifier)
