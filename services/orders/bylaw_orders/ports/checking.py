"""What use cases need of the checks of orders (ORD-1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.queries import Query

from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.setting import ChannelSetting, CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import OrderWish

Alike = Mapping[str, Sequence[str]]
"""By the number of an order, the numbers of those that are like it."""
CameFrom = tuple[OrderWish, bytes]
"""An order that comes, and by what its customer is known: empty where nobody can tell."""


class Checks(Protocol):
    """The checks that a channel has."""

    def counting(self, channel: UUID) -> Query[CheckSetting]:
        """How the channel has its orders checked."""
        ...

    def alike(self, channel: Channel, setting: CheckSetting, wishes: Sequence[CameFrom]) -> Query[Alike]:
        """Which orders are like those that come, on record and among themselves."""
        ...

    def findings(
        self,
        channel: Channel,
        setting: CheckSetting,
        wishes: Sequence[OrderWish],
        goods: Sequence[Mapping[str, KnownGoods]],
        alike: Alike | None = None,
    ) -> list[tuple[Finding, ...]]:
        """What they find of each order, in the order given; `goods` are each order's own, by code.

        Whether it came twice is found only where `alike` is told.
        """
        ...


class AskedAlike(NamedTuple):
    """An order of which others are looked for that are like it: what it is, by what its customer is known, for what.

    `goods`: each code with how much of it in all, by code.
    """

    order: UUID
    customer: bytes
    placed_at: datetime
    currency: str
    total: int
    goods: str


class SettingStore(Protocol):
    """How channels have their orders checked: everything that was ever set."""

    def add(self, connection: sa.Connection, made: ChannelSetting) -> None:
        """Puts a setting on record."""
        ...

    def newest(self, connection: sa.Connection, channel: UUID) -> ChannelSetting | None:
        """What counts now; none: nothing was ever said of the channel."""
        ...

    def listed(
        self, connection: sa.Connection, channel: UUID, *, page: tuple[UUID | None, int]
    ) -> Sequence[ChannelSetting]:
        """What was set, newest first, behind one."""
        ...

    def counting(self, channel: UUID) -> Query[CheckSetting]:
        """What counts now."""
        ...

    def alike(self, channel: UUID, hours: int, asked: Sequence[AskedAlike]) -> Query[Mapping[UUID, Sequence[str]]]:
        """The numbers of orders within so many hours that are like those asked about, by order."""
        ...
