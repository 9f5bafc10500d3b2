"""What use cases look up before they do anything: channels and orders within a caller's reach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.known import Organisation

from bylaw_orders.ports.stores import ChannelStore, OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.refusals import ChannelNotFound, OrderNotFound


@dataclass(frozen=True, slots=True)
class Finding:
    """What is out of reach is answered like what there is not."""

    database: Database
    organisation: Organisation
    channels: ChannelStore
    orders: OrderStore

    @property
    def today(self) -> date:
        """The date as of which a reach is taken."""
        return self.organisation.today

    def channel(self, connection: sa.Connection, identifier: UUID, reach: Reach, *, lock: bool = False) -> Channel:
        """A channel within reach; refuses CHANNEL_NOT_FOUND."""
        found = self.channels.find(connection, identifier, reach, self.today, lock=lock)
        if found is None:
            raise ChannelNotFound
        return found

    def order(self, connection: sa.Connection, identifier: UUID, reach: Reach, *, lock: bool = False) -> Placed:
        """An order within reach, whole; refuses ORDER_NOT_FOUND."""
        found = self.orders.find(connection, [identifier], reach, self.today, lock=lock).get(identifier)
        if found is None:
            raise OrderNotFound
        return found

    def orders_of(
        self, connection: sa.Connection, identifiers: Collection[UUID], reach: Reach, *, lock: bool = False
    ) -> dict[UUID, Placed]:
        """Those of these orders that are within reach."""
        return self.orders.find(connection, identifiers, reach, self.today, lock=lock)
