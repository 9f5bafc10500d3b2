"""Instants of many punches at once: the rule of `rules.punch` applied per day, not per line."""

from dataclasses import dataclass

import numpy as np

from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, Integers, PunchColumns
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.judging.punch import (
    FUTURE_TOLERANCE_SECONDS,
    OLDEST_LOCAL_SECOND,
    SECONDS_PER_DAY,
    WIDEST_OFFSET_MINUTES,
    LineRefusal,
    PunchReason,
    localise,
    steady_offset_minutes,
)

NOT_KNOWN = NO_OFFSET_MINUTES


@dataclass(frozen=True, eq=False, slots=True)
class LocalisedPunches:
    """The punches whose instant is known, and a refusal for each of the others."""

    columns: PunchColumns
    instant_seconds: Integers
    utc_offsets_minutes: Integers
    refusals: tuple[LineRefusal, ...]


def localise_columns(columns: PunchColumns, zones: SiteZones, *, received_second: int) -> LocalisedPunches:
    """Find the instants of all punches of one site. `received_second` is in seconds since the epoch (UTC)."""
    seconds = columns.local_seconds
    latest_second = received_second + FUTURE_TOLERANCE_SECONDS
    in_reach = seconds >= OLDEST_LOCAL_SECOND
    in_reach &= seconds <= latest_second + WIDEST_OFFSET_MINUTES * 60
    offsets = columns.sent_offsets_minutes.copy()
    ask_zone = in_reach & (offsets == NO_OFFSET_MINUTES)
    offsets[ask_zone] = _steady_offsets(seconds[ask_zone], zones)
    instants = seconds - offsets * 60
    kept = in_reach & (offsets != NOT_KNOWN) & (instants <= latest_second)
    refusals: list[LineRefusal] = []
    # What the day's table leaves open goes through the rule for a single punch, which also names the reason.
    for position in np.flatnonzero(~kept).tolist():
        sent = int(columns.sent_offsets_minutes[position])
        found = localise(
            int(seconds[position]),
            zones.at(int(seconds[position])),
            received_second=received_second,
            sent_offset_minutes=None if sent == NO_OFFSET_MINUTES else sent,
        )
        if isinstance(found, PunchReason):
            refusals.append(_refusal(columns, position, found))
        else:
            kept[position], instants[position], offsets[position] = True, found[0], found[1]
    return LocalisedPunches(columns.keep(kept), instants[kept], offsets[kept], tuple(refusals))


def _refusal(columns: PunchColumns, position: int, reason: PunchReason) -> LineRefusal:
    line_number = int(columns.line_numbers[position])
    return LineRefusal.of(line_number, "local_time", reason, seen=columns.local_texts[position])


def _steady_offsets(seconds: Integers, zones: SiteZones) -> Integers:
    """Give the offset of each reading on a day without a clock change, NOT_KNOWN on the others."""
    if not len(seconds):
        return seconds
    days = seconds // SECONDS_PER_DAY
    first = int(days.min())
    present = np.flatnonzero(np.bincount(days - first))
    table = np.full(int(present[-1]) + 1, NOT_KNOWN, np.int64)
    for day in present.tolist():
        midnight = (day + first) * SECONDS_PER_DAY
        offset_minutes = steady_offset_minutes(midnight, zones.at(midnight))
        table[day] = NOT_KNOWN if offset_minutes is None else offset_minutes
    return np.asarray(table[days - first])
