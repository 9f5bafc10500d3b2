"""A channel on which goods are offered, and the unit that keeps it (GDS-1)."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

CHANNELS, UNITS = "salesChannels", "units"


class SalesChannel(NamedTuple):
    """Who keeps a channel: `unit` says what is listed there, and nobody beside it but who may everywhere."""

    channel: str
    unit: UUID
    set_at: datetime
    set_by: str

    @property
    def name(self) -> str:
        """`salesChannels/{channel}`."""
        return f"{CHANNELS}/{self.channel}"
