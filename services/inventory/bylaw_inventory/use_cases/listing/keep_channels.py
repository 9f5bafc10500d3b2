"""Says which unit keeps a channel, and shows it (GDS-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import resource_name

from bylaw_inventory.ports.goods import ChannelStore
from bylaw_inventory.rules.listing.channel import UNITS, SalesChannel
from bylaw_inventory.rules.refusals import UnitNotFound
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepChannels:
    """From then on that unit lists there, and takes off."""

    database: Database
    finding: Finding
    channels: ChannelStore

    def set(self, channel: str, unit: UUID, *, caller: Caller, reach: Reach) -> SalesChannel:
        """Refuses UNIT_NOT_FOUND."""
        if not self.finding.organisation.has_unit(reach, unit, self.finding.today):
            raise UnitNotFound(unit=resource_name(UNITS, unit))
        with self.database.work() as work:
            made = SalesChannel(channel, unit, work.now, caller.key)
            self.channels.write(work.connection, made)
        return made

    def page(self, *, page: tuple[str | None, int]) -> list[SalesChannel]:
        """By code."""
        with self.database.read() as connection:
            return self.channels.listed(connection, page=page)
