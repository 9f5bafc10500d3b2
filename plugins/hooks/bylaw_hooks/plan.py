"""A month's plan: days, segments, the cards they ask for, and the windows in which a punch counts for them.

Windows never overlap. Between two segments of a day they meet at the midpoint from the end of the one to the
sign-in of the next: 13:00 is the afternoon's, 12:03 the morning's. Days that would overlap are cut likewise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from bylaw_hooks.facts import DayFacts
from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import CardParameters

KEPT_DAYS = 8_192
_FAR = 2**63
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


_Columns = tuple[tuple[Any, ...] | bytes, ...]
"""What a plan holds of one day: its windows, and from `on_time_before` what lies at segments and cards."""


def compile_plan(days: tuple[DayFacts, ...], planned: Iterable[PlannedDay], *, parameters: CardParameters) -> MonthPlan:
    """Cut the windows over all days given, then keep what lies inside the month."""
    inside, everything = {day.work_date for day in days if day.inside}, tuple(planned)
    worked = [(day.work_date in inside, day.segments) for day in everything if day.segments]
    cuts = [(one[-1].end + following[0].due) // 2 for (_, one), (_, following) in pairwise(worked)]
    earliest, latest = parameters.earliest_minutes, parameters.latest_minutes
    carry = 59 if parameters.seconds == "count" else 0
    # Whoever has leave or a rota of their own has a plan of their own, made of days that many have.
    judged = [
        (one, _judged(one, max(before, one[0].due - earliest), min(after, one[-1].end + latest), carry))
        for (is_judged, one), before, after in zip(worked, [-_FAR, *cuts], [*cuts, _FAR], strict=False)
        if is_judged
    ]
    return _columns(tuple([day for day in everything if day.work_date in inside]), judged)


@lru_cache(maxsize=KEPT_DAYS)
def _judged(segments: tuple[Segment, ...], opens: int, closes: int, carry: int) -> _Columns:
    cuts = [opens, *((one.end + following.due) // 2 for one, following in pairwise(segments)), closes]
    spans = zip(segments, pairwise(cuts), strict=True)
    windows = [(60 * first, 60 * _middle(one, first, after), 60 * after) for one, (first, after) in spans]
    cards = [card for one in segments for card in ((one.asks_in, one.due_clause), (one.asks_out, one.clause))]
    kinds = bytes([_ON_TIME if asked else _UNASKED for asked, _ in cards])
    halves = [(60 * (one.due + 1) - carry, 60 * one.end, one.clause, one.end - one.start) for one in segments]
    before, ends, clauses, lengths = zip(*halves, strict=True)
    card_clauses = tuple([clause if asked else "" for asked, clause in cards])
    return tuple(windows), before, ends, kinds, card_clauses, clauses, lengths


def _middle(segment: Segment, opens: int, closes: int) -> int:
    """Where one card only is asked for, all of the window is on its side."""
    if segment.asks_in and segment.asks_out:
        return (segment.due + segment.end) // 2
    return closes if segment.asks_in else opens


def _columns(days: tuple[PlannedDay, ...], judged: list[tuple[tuple[Segment, ...], _Columns]]) -> MonthPlan:
    segments = tuple(chain.from_iterable([one for one, _ in judged]))
    by_column: list[Any] = [tuple(chain.from_iterable(one)) for one in zip(*[one for _, one in judged], strict=True)]
    windows, before, ends, kinds, cards, halves, lengths = by_column or [()] * 7
    leans_on, unasked = _cards(bytes([len(one) for one, _ in judged]), bytes(kinds))
    settles = tuple([windows[after // 2 - 1][2] // 60 for _, after in leans_on])
    # In the order of its fields.
    return MonthPlan(
        days, segments, windows, settles, before, ends, leans_on, unasked, bytes(kinds), cards, halves, lengths
    )


@lru_cache(maxsize=KEPT_DAYS)
def _cards(halves: bytes, kinds: bytes) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Of days with so many halves each: on which cards each half leans, and the cards that are not asked for."""
    leans_on: list[tuple[int, int]] = []
    for count in halves:
        first = len(leans_on)
        for half in range(first, first + count):
            both = _UNASKED not in kinds[2 * half : 2 * half + 2]
            leans_on.append((2 * half, 2 * half + 2) if both else (2 * first, 2 * (first + count)))
    return tuple(leans_on), tuple([card for card, kind in enumerate(kinds) if kind == _UNASKED])
