"""What use cases need of the checks of orders (ORD-1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.setting import ChannelSetting, CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import OrderWish


class Checks(Protocol):
    """The checks that a channel has."""

    def findings(
        self,
        connection: sa.Connection,
        channel: Channel,
        wishes: Sequence[OrderWish],
        goods: Sequence[Mapping[str, KnownGoods]],
        customers: Sequence[UUID | None] = (),
    ) -> list[tuple[Finding, ...]]:
        """What they find of each order, in the order given; `goods` are each order's own, by code.

        Whether it came twice is looked for only where `customers` are told.
        """
        ...


class AskedAlike(NamedTuple):
    """An order of which others are looked for that are like it: what it is, whose, and for what.

    `goods`: each code with how much of it in all, by code.
    """

    order: UUID
    customer: UUID
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

    def looked_up(
        self, connection: sa.Connection, channel: UUID, asked: Sequence[AskedAlike]
    ) -> tuple[CheckSetting, Mapping[UUID, Sequence[str]]]:
        """What counts now, and the numbers of orders that are like those asked about, by order: in one round trip."""
        ...
