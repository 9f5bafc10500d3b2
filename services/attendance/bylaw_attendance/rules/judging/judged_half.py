"""A half of a sheet beside the segment of the plan that it was judged by: when a punch counts, and what is due."""

from collections.abc import Iterator
from typing import NamedTuple

from bylaw_hooks import Kind, PlanColumns
from bylaw_kit.reading import Side

from bylaw_attendance.rules.judging.month_facts import HalfFound

SIDES = (Side.IN, Side.OUT)
"""In the order of a half's cards; a punch's certain direction is its place from 1 on."""


class PlannedSegment(NamedTuple):
    """A segment as it was planned: the window in epoch seconds, all else in epoch minutes."""

    end: int
    due: int
    late_minutes: int
    early_minutes: int
    opens: int
    middle: int
    closes: int
    settles: int

    def holds(self, second: int) -> bool:
        """Whether a punch counts for it."""
        return self.opens <= second < self.closes


class JudgedHalf(NamedTuple):
    """A half by its part of the sheet and its place there; its segment is unknown where its pattern is gone."""

    part: int
    place: int
    found: HalfFound
    segment: PlannedSegment | None

    def asks(self, side: Side) -> bool:
        """Whether a card is asked for."""
        return self.found.kinds[SIDES.index(side)] != Kind.UNASKED

    def punch(self, side: Side) -> int | None:
        """The punch that is bound to a card."""
        return self.found.punches[SIDES.index(side)]

    @property
    def bound(self) -> list[int]:
        """The punches that are bound to its cards."""
        return [punch for punch in self.found.punches if punch is not None]


def segments_of(columns: PlanColumns) -> Iterator[PlannedSegment]:
    """The segments of one calendar's plan, in order."""
    of_columns = (getattr(columns, name) for name in PlannedSegment._fields)
    return (PlannedSegment(*segment) for segment in zip(*of_columns, strict=True))
