"""A month's plan: days, segments, the cards they ask for, and the windows in which a punch counts for them.

Windows never overlap. Between two segments of a day they meet at the midpoint from the end of the one to the
sign-in of the next: 13:00 is the afternoon's, 12:03 the morning's. Days that would overlap are cut likewise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise, zip_longest

from bylaw_hooks.facts import DayFacts
from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import Both, CardParameters


class Side(StrEnum):
    """Which of a segment's two cards."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Segment:
    """One half of a day: epoch minutes, the ladder's minutes, the clauses of its hours and its sign-in."""

    start: int
    end: int
    due: int
    """From here lateness counts."""
    late_minutes: int
    early_minutes: int
    clause: str
    due_clause: str
    asks_in: bool = True
    asks_out: bool = True


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A date, the clause that makes it a day of work or rest, and its segments (none: rest)."""

    work_date: date
    why: str
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPoint:
    """A card that is due: `segment` counts within the day, times are epoch minutes, the window half open."""

    work_date: date
    segment: int
    side: Side
    due: int
    window_from: int
    window_until: int
    clause: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Epoch minutes; a lone punch before the middle is a sign-in, from it on a sign-out."""

    opens: int
    middle: int
    closes: int


_WRONG = {
    "C2": Both("未按次序对每一天恰好排一次", "each day given must be planned once and in order"),
    "C3": Both("时段为空、次序颠倒或相互重叠", "a segment is empty, out of order or overlaps another"),
    "C4": Both("首个时段在前一日末个时段结束前开始", "its first sign-in is due before the day before has ended"),
}


class PlanRefused(ValueError):  # noqa: N818  (the family of refusals speaks so)
    """A pattern planned what cannot be: `rule` of the conformance list, on `work_date`."""

    def __init__(self, rule: str, work_date: date) -> None:
        self.rule, self.work_date = rule, work_date
        self.zh, self.en = f"{work_date} ({rule}):{_WRONG[rule].zh}", f"{work_date} ({rule}): {_WRONG[rule].en}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A plan compiled into columns, shared by all people with the same days and parameters.

    Columns named for cards hold two entries a segment (in, out), the others one.
    """

    days: tuple[PlannedDay, ...]
    segments: tuple[Segment, ...]
    points: tuple[CardPoint, ...]
    windows: tuple[tuple[int, int, int], ...]
    """In epoch seconds: it opens, its middle, it closes."""
    settles: tuple[int, ...]
    """Epoch minute from which a segment without its cards is decided; never decreasing."""
    on_time_before: tuple[int, ...]
    ends: tuple[int, ...]
    """Epoch seconds: the first that is late, and the first that is not early."""
    day_halves: tuple[tuple[int, int], ...]
    """From half, to half, of each day in `days`."""
    leans_on: tuple[tuple[int, int], ...]
    """The cards of which one keeps it from absence: its own two, or all of its day if it asks for one."""
    unasked: tuple[int, ...]
    card_kinds: bytes
    card_clauses: tuple[str, ...]
    half_kinds: bytes
    half_clauses: tuple[str, ...]
    lengths: tuple[int, ...]

    @property
    def reach(self) -> tuple[int, int]:
        """The epoch seconds within which a punch can matter; (0, 0) if nothing is planned."""
        return (self.windows[0][0], self.windows[-1][2]) if self.windows else (0, 0)


def compile_plan(
    days: tuple[DayFacts, ...],
    planned: Iterable[PlannedDay],
    *,
    parameters: CardParameters,
) -> MonthPlan:
    """Cut the windows over all days given, then keep what lies inside the month; or PlanRefused."""
    inside = {day.work_date for day in days if day.inside}
    in_order = tuple(planned)
    _check_dates(days, in_order)
    _check_order(in_order)
    windows = list(_windows(in_order, parameters))
    kept_days = tuple(day for day in in_order if day.work_date in inside)
    everything = [day for day in in_order for _ in day.segments]
    kept = [window for day, window in zip(everything, windows, strict=True) if day.work_date in inside]
    return _columns(kept_days, kept, carry=59 if parameters.seconds == "count" else 0)


def _check_dates(days: tuple[DayFacts, ...], planned: tuple[PlannedDay, ...]) -> None:
    for day, plan in zip_longest(days, planned):
        if day is None or plan is None or day.work_date != plan.work_date:
            raise PlanRefused("C2", (day or plan).work_date)


def _check_order(days: tuple[PlannedDay, ...]) -> None:
    last = None
    for day in days:
        for segment in day.segments:
            if segment.end <= segment.start or segment.due > segment.start:
                raise PlanRefused("C3", day.work_date)
            if last is not None and segment.due < last.end:
                raise PlanRefused("C4" if segment is day.segments[0] else "C3", day.work_date)
            last = segment


def _windows(days: tuple[PlannedDay, ...], parameters: CardParameters) -> Iterator[Window]:
    placed = [(day, segment) for day in days for segment in day.segments]
    opens, closes = [], []
    for (day, segment), (next_day, following) in pairwise(placed):
        cut = (segment.end + following.due) // 2
        same = day is next_day
        closes.append(cut if same else min(cut, segment.end + parameters.latest_minutes))
        opens.append(cut if same else max(cut, following.due - parameters.earliest_minutes))
    if placed:
        opens.insert(0, placed[0][1].due - parameters.earliest_minutes)
        closes.append(placed[-1][1].end + parameters.latest_minutes)
    for (_, segment), opening, closing in zip(placed, opens, closes, strict=True):
        yield Window(opening, _middle(segment, opening, closing), closing)


def _middle(segment: Segment, opens: int, closes: int) -> int:
    """Where one card only is asked for, all of the window is on its side."""
    if segment.asks_in and segment.asks_out:
        return (segment.due + segment.end) // 2
    return closes if segment.asks_in else opens


def _columns(days: tuple[PlannedDay, ...], windows: list[Window], *, carry: int) -> MonthPlan:
    segments = tuple(segment for day in days for segment in day.segments)
    points = tuple(_points(days, windows))
    day_halves = tuple(pairwise(accumulate((len(day.segments) for day in days), initial=0)))
    leans_on = list(_leans_on(segments, day_halves))
    return MonthPlan(
        days=days,
        segments=segments,
        points=points,
        windows=tuple((60 * each.opens, 60 * each.middle, 60 * each.closes) for each in windows),
        settles=tuple(windows[after - 1].closes for _, after in leans_on),
        on_time_before=tuple(60 * (segment.due + 1) - carry for segment in segments),
        ends=tuple(60 * segment.end for segment in segments),
        day_halves=day_halves,
        leans_on=tuple((2 * first, 2 * after) for first, after in leans_on),
        unasked=tuple(index for index, point in enumerate(points) if not point.asked),
        card_kinds=bytes(Kind.ON_TIME if point.asked else Kind.UNASKED for point in points),
        card_clauses=tuple(point.clause if point.asked else "" for point in points),
        half_kinds=bytes([Kind.ON_TIME]) * len(segments),
        half_clauses=tuple(segment.clause for segment in segments),
        lengths=tuple(segment.end - segment.start for segment in segments),
    )


def _points(days: tuple[PlannedDay, ...], windows: list[Window]) -> Iterator[CardPoint]:
    placed = [(day, index, segment) for day in days for index, segment in enumerate(day.segments)]
    for (day, index, segment), window in zip(placed, windows, strict=True):
        for side, due, clause, asked in (
            (Side.IN, segment.due, segment.due_clause, segment.asks_in),
            (Side.OUT, segment.end, segment.clause, segment.asks_out),
        ):
            yield CardPoint(day.work_date, index, side, due, window.opens, window.closes, clause, asked)


def _leans_on(
    segments: tuple[Segment, ...],
    day_halves: tuple[tuple[int, int], ...],
) -> Iterator[tuple[int, int]]:
    for first, after in day_halves:
        for half in range(first, after):
            both = segments[half].asks_in and segments[half].asks_out
            yield (half, half + 1) if both else (first, after)
