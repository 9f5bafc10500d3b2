"""How far a site's clocks have reported: until then an empty card point is a gap in what we know (ATT-4)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import SiteFacts

from bylaw_attendance.rules.clocks.awaited_clock import AwaitedClock
from bylaw_attendance.rules.closing.hand_over import next_month
from bylaw_attendance.rules.judging.reporting import local_day_before, start_of_day


class ClockSource(IntEnum):
    """How a clock is known; the lowest that ever spoke of it holds."""

    REPORTED = 0
    """It pushes, or somebody reports for it."""
    FILES = 1
    """By files of its log."""
    EXPORTS = 2
    """By exports of DingTalk or WeCom alone: no device on a wall that must have an end of its month."""


class Clock(NamedTuple):
    """A clock of a site."""

    id: UUID
    site: UUID
    device: str
    reported_until: datetime | None
    retire_date: date | None
    source: ClockSource = ClockSource.REPORTED
    first_reported: datetime | None = None
    """Up to when it had reported at first, where it is known by imports."""

    def facts(self, site: SiteFacts) -> "ClockFacts":
        """What counts of it, in the zone of its site."""
        retired = start_of_day(self.retire_date, _zone(site, self.retire_date)) if self.retire_date else None
        return ClockFacts(self.reported_until, retired, self._lapses_at(site))

    def _lapses_at(self, site: SiteFacts) -> datetime | None:
        """From when on nobody waits for exports of a single month: from the end of the month after it.

        By then those of the next month would be here, if it were a habit. Exports of two months are one: whoever ends
        it says so, by retiring the source.
        """
        first, last = self.first_reported, self.reported_until
        if self.source is not ClockSource.EXPORTS or first is None or last is None:
            return None
        zone = _zone(site, last.date())
        months = {local_day_before(one, zone).replace(day=1) for one in (first, last)}
        if len(months) > 1:
            return None
        lapses = next_month(next_month(months.pop()))
        return start_of_day(lapses, _zone(site, lapses))


class ClockFacts(NamedTuple):
    """A clock: everything before `reported_until` is here (None: nothing yet); nobody waits from `retired_at` on.

    From `lapses_at` on nobody waits for it who has another clock to wait for.
    """

    reported_until: datetime | None
    retired_at: datetime | None
    lapses_at: datetime | None = None


def waited_for(clocks: Iterable[ClockFacts], now: datetime) -> list[ClockFacts]:
    """Those in use; exports that have lapsed count only where there is nothing else."""
    in_use = [clock for clock in clocks if clock.retired_at is None or clock.retired_at > now]
    return [clock for clock in in_use if clock.lapses_at is None or clock.lapses_at > now] or in_use


def decided_until(clocks: Iterable[ClockFacts], now: datetime) -> datetime | None:
    """Until when a site's punches are complete, never beyond now; None where nothing can be told.

    The slowest clock that is waited for decides. Once a clock is retired nobody waits for it; where all are, the last
    retirement is as far as anybody reported.
    """
    known = list(clocks)
    waited = waited_for(known, now)
    reported = [clock.reported_until for clock in waited if clock.reported_until]
    if len(reported) < len(waited):
        return None
    retired = [clock.retired_at for clock in known if clock.retired_at]
    limit = min(reported) if reported else max(retired, default=None)
    return min(limit, now) if limit else None


def awaited(site: SiteFacts, clocks: Iterable[Clock], *, until: datetime, now: datetime) -> list[AwaitedClock]:
    """The clocks of a site that hold back what is to be decided up to an instant, by their device.

    A card point may wait a little beyond the instant, for the window of its pattern: then the slowest is what it waits
    for. Where no clock is known that is said instead.
    """
    own = [(clock, clock.facts(site)) for clock in clocks if clock.site == site.site]
    if not own:
        return [AwaitedClock(site.site, site.code)]
    waited = waited_for((facts for _, facts in own), now)
    in_use = [clock for clock, facts in own if facts in waited]
    late = [clock for clock in in_use if clock.reported_until is None or clock.reported_until < until]
    slowest = min((clock.reported_until for clock in in_use if clock.reported_until), default=until)
    late = late or [clock for clock in in_use if clock.reported_until == slowest]
    return [_heard(site, clock) for clock in sorted(late, key=lambda one: one.device)]


def _heard(site: SiteFacts, clock: Clock) -> AwaitedClock:
    until = clock.reported_until
    local = f"{until.astimezone(_zone(site, until.date())):%Y-%m-%d %H:%M}" if until else ""
    return AwaitedClock(site.site, site.code, clock.id, clock.device, until, local)


def _zone(site: SiteFacts, day: date) -> ZoneInfo:
    return ZoneInfo(site.on(day).time_zone)
