"""What became of each punch near a day: bound to a card, a repeat, between two cards, or outside of every window."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from bylaw_kit.reading import Side

from bylaw_attendance.rules.judging.judged_half import SIDES, JudgedHalf
from bylaw_attendance.rules.judging.punch_facts import Punch, epoch_of

NEAR_DAYS = 2
"""No window reaches further from its day."""


class Outcome(IntEnum):
    """What became of a punch; the numbers are the contract's."""

    BOUND = 1
    REPEAT = 2
    BETWEEN = 3
    OTHER_DIRECTION = 4
    NOT_ASKED = 5
    OUTSIDE = 6
    NOT_TAKEN = 7
    UNKNOWN = 8


class ExplainedPunch(NamedTuple):
    """A punch, what became of it, the half it has to do with, the side it is bound to or lacks, what it repeats."""

    punch: Punch
    outcome: Outcome
    half: JudgedHalf | None = None
    side: Side | None = None
    repeated: int | None = None


class Bound(NamedTuple):
    """A card that has a punch."""

    half: JudgedHalf
    side: Side


def explained_punches(
    punches: Sequence[Punch], halves: Sequence[JudgedHalf], *, repeat_minutes: int
) -> Iterator[ExplainedPunch]:
    """Each of these punches, in order, as the month's halves took it; see `bylaw_hooks.judging` for the rules."""
    cards = _bound(punches, halves)
    for punch in punches:
        if card := cards.get(punch.id):
            yield ExplainedPunch(punch, Outcome.BOUND, card.half, card.side)
        else:
            yield _left_over(punch, halves, repeat_minutes=repeat_minutes)


def _bound(punches: Sequence[Punch], halves: Sequence[JudgedHalf]) -> dict[UUID, Bound]:
    """Which punch each card took; of several at one second the one that goes its way, else one of no certain way."""
    by_second = {second: list(same) for second, same in groupby(punches, key=lambda one: epoch_of(one.instant))}
    bound: dict[UUID, Bound] = {}
    for half in halves:
        for side in SIDES:
            same = by_second.get(second, []) if (second := half.punch(side)) is not None else []
            fitting = [one for one in same if one.id not in bound and one.direction in (0, _number(side))]
            if fitting:
                bound[max(fitting, key=lambda one: one.direction).id] = Bound(half, side)
    return bound


def _number(side: Side) -> int:
    """The direction that says so for certain."""
    return SIDES.index(side) + 1


def _left_over(punch: Punch, halves: Sequence[JudgedHalf], *, repeat_minutes: int) -> ExplainedPunch:
    second = epoch_of(punch.instant)
    half = next((one for one in halves if one.segment and one.segment.holds(second)), None)
    if half is None:
        unknown = any(one.segment is None and _is_near(one, punch) for one in halves)
        return ExplainedPunch(punch, Outcome.UNKNOWN if unknown else Outcome.OUTSIDE)
    nearest = min(half.bound, key=lambda one: abs(one - second), default=None)
    if nearest is not None and abs(nearest - second) <= 60 * repeat_minutes:
        return ExplainedPunch(punch, Outcome.REPEAT, half, repeated=nearest)
    outcome, side = _not_taken(punch, half)
    return ExplainedPunch(punch, outcome, half, side)


def _is_near(half: JudgedHalf, punch: Punch) -> bool:
    return abs((half.found.work_date - punch.instant.date()).days) <= NEAR_DAYS


def _not_taken(punch: Punch, half: JudgedHalf) -> tuple[Outcome, Side | None]:
    if len(half.bound) == len(SIDES):
        return Outcome.BETWEEN, None
    empty = [side for side in SIDES if half.asks(side) and half.punch(side) is None]
    if punch.direction and empty and _number(empty[0]) != punch.direction:
        return Outcome.OTHER_DIRECTION, empty[0]
    if not all(map(half.asks, SIDES)) and not empty:
        return Outcome.NOT_ASKED, None
    return Outcome.NOT_TAKEN, None
