"""The zones of a site: which one a wall-clock reading there is in."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import SiteFacts

from bylaw_attendance.rules.judging.punch import EPOCH_ORDINAL, SECONDS_PER_DAY


class SiteZones(NamedTuple):
    """Zones in order; `changes` are the days since the epoch on which the second, the third ... begins to hold.

    The first zone holds before it begins as well, and the last for good.
    """

    zones: tuple[ZoneInfo, ...]
    changes: tuple[int, ...] = ()

    @classmethod
    def of(cls, site: SiteFacts) -> "SiteZones":
        """The zones of a site; versions that leave the zone as it was are none of their own."""
        return cls.held([(version.first_day, version.time_zone) for version in site.versions])

    @classmethod
    def held(cls, versions: Sequence[tuple[date, str]]) -> "SiteZones":
        """The zones by name, each with the day from which it holds, in order."""
        moved = [now for before, now in pairwise(versions) if now[1] != before[1]]
        zones = (ZoneInfo(zone) for _, zone in (versions[0], *moved))
        return cls(tuple(zones), tuple(first.toordinal() - EPOCH_ORDINAL for first, _ in moved))

    def at(self, local_second: int) -> ZoneInfo:
        """The zone of a reading in seconds since 1970-01-01 00:00 on the wall."""
        return self.zones[bisect_right(self.changes, local_second // SECONDS_PER_DAY)]

    def on(self, day: date) -> ZoneInfo:
        """The zone of a date."""
        return self.at((day.toordinal() - EPOCH_ORDINAL) * SECONDS_PER_DAY)
