"""Opens channels, changes them, and shows them (ORD-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id, resource_name

from bylaw_orders.events import channel_changed
from bylaw_orders.ports.stores import ByText, ChannelStore
from bylaw_orders.rules.channels.channel import Channel, ChannelWarehouse, ChannelWish
from bylaw_orders.rules.refusals import ChannelChanged, ChannelExists, UnitNotFound
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepChannels:
    """Who may open one is whose grant reaches the unit that will run it."""

    database: Database
    finding: Finding
    channels: ChannelStore

    def create(self, wish: ChannelWish, reach: Reach) -> Channel:
        """Refuses UNIT_NOT_FOUND and CHANNEL_EXISTS."""
        if not self.finding.organisation.has_unit(reach, wish.unit, self.finding.today):
            raise UnitNotFound(unit=resource_name("units", wish.unit))
        with self.database.work() as work:
            made = Channel(new_id(), wish, work.now)
            if not self.channels.add(work.connection, made):
                raise ChannelExists(code=wish.code)
            work.publish(channel_changed(made))
        return made

    def update(self, identifier: UUID, changes: Mapping[str, Any], reach: Reach, *, seen: str) -> Channel:
        """Refuses CHANNEL_NOT_FOUND and CHANNEL_CHANGED."""
        with self.database.work() as work:
            found = self.finding.channel(work.connection, identifier, reach, lock=True)
            if seen and seen != str(found.revision):
                raise ChannelChanged
            made = replace(found, wish=replace(found.wish, **changes), revision=found.revision + 1)
            self.channels.change(work.connection, made)
            work.publish(channel_changed(made))
        return made

    def one(self, identifier: UUID, reach: Reach) -> Channel:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            return self.finding.channel(connection, identifier, reach)

    def listed(self, reach: Reach, *, page: ByText) -> list[Channel]:
        """The channels within reach."""
        with self.database.read() as connection:
            return self.channels.listed(connection, reach, self.finding.today, page=page)

    def warehouses(self, reach: Reach, *, page: ByText) -> list[ChannelWarehouse]:
        """What channels within reach are shipped from, and what units within reach keep."""
        with self.database.read() as connection:
            return self.channels.warehouses(connection, reach, self.finding.today, page=page)
