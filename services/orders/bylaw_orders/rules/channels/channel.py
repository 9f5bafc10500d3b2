"""A channel: a shop on a platform, with the warehouse it is served from and what it promises (ORD-1, ORD-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

CHANNELS = "channels"


class Shortage(IntEnum):
    """What becomes of an order that is short; the numbers are those of the contract."""

    WAIT = 1
    SPLIT = 2
    SUBSTITUTE = 3
    CANCEL = 4


@dataclass(frozen=True, slots=True)
class Promise:
    """Until when an order is to be shipped, and to have arrived."""

    ship_by: datetime
    deliver_by: datetime


@dataclass(frozen=True, slots=True)
class ChannelWish:
    """A channel as somebody wants it. `warehouse` is inventory's; none: the shop ships by itself."""

    code: str
    title: tuple[str, str]
    platform: str
    shop: str
    unit: UUID
    currency: str
    warehouse: UUID | None
    sales_channel: str
    shortage: Shortage
    ship_hours: int
    deliver_hours: int
    history: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel on record."""

    identifier: UUID
    wish: ChannelWish
    created_at: datetime
    revision: int = 1

    @property
    def name(self) -> str:
        """`channels/{channel}`."""
        return resource_name(CHANNELS, self.identifier)

    def promise(self, since: datetime) -> Promise:
        """What is promised of an order that may go since an instant (ORD-3)."""
        wish = self.wish
        return Promise(since + timedelta(hours=wish.ship_hours), since + timedelta(hours=wish.deliver_hours))


class ChannelWarehouse(NamedTuple):
    """A warehouse by its code, and the channels that are shipped from it."""

    warehouse: UUID
    code: str
    channels: tuple[UUID, ...]
