"""Whether a calendar's plan has nothing wrong with it, told from its columns alone and at once.

Almost every plan is sound, and whoever has days of their own has a plan of their own: what is wrong with one that is
not is for the kit to name. Where the two differ about soundness, a test fails.
"""

from collections.abc import Sequence
from itertools import chain, pairwise

from bylaw_hooks import DayFacts, PlanColumns
from bylaw_kit.adapting import EPOCH, cuts
from bylaw_kit.checking import LONGEST_MINUTES, Exists


def is_sound(days: Sequence[DayFacts], columns: PlanColumns, exists: Exists) -> bool:
    """Whether the kit would find nothing (C2 to C5, C7, C9) in columns of a sound shape."""
    inside = [day for day in days if day.inside]
    return (
        columns.work_date.tolist() == [(day.work_date - EPOCH).days for day in inside]
        and _in_order(columns, [day.midnight for day in inside])
        and _apart(columns)
        and _worded(columns, inside, exists)
    )


def _in_order(columns: PlanColumns, midnights: Sequence[int]) -> bool:
    starts, ends, dues = columns.start.tolist(), columns.end.tolist(), columns.due.tolist()
    over = min(dues, default=0)
    for midnight, (first, after) in zip(midnights, cuts(columns.segment_offsets), strict=True):
        for place in range(first, after):
            due, end = dues[place], ends[place]
            if not (
                over <= due <= starts[place] < end <= due + LONGEST_MINUTES and abs(due - midnight) <= LONGEST_MINUTES
            ):
                return False
            over = end
    return min(chain(columns.late_minutes, columns.early_minutes), default=0) >= 0


def _apart(columns: PlanColumns) -> bool:
    windows = zip(columns.opens.tolist(), columns.middle.tolist(), columns.closes.tolist(), strict=True)
    return all(edge <= later for edge, later in pairwise(chain.from_iterable(windows)))


def _worded(columns: PlanColumns, inside: Sequence[DayFacts], exists: Exists) -> bool:
    numbers = (columns.why.tolist(), columns.clause.tolist(), columns.due_clause.tolist())
    known = range(len(columns.texts))
    if not all(number in known for one in numbers for number in set(one)):
        return False
    for day, why, (first, after) in zip(inside, numbers[0], cuts(columns.segment_offsets), strict=True):
        named = {why, *numbers[1][first:after], *numbers[2][first:after]}
        if not all(exists(columns.texts[number], day.work_date) for number in named):
            return False
    return True
