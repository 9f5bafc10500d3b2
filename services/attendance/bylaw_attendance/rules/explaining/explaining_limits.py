"""Up to when a card is on time, late or early (ATT-2, ATT-3), told only where the pattern itself agrees.

A pattern may judge by a rule of its own. So it is asked what it finds at each limit and just beyond: where that is not
what the plan's minutes say, no limits are told of the card.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bylaw_hooks import Kind, MonthFacts
from bylaw_kit.reading import Side

from bylaw_attendance.rules.judging.judged_half import SIDES, JudgedHalf, PlannedSegment
from bylaw_attendance.rules.judging.month_in_hand import Stretch
from bylaw_attendance.rules.judging.planned import Answer


class Limits(NamedTuple):
    """Epoch seconds, of a sign-in the last and of a sign-out the first; the minutes that late or early may reach."""

    on_time: int
    tier: int
    minutes: int


class Probe(NamedTuple):
    """What a pattern would have to find at a card if it were punched at a second."""

    side: Side
    second: int
    expected: Kind


def limits_of(segment: PlannedSegment, side: Side, *, counts_seconds: bool) -> Limits:
    """The limits of a card by the plan's minutes; where seconds count, a begun minute is late."""
    if side is Side.OUT:
        return Limits(60 * segment.end, 60 * (segment.end - segment.early_minutes), segment.early_minutes)
    last = 0 if counts_seconds else 59
    tier = 60 * (segment.due + segment.late_minutes) + last
    return Limits(60 * segment.due + last, tier, segment.late_minutes)


def probes(segment: PlannedSegment, side: Side, limits: Limits) -> list[Probe]:
    """Each limit and the second beyond, as far as a punch counts there; the limit of what is on time does."""
    beyond = 1 if side is Side.IN else -1
    seconds = dict.fromkeys((limits.on_time, limits.on_time + beyond, limits.tier, limits.tier + beyond))
    return [Probe(side, second, _expected(side, second, limits)) for second in seconds if segment.holds(second)]


def _expected(side: Side, second: int, limits: Limits) -> Kind:
    turn, short = (1, Kind.LATE) if side is Side.IN else (-1, Kind.EARLY)
    if turn * (second - limits.on_time) <= 0:
        return Kind.ON_TIME
    return short if turn * (second - limits.tier) <= 0 else Kind.LEAVE_REQUIRED


def probed(number: int, stretch: Stretch, half: JudgedHalf, probe: Probe) -> MonthFacts:
    """The stretch with this punch at the card, and in its window nothing else but what the other card took."""
    assert half.segment  # noqa: S101 - only a known segment is probed
    seconds, directions = stretch.punches.seconds, stretch.punches.directions or bytes(len(stretch.punches.seconds))
    stamps = [one for one in zip(seconds, directions, strict=True) if not half.segment.holds(one[0])]
    side = SIDES.index(probe.side)
    other = half.found.punches[1 - side]
    stamps += [(probe.second, side + 1), *([(other, 2 - side)] if other is not None else [])]
    punches, turns = zip(*sorted(stamps), strict=True)
    return MonthFacts(number, stretch.planned.days, punches, bytes(turns), half.segment.settles)


def agree(half: JudgedHalf, asked: Sequence[Probe], answers: Sequence[Any]) -> bool:
    """Whether a pattern found at every probe what the limits say; a refusal in place of an answer agrees to nothing."""
    return bool(asked) and all(_agrees(half, probe, answer) for probe, answer in zip(asked, answers, strict=True))


def _agrees(half: JudgedHalf, probe: Probe, answer: Answer | Exception) -> bool:
    if isinstance(answer, Exception):
        return False
    card = 2 * half.place + SIDES.index(probe.side)
    return answer.kinds[card] == probe.expected and answer.punches[card] == probe.second


class Question(NamedTuple):
    """A card whose limits a pattern is asked to confirm."""

    half: JudgedHalf
    side: Side
    limits: Limits
    probes: Sequence[Probe]


def questions(halves: Sequence[JudgedHalf], *, counts_seconds: bool) -> Iterator[Question]:
    """Each card of these halves that is asked for, if its segment is known and on time can be reached in its window."""
    known = ((half, half.segment, side) for half in halves if half.segment for side in SIDES if half.asks(side))
    for half, segment, side in known:
        limits = limits_of(segment, side, counts_seconds=counts_seconds)
        if segment.holds(limits.on_time):
            yield Question(half, side, limits, probes(segment, side, limits))
