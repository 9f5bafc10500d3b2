"""What use cases need of the checks of orders (审单, ORD-1)."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import sqlalchemy as sa

from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import OrderWish


class Checks(Protocol):
    """The checks that a channel has."""

    def findings(
        self, connection: sa.Connection, channel: Channel, wishes: Sequence[OrderWish], goods: Mapping[str, KnownGoods]
    ) -> list[tuple[Finding, ...]]:
        """What they find of each order, in the order given."""
        ...
