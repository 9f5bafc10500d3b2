"""Whether many calendars' plans are all sound, told by numpy from their columns side by side.

Almost all are, and one that is not is looked at by itself and named: where this and `checking_plans` differ about
soundness, a test fails.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain

import numpy as np
from bylaw_hooks import DayFacts, PlanColumns
from bylaw_kit.adapting import EPOCH
from bylaw_kit.checking import LONGEST_MINUTES, Exists

from bylaw_plugin_host.checking import as_numpy
from bylaw_plugin_host.checking_plans import FAR, fits_together, times_of
from bylaw_plugin_host.checking_sound import Ints
from bylaw_plugin_host.joining import joined_plans

_EPOCH = EPOCH.toordinal()


def are_sound(calendars: Sequence[tuple[DayFacts, ...]], plans: Sequence[PlanColumns], exists: Exists) -> bool:
    """Whether nothing is wrong with any of them (C2 to C5, C7, C9); `plans` beside their calendars."""
    if len(plans) != len(calendars) or not all(fits_together(plan) and _numbered(plan) for plan in plans):
        return False
    inside = [day for day in chain.from_iterable(calendars) if day.inside]
    ends_of_plans = np.cumsum([len(plan.start) for plan in plans])
    every = joined_plans(plans)
    work_dates = as_numpy(every.work_date)
    if work_dates.tolist() != [day.work_date.toordinal() - _EPOCH for day in inside]:
        return False
    of_day = np.repeat(np.arange(len(inside)), np.diff(as_numpy(every.segment_offsets)))
    midnights = np.array([day.midnight for day in inside], np.int64)[of_day]
    return (
        all(_within(as_numpy(column), FAR - 1) for column in times_of(every))
        and _in_order(every, midnights, ends_of_plans)
        and _rising(every.opens, every.middle, every.closes, ends=ends_of_plans)
        and _worded(every, work_dates, of_day, exists)
    )


def _numbered(plan: PlanColumns) -> bool:
    """Whether every text that is named is there."""
    known = range(len(plan.texts))
    return all(number in known for number in {*plan.why, *plan.clause, *plan.due_clause})


def _in_order(every: PlanColumns, midnights: Ints, ends_of_plans: Ints) -> bool:
    starts, ends, dues = as_numpy(every.start), as_numpy(every.end), as_numpy(every.due)
    return (
        _rising(every.due, every.start, every.end, ends=ends_of_plans)
        and bool((starts < ends).all())
        and bool((ends - dues <= LONGEST_MINUTES).all())
        and _within(dues - midnights, LONGEST_MINUTES)
        and bool((as_numpy(every.late_minutes) >= 0).all())
        and bool((as_numpy(every.early_minutes) >= 0).all())
    )


def _within(numbers: Ints, most: int) -> bool:
    return bool(((numbers <= most) & (numbers >= -most)).all())


def _rising(*columns: memoryview, ends: Ints) -> bool:
    """Whether nothing in these, read side by side and then downward within a plan, is less than what is before it."""
    side_by_side = np.stack([as_numpy(column) for column in columns], axis=1)
    falls = np.diff(side_by_side.reshape(-1)) < 0
    between_plans = len(columns) * ends[:-1] - 1
    falls[between_plans[(between_plans >= 0) & (between_plans < len(falls))]] = False
    return not falls.any()


def _worded(every: PlanColumns, work_dates: Ints, of_day: Ints, exists: Exists) -> bool:
    """Whether each clause exists on each day it is named for; each of both is asked for once."""
    if not len(work_dates):
        return True
    first = int(work_dates.min())
    days, texts = work_dates - first, len(every.texts)
    named = np.zeros((int(days.max()) + 1, texts), np.bool_)
    named[days, as_numpy(every.why)] = True
    for clauses in (every.clause, every.due_clause):
        named[days[of_day], as_numpy(clauses)] = True
    return all(
        exists(every.texts[number], EPOCH + timedelta(first + day))
        for day, number in zip(*(places.tolist() for places in named.nonzero()), strict=True)
    )
