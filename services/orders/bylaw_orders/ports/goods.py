"""What use cases need of goods as inventory tells of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from bylaw_chassis.queries import Query

from bylaw_orders.rules.goods.known import AskedGoods, KnownGoods


class GoodsAsKnown(Protocol):
    """Goods by their codes, in whatever case, or by their barcodes."""

    def known(
        self, connection: sa.Connection, channel: str, codes: Collection[str], at: datetime
    ) -> Mapping[str, KnownGoods]:
        """Those of one order, by the codes as they were asked for; what is not known is left out. One round trip."""
        ...

    def known_each(self, asked: Sequence[AskedGoods]) -> Query[list[KnownGoods | None]]:
        """Those of many orders, in the order in which they are asked for."""
        ...
