"""Whether a calendar's plan, as columns from whomever, is sound: its shape here, its rules by the kit's own checks."""

from collections.abc import Sequence
from datetime import timedelta
from operator import sub

from bylaw_hooks import DayFacts, MonthPlan, PlanColumns, PlannedDay, Segment
from bylaw_kit.adapting import EPOCH, cuts
from bylaw_kit.bounds import MOST_SEGMENTS
from bylaw_kit.checking import Exists, Fault, plan_faults

from bylaw_plugin_host.sound_plan import is_sound

FAR = 2**40
"""No minute and no second of a plan lies farther from 1970 than this: some thirty thousand years."""


def faults_of_plan(days: tuple[DayFacts, ...], columns: PlanColumns, exists: Exists) -> list[Fault]:
    """What is wrong with it, in the kit's order; columns that do not fit together break C2, absurd numbers C7."""
    if not fits_together(columns):
        return [Fault("C2", None)]
    times = [column.tolist() for column in times_of(columns) if len(column)]
    if any(max(column) >= FAR or min(column) <= -FAR for column in times):
        return [Fault("C7", None)]
    return [] if is_sound(days, columns, exists) else named_faults(days, columns, exists)


def named_faults(days: tuple[DayFacts, ...], columns: PlanColumns, exists: Exists) -> list[Fault]:
    """What the kit finds in columns of a sound shape; absurd numbers are told of before it is asked."""
    wanted = [(day.work_date - EPOCH).days for day in days if day.inside]
    planned = columns.work_date.tolist()
    if not all(abs(each) < 3_000_000 for each in planned):
        return [Fault("C2", next((EPOCH + timedelta(one) for one in wanted if planned.count(one) != 1), None))]
    texts = range(len(columns.texts))
    for number, day in zip(columns.why.tolist(), planned, strict=True):
        if number not in texts:
            return [Fault("C9", EPOCH + timedelta(day))]
    for place, day in enumerate(segment_days(columns)):
        if columns.clause[place] not in texts or columns.due_clause[place] not in texts:
            return [Fault("C9", EPOCH + timedelta(day))]
    return list(plan_faults(days, as_plan(columns), exists))


def segment_days(columns: PlanColumns) -> list[int]:
    """The day of each segment."""
    lengths = [after - first for first, after in cuts(columns.segment_offsets)]
    return [day for day, length in zip(columns.work_date.tolist(), lengths, strict=True) for _ in range(length)]


def fits_together(columns: PlanColumns) -> bool:
    """Whether the columns are as long as they say of each other, and its texts are texts (C2)."""
    days, segments = len(columns.work_date), len(columns.start)
    sound = len(columns.why) == days and columns.day_offsets.tolist() == [0, days] and segments <= MOST_SEGMENTS * days
    sound = sound and {len(column) for column in _by_segment(columns)} == {segments} and type(columns.texts) is tuple
    sound = sound and all(type(text) is str for text in columns.texts)
    return sound and _cut(columns.segment_offsets, days, segments)


def times_of(columns: PlanColumns) -> tuple[memoryview, ...]:
    """The columns that hold minutes and seconds."""
    beside = _by_segment(columns)
    return (*beside[:5], *beside[9:])


def _by_segment(columns: PlanColumns) -> tuple[memoryview, ...]:
    return (
        columns.start,
        columns.end,
        columns.due,
        columns.late_minutes,
        columns.early_minutes,
        columns.clause,
        columns.due_clause,
        columns.asks_in,
        columns.asks_out,
        columns.opens,
        columns.middle,
        columns.closes,
        columns.settles,
    )


def _cut(offsets: memoryview, days: int, segments: int) -> bool:
    places = offsets.tolist()
    if len(places) != days + 1 or places[0] != 0 or places[-1] != segments:
        return False
    lengths = [*map(sub, places[1:], places)]
    return min(lengths, default=0) >= 0 and max(lengths, default=0) <= MOST_SEGMENTS


def as_plan(columns: PlanColumns) -> MonthPlan:
    """One calendar's columns, of a sound shape, as a plan to read; what only judging needs stays empty."""
    texts = columns.texts
    segments = [
        Segment(start, end, due, late, early, texts[clause], texts[due_clause], bool(asks_in), bool(asks_out))
        for start, end, due, late, early, clause, due_clause, asks_in, asks_out in zip(
            *(column.tolist() for column in _by_segment(columns)[:9]), strict=True
        )
    ]
    windows = zip(columns.opens.tolist(), columns.middle.tolist(), columns.closes.tolist(), strict=True)
    days = [
        PlannedDay(EPOCH + timedelta(day), texts[why], tuple(segments[first:after]))
        for day, why, (first, after) in zip(
            columns.work_date.tolist(), columns.why.tolist(), cuts(columns.segment_offsets), strict=True
        )
    ]
    return _readable(days, segments, windows=list(windows), settles=columns.settles.tolist())


def _readable(
    days: Sequence[PlannedDay],
    segments: Sequence[Segment],
    *,
    windows: Sequence[tuple[int, int, int]],
    settles: Sequence[int],
) -> MonthPlan:
    cards = [
        (asked, clause)
        for one in segments
        for asked, clause in ((one.asks_in, one.due_clause), (one.asks_out, one.clause))
    ]
    return MonthPlan(
        days=tuple(days),
        segments=tuple(segments),
        windows=tuple(windows),
        settles=tuple(settles),
        on_time_before=(),
        ends=tuple(60 * one.end for one in segments),
        leans_on=(),
        unasked=tuple(card for card, (asked, _) in enumerate(cards) if not asked),
        card_kinds=bytes(asked for asked, _ in cards),
        card_clauses=tuple(clause if asked else "" for asked, clause in cards),
        half_clauses=tuple(one.clause for one in segments),
        lengths=tuple(one.end - one.start for one in segments),
    )
