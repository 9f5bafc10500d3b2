"""Whether a calendar's plan has nothing wrong with it, told from its columns alone and at once.

Almost every plan is sound, and whoever has days of their own has a plan of their own: what is wrong with one that is
not is for the kit to name. Where the two differ about soundness, a test fails.
"""

from collections.abc import Sequence
from itertools import chain, repeat
from operator import lt, sub

from bylaw_hooks import DayFacts, PlanColumns
from bylaw_kit.adapting import EPOCH, cuts
from bylaw_kit.checking import LONGEST_MINUTES, Exists

_EPOCH = EPOCH.toordinal()


def is_sound(days: Sequence[DayFacts], columns: PlanColumns, exists: Exists) -> bool:
    """Whether the kit would find nothing (C2 to C5, C7, C9) in columns of a sound shape."""
    inside = [day for day in days if day.inside]
    if columns.work_date.tolist() != [day.work_date.toordinal() - _EPOCH for day in inside]:
        return False
    counts = [after - first for first, after in cuts(columns.segment_offsets)]
    by_segment = list(chain.from_iterable(map(repeat, inside, counts)))
    return (
        _in_order(columns, [day.midnight for day in by_segment])
        and _rising(columns.opens, columns.middle, columns.closes)
        and _worded(columns, inside, by_segment, exists)
    )


def _in_order(columns: PlanColumns, midnights: Sequence[int]) -> bool:
    starts, ends, dues = columns.start.tolist(), columns.end.tolist(), columns.due.tolist()
    return (
        _rising(dues, starts, ends)
        and all(map(lt, starts, ends))
        and max(map(sub, ends, dues), default=0) <= LONGEST_MINUTES
        and max(map(abs, map(sub, dues, midnights)), default=0) <= LONGEST_MINUTES
        and min(chain(columns.late_minutes, columns.early_minutes), default=0) >= 0
    )


def _rising(*columns: Sequence[int]) -> bool:
    """Whether nothing in these, read side by side and then downward, is less than what is before it."""
    numbers = list(chain.from_iterable(zip(*columns, strict=True)))
    return numbers == sorted(numbers)


def _worded(columns: PlanColumns, inside: Sequence[DayFacts], by_segment: Sequence[DayFacts], exists: Exists) -> bool:
    whys, clauses, due_clauses = columns.why.tolist(), columns.clause.tolist(), columns.due_clause.tolist()
    known = range(len(columns.texts))
    if not all(number in known for number in {*whys, *clauses, *due_clauses}):
        return False
    days, halves = [day.work_date for day in inside], [day.work_date for day in by_segment]
    named = {*zip(whys, days, strict=True), *zip(clauses, halves, strict=True), *zip(due_clauses, halves, strict=True)}
    return all(exists(columns.texts[number], day) for number, day in named)
