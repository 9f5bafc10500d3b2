"""How far a site's clocks have reported: until then an empty card point is a fact and not a gap in what we know."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class Clock(NamedTuple):
    """A clock of a site."""

    id: UUID
    site: UUID
    device: str
    reported_until: datetime | None
    retire_date: date | None


class ClockFacts(NamedTuple):
    """A clock: everything before `reported_until` is here (None: nothing yet); nobody waits from `retired_at` on."""

    reported_until: datetime | None
    retired_at: datetime | None


def decided_until(clocks: Iterable[ClockFacts], now: datetime) -> datetime | None:
    """Until when a site's punches are complete, never beyond now; None where nothing can be told.

    The slowest clock in use decides. Once a clock is retired nobody waits for it; where all are, the last retirement
    is as far as anybody reported.
    """
    known = list(clocks)
    in_use = [clock for clock in known if clock.retired_at is None or clock.retired_at > now]
    reported = [clock.reported_until for clock in in_use if clock.reported_until]
    if len(reported) < len(in_use):
        return None
    retired = [clock.retired_at for clock in known if clock.retired_at]
    limit = min(reported) if reported else max(retired, default=None)
    return min(limit, now) if limit else None
