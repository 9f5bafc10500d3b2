"""How much overtime the punches bear out, to the minute, within what was agreed (HRS-7)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from bylaw_attendance.rules.judging.punch_facts import Direction, PersonPunches

REACH_SECONDS = 4 * 3600
"""A punch so far from overtime still tells of it, where nothing that is planned lies between them."""
REPEAT_SECONDS = 10 * 60
"""Punches so near to each other are one."""


Span = tuple[int, int]
"""From which epoch second to which."""


class WorkedSpan(NamedTuple):
    """A planned half in epoch seconds, and whether the person had come for it."""

    start: int
    end: int
    present: bool


class Stamp(NamedTuple):
    """A punch that is no repeat, or that somebody came from planned hours or went on to them."""

    second: int
    direction: int


def found_minutes(start: int, end: int, punches: PersonPunches, planned: Sequence[WorkedSpan]) -> int:
    """Whole minutes of presence from one epoch second to another, never more than lie between them (HRS-7).

    Overtime that follows on planned hours begins without a punch for whoever was there, and ends with the last one;
    overtime before them is the other way round; overtime by itself takes two punches, and neither the sign-out of the
    hours before it nor the sign-in of those behind it is one of them.

    See `presence`.
    """
    return sum(left - came for came, left in presence(start, end, punches, planned)) // 60


def presence(start: int, end: int, punches: PersonPunches, planned: Sequence[WorkedSpan]) -> list[Span]:
    """From when to when somebody was there within these seconds, in order (HRS-7).

    Whoever goes out and comes back is not counted while away, where punches say so or all of them make plain pairs. One
    without its other half is no pair: what lies around it is counted through.
    """
    before = max([one for one in planned if one.end <= start], key=attrgetter("end"), default=None)
    after = min([one for one in planned if one.start >= end], key=attrgetter("start"), default=None)
    lower = max(start - REACH_SECONDS, before.end if before else 0)
    upper = min(end + REACH_SECONDS, after.start if after else end + REACH_SECONDS)
    stamps = _without_cards_of_others(_stamps(punches, lower, upper), (start, end), before, after)
    spans = _present(_with_planned(stamps, (start, end), before, after), start, end)
    within = [(max(came, start), min(left, end)) for came, left in spans]
    return [(came, left) for came, left in within if came < left]


def _without_cards_of_others(
    stamps: Sequence[Stamp], asked: Span, before: WorkedSpan | None, after: WorkedSpan | None
) -> Sequence[Stamp]:
    """Without the sign-out of the hours before, and the sign-in of those behind, where there is a time between."""
    start, end = asked
    if before and before.present and before.end < start and stamps and _is_nearer(stamps[0], before.end, start):
        stamps = stamps[stamps[0].direction != Direction.IN :]
    if after and after.present and after.start > end and stamps and _is_nearer(stamps[-1], after.start, end):
        stamps = stamps[: len(stamps) - (stamps[-1].direction != Direction.OUT)]
    return stamps


def _is_nearer(stamp: Stamp, hours: int, asked: int) -> bool:
    """Whether a punch is of the hours on its one side rather than of what was asked on its other.

    The next day's hours take no card of this evening.
    """
    is_between = min(hours, asked) <= stamp.second <= max(hours, asked)
    return is_between and abs(stamp.second - hours) <= abs(stamp.second - asked)


def _with_planned(
    stamps: Sequence[Stamp], asked: Span, before: WorkedSpan | None, after: WorkedSpan | None
) -> list[Stamp]:
    """With a way in where planned hours end, and a way out where they begin, unless a punch says otherwise."""
    start, end = asked
    found = list(stamps)
    if before and before.present and before.end == start and not (found and found[0].direction == Direction.IN):
        found.insert(0, Stamp(start, Direction.IN))
    if after and after.present and after.start == end and not (found and found[-1].direction == Direction.OUT):
        found.append(Stamp(end, Direction.OUT))
    return found


def _present(stamps: Sequence[Stamp], start: int, end: int) -> list[Span]:
    """From which second to which somebody was there."""
    turns = (Direction.IN, Direction.OUT) * (len(stamps) // 2)
    if len(stamps) == len(turns) and all(map(_may_go, stamps, turns)):
        return [(came.second, left.second) for came, left in zip(stamps[::2], stamps[1::2], strict=True)]
    came = _came(stamps, start, end)
    if came is None:
        return []
    inside = [one for one in stamps if one.second >= came]
    away = [pair for pair in pairwise(inside) if [one.direction for one in pair] == [Direction.OUT, Direction.IN]]
    cuts = [came, *(one.second for pair in away for one in pair), inside[-1].second]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _may_go(stamp: Stamp, direction: Direction) -> bool:
    return stamp.direction in (direction, Direction.UNCERTAIN)


def _came(stamps: Sequence[Stamp], start: int, end: int) -> int | None:
    """When they came that no pair tells of: with the last punch before it, unless that goes out, or the first in it."""
    early = [one for one in stamps if one.second <= start]
    if early and (early[-1].direction != Direction.OUT or early[-1].second == start):
        return early[-1].second
    return next((one.second for one in stamps if start < one.second < end and one.direction != Direction.OUT), None)


def _stamps(punches: PersonPunches, lower: int, upper: int) -> list[Stamp]:
    found: list[Stamp] = []
    near = slice(bisect_left(punches.seconds, lower), bisect_right(punches.seconds, upper))
    directions = punches.directions or bytes(len(punches.seconds))
    for stamp in map(Stamp, punches.seconds[near], directions[near]):
        if not (found and _repeats(stamp, found[-1])):
            found.append(stamp)
    return found


def _repeats(stamp: Stamp, last: Stamp) -> bool:
    """Who goes out and comes back says so: that is no repeat, however near."""
    other_way = {stamp.direction, last.direction} == {Direction.IN, Direction.OUT}
    return stamp.second - last.second < REPEAT_SECONDS and not other_way
