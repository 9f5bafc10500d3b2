"""A month's plan: days, segments, the cards they ask for, and the windows in which a punch counts for them.

Windows never overlap. Between two segments of a day they meet at the midpoint from the end of the one to the
sign-in of the next: 13:00 is the afternoon's, 12:03 the morning's. Days that would overlap are cut likewise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import compress, pairwise

from bylaw_hooks.facts import DayFacts
from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import CardParameters

_ON_TIME, _UNASKED = int(Kind.ON_TIME), int(Kind.UNASKED)


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


Window = tuple[int, int, int]
"""It opens, its middle, it closes; a lone punch before the middle is a sign-in, from it on a sign-out."""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A plan compiled into columns, shared by all people with the same days and parameters.

    Columns named for cards hold two entries a segment (in, out), the others one.
    """

    days: tuple[PlannedDay, ...]
    segments: tuple[Segment, ...]
    windows: tuple[Window, ...]
    """In epoch seconds."""
    settles: tuple[int, ...]
    """Epoch minute from which a segment without its cards is decided."""
    on_time_before: tuple[int, ...]
    ends: tuple[int, ...]
    """Epoch seconds: the first that is late, and the first that is not early."""
    leans_on: tuple[tuple[int, int], ...]
    """The cards of which one keeps it from absence: its own two, or all of its day if it asks for one."""
    unasked: tuple[int, ...]
    card_kinds: bytes
    card_clauses: tuple[str, ...]
    half_clauses: tuple[str, ...]
    lengths: tuple[int, ...]


def compile_plan(days: tuple[DayFacts, ...], planned: Iterable[PlannedDay], *, parameters: CardParameters) -> MonthPlan:
    """Cut the windows over all days given, then keep what lies inside the month."""
    inside, everything = {day.work_date for day in days if day.inside}, tuple(planned)
    placed = [(day, segment) for day in everything for segment in day.segments]
    judged = [day.work_date in inside for day in everything for _ in day.segments]
    windows = list(compress(_windows(placed, parameters), judged))
    kept = tuple(day for day in everything if day.work_date in inside)
    return _columns(kept, windows, carry=59 if parameters.seconds == "count" else 0)


def _windows(placed: list[tuple[PlannedDay, Segment]], parameters: CardParameters) -> Iterator[Window]:
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
        yield opening, _middle(segment, opening, closing), closing


def _middle(segment: Segment, opens: int, closes: int) -> int:
    """Where one card only is asked for, all of the window is on its side."""
    if segment.asks_in and segment.asks_out:
        return (segment.due + segment.end) // 2
    return closes if segment.asks_in else opens


def _columns(days: tuple[PlannedDay, ...], windows: list[Window], *, carry: int) -> MonthPlan:
    # Whoever has leave or a rota of their own has a plan of their own: this is done for almost everybody.
    segments = tuple([segment for day in days for segment in day.segments])
    leans_on = _leans_on(days)
    asked = [asked for segment in segments for asked in (segment.asks_in, segment.asks_out)]
    clauses = [clause for segment in segments for clause in (segment.due_clause, segment.clause)]
    return MonthPlan(
        days=days,
        segments=segments,
        windows=tuple([(60 * opens, 60 * middle, 60 * closes) for opens, middle, closes in windows]),
        settles=tuple([windows[after - 1][2] for _, after in leans_on]),
        on_time_before=tuple([60 * (segment.due + 1) - carry for segment in segments]),
        ends=tuple([60 * segment.end for segment in segments]),
        leans_on=tuple([(2 * first, 2 * after) for first, after in leans_on]),
        unasked=() if all(asked) else tuple(card for card, one in enumerate(asked) if not one),
        card_kinds=bytes([_ON_TIME if one else _UNASKED for one in asked]),
        card_clauses=tuple([clause if one else "" for one, clause in zip(asked, clauses, strict=True)]),
        half_clauses=tuple([segment.clause for segment in segments]),
        lengths=tuple([segment.end - segment.start for segment in segments]),
    )


def _leans_on(days: tuple[PlannedDay, ...]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for day in days:
        first = len(found)
        after = first + len(day.segments)
        for half, segment in enumerate(day.segments, first):
            found.append((half, half + 1) if segment.asks_in and segment.asks_out else (first, after))
    return found
