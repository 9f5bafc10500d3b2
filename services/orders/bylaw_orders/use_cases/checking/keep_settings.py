"""Sets how a channel's orders are checked, and shows it (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_orders.ports.checking import SettingStore
from bylaw_orders.rules.checking.setting import ChannelSetting, CheckSetting
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepSettings:
    """Who may is whose grant reaches the unit that runs the channel."""

    database: Database
    finding: Finding
    settings: SettingStore

    def set(self, channel: UUID, setting: CheckSetting, why: str, *, caller: Caller, reach: Reach) -> ChannelSetting:
        """Refuses CHANNEL_NOT_FOUND; what was set before stays on record."""
        with self.database.work() as work:
            self.finding.channel(work.connection, channel, reach, lock=True)
            made = ChannelSetting(new_id(), channel, setting, why, work.now, caller.key)
            self.settings.add(work.connection, made)
        return made

    def one(self, channel: UUID, reach: Reach) -> ChannelSetting | None:
        """What counts now; none: the defaults. Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.channel(connection, channel, reach)
            return self.settings.newest(connection, channel)

    def listed(self, channel: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> Sequence[ChannelSetting]:
        """What was set, newest first. Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.channel(connection, channel, reach)
            return self.settings.listed(connection, channel, page=page)
