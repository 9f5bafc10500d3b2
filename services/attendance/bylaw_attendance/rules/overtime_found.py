"""How much overtime the punches bear out, to the minute, within what was agreed (HRS-7)."""

from collections.abc import Sequence
from typing import NamedTuple

from bylaw_attendance.rules.punch_facts import Direction, PersonPunches

REACH_SECONDS = 4 * 3600
"""A punch so far from overtime still tells of it, where nothing that is planned lies between them."""
REPEAT_SECONDS = 10 * 60
"""Punches so near to each other are one."""


class WorkedSpan(NamedTuple):
    """A planned half in epoch seconds, and whether the person had come for it."""

    start: int
    end: int
    present: bool


class Stamp(NamedTuple):
    """A punch that is no repeat."""

    second: int
    direction: int


def found_minutes(start: int, end: int, punches: PersonPunches, planned: Sequence[WorkedSpan]) -> int:
    """Whole minutes of presence from one epoch second to another (HRS-7).

    Overtime that follows on planned hours begins without a punch for whoever was there, and ends with the last one;
    overtime before them is the other way round; overtime by itself takes two punches, and the sign-out of the hours
    before it is none of them.
    """
    before = max((one for one in planned if one.end <= start), key=lambda one: one.end, default=None)
    after = min((one for one in planned if one.start >= end), key=lambda one: one.start, default=None)
    lower = max(start - REACH_SECONDS, before.end if before else 0)
    upper = min(end + REACH_SECONDS, after.start if after else end + REACH_SECONDS)
    stamps = _stamps(punches, lower, upper)
    came = _came(start, end, stamps, before)
    if came is None:
        return 0
    left = end if _joins(after, end) else _left(came, stamps)
    return max(0, (min(left, end) - max(came, start)) // 60)


def _came(start: int, end: int, stamps: Sequence[Stamp], before: WorkedSpan | None) -> int | None:
    if before and before.end == start and before.present:
        return start
    early = [one for one in stamps if one.second <= start]
    if before and before.present and early and early[0].direction != Direction.IN:
        early = early[1:]  # The sign-out of the hours before.
    if early:
        return early[-1].second
    return next((one.second for one in stamps if start < one.second < end), None)


def _joins(after: WorkedSpan | None, end: int) -> bool:
    return after is not None and after.start == end and after.present


def _left(came: int, stamps: Sequence[Stamp]) -> int:
    return max((one.second for one in stamps if one.second > came), default=came)


def _stamps(punches: PersonPunches, lower: int, upper: int) -> list[Stamp]:
    found: list[Stamp] = []
    directions = punches.directions or bytes(len(punches.seconds))
    for second, direction in zip(punches.seconds, directions, strict=True):
        if lower <= second <= upper and not (found and second - found[-1].second < REPEAT_SECONDS):
            found.append(Stamp(second, direction))
    return found
