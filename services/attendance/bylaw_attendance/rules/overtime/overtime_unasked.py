"""Presence beyond planned hours that nobody asked for: it is shown, and counts as overtime nowhere (HRS-7)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.overtime.overtime import Percent
from bylaw_attendance.rules.overtime.overtime_found import REACH_SECONDS, Span, WorkedSpan, presence

SHORTEST_MINUTES = 30
"""Whoever goes home within the half-hour has not worked beyond their hours."""


class Unasked(NamedTuple):
    """Minutes of a day that were found and not asked for, and what they would be paid at."""

    work_date: date
    percent: Percent
    minutes: int


def unasked_minutes(day: Span, punches: PersonPunches, planned: Sequence[WorkedSpan], agreed: Iterable[Span]) -> int:
    """Whole minutes found beyond planned hours and agreed overtime; all in epoch seconds; less than half an hour: none.

    Of a day that is worked those behind its last planned hours, as far as punches tell of them; of another one all of
    it. Who comes early for planned hours has not begun to work.
    """
    own = [one for one in planned if day[0] <= one.start < day[1]]
    start = max((one.end for one in own), default=max([day[0], *(one.end for one in planned if one.start < day[0])]))
    later = [one.start for one in planned if one.start >= start and one not in own]
    end = min([start + REACH_SECONDS if own else day[1], *later])
    spans, asked = presence(start, end, _between(punches, start, end), planned), list(agreed)
    found = sum(left - came - sum(_shared((came, left), one) for one in asked) for came, left in spans) // 60
    return found if found >= SHORTEST_MINUTES else 0


def _between(punches: PersonPunches, start: int, end: int) -> PersonPunches:
    """Those of this time alone: who left late the evening before was not here all night."""
    directions = punches.directions or bytes(len(punches.seconds))
    kept = [one for one in zip(punches.seconds, directions, strict=True) if start <= one[0] <= end]
    return PersonPunches(tuple(second for second, _ in kept), bytes(direction for _, direction in kept))


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
