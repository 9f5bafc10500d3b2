"""Objects to columns and back, and a pattern of either form judged over columns: for workers, services and tests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, chain, pairwise
from struct import pack
from typing import Any, Literal

from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    CardParameters,
    ClockChange,
    DayFacts,
    DayKind,
    Excused,
    FactColumns,
    Hours,
    Ints,
    MonthAnswer,
    MonthFacts,
    MonthPlan,
    PlanColumns,
    ShiftPattern,
)

from bylaw_kit.cutting import compiled

EPOCH = date(1970, 1, 1)
_EPOCH = EPOCH.toordinal()
KINDS = tuple(DayKind)
PARTS: tuple[Literal["day", "first-half", "second-half", "span"], ...] = ("day", "first-half", "second-half", "span")
NO_PUNCH = -1
NO_HOURS = -1


@dataclass(frozen=True, slots=True)
class DayColumns:
    """Calendars one behind the other: the days that plans are asked for; see `DayFacts`."""

    day_offsets: Ints
    work_date: Ints
    kind: Ints
    """A place in `KINDS`."""
    midnight: Ints
    inside: Ints
    cell: Ints
    change_offsets: Ints
    wall: Ints
    change: Ints
    hours_clause: Ints
    """Of the notice that sets the day's hours; -1: none."""
    hours_offsets: Ints
    hours_start: Ints
    hours_end: Ints
    excused_offsets: Ints
    excused_clause: Ints
    excused_part: Ints
    """A place in `PARTS`."""
    excused_start: Ints
    excused_end: Ints
    texts: tuple[str, ...]


class PersonFailed(Exception):  # noqa: N818 - it says of whom
    """A pattern raised while it judged the person at `place` of a batch; the cause is chained."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(place)


class Texts(dict[str, int]):
    """Numbers texts in the order in which they are first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def ints(values: Iterable[int]) -> Ints:
    """A column of int64 over bytes, which nobody can change; struct.error where one is no such number."""
    return joined([values if isinstance(values, list | tuple) else tuple(values)])


def joined(parts: Iterable[Sequence[int]]) -> Ints:
    """One part behind the other: packing whole parts is six times faster than one number after another."""
    packed = b"".join([pack(f"{len(part)}q", *part) for part in parts])
    return memoryview(packed).cast("q") if packed else memoryview(bytes(8)).cast("q")[:0]


def offsets(lengths: Iterable[int]) -> Ints:
    """Where things of these lengths begin when they lie one behind the other, and where the last one ends."""
    return ints(accumulate(lengths, initial=0))


def cuts(column: Ints) -> Iterator[tuple[int, int]]:
    """From and to of each thing that offsets cut."""
    return pairwise(column.tolist())


def pack_days(calendars: Sequence[tuple[DayFacts, ...]]) -> DayColumns:
    """Calendars as columns."""
    days, texts = [day for calendar in calendars for day in calendar], Texts()
    changes = [change for day in days for change in day.clock_changes]
    hours = [day.hours.spans if day.hours else () for day in days]
    excused = [one for day in days for one in day.excused]
    return DayColumns(
        offsets(map(len, calendars)),
        ints((day.work_date - EPOCH).days for day in days),
        ints(KINDS.index(day.kind) for day in days),
        ints(day.midnight for day in days),
        ints(day.inside for day in days),
        ints(texts[day.cell] for day in days),
        offsets(len(day.clock_changes) for day in days),
        ints(change.wall for change in changes),
        ints(change.minutes for change in changes),
        ints(texts[day.hours.clause] if day.hours else NO_HOURS for day in days),
        offsets(map(len, hours)),
        ints(start for spans in hours for start, _ in spans),
        ints(end for spans in hours for _, end in spans),
        offsets(len(day.excused) for day in days),
        ints(texts[one.clause] for one in excused),
        ints(PARTS.index(one.part) for one in excused),
        ints(one.start for one in excused),
        ints(one.end for one in excused),
        tuple(texts),
    )


def unpack_days(columns: DayColumns) -> list[tuple[DayFacts, ...]]:
    """Calendars from their columns."""
    changes = list(map(ClockChange, columns.wall.tolist(), columns.change.tolist()))
    facts = zip(
        columns.work_date.tolist(),
        columns.kind.tolist(),
        columns.midnight.tolist(),
        cuts(columns.change_offsets),
        columns.inside.tolist(),
        columns.cell.tolist(),
        _hours(columns),
        _excused(columns),
        strict=True,
    )
    days = [
        DayFacts(
            EPOCH + timedelta(day),
            KINDS[kind],
            midnight,
            tuple(changes[first:after]),
            bool(inside),
            columns.texts[cell],
            hours,
            excused,
        )
        for day, kind, midnight, (first, after), inside, cell, hours, excused in facts
    ]
    return [tuple(days[first:after]) for first, after in cuts(columns.day_offsets)]


def _hours(columns: DayColumns) -> Iterator[Hours | None]:
    """The notice of each day."""
    spans = list(zip(columns.hours_start.tolist(), columns.hours_end.tolist(), strict=True))
    for clause, (first, after) in zip(columns.hours_clause.tolist(), cuts(columns.hours_offsets), strict=True):
        yield None if clause == NO_HOURS else Hours(columns.texts[clause], tuple(spans[first:after]))


def _excused(columns: DayColumns) -> Iterator[tuple[Excused, ...]]:
    """What is excused of each day."""
    clauses = [columns.texts[clause] for clause in columns.excused_clause]
    parts = [PARTS[part] for part in columns.excused_part]
    every = list(map(Excused, clauses, parts, columns.excused_start.tolist(), columns.excused_end.tolist()))
    for first, after in cuts(columns.excused_offsets):
        yield tuple(every[first:after])


def pack_plans(plans: Sequence[MonthPlan]) -> PlanColumns:
    """Plans as columns, side by side in one buffer."""
    days, texts = [day for plan in plans for day in plan.days], Texts()
    segments = [segment for plan in plans for segment in plan.segments]
    windows = [window for plan in plans for window in plan.windows]
    columns: dict[str, list[int]] = {
        "day_offsets": [*accumulate([len(plan.days) for plan in plans], initial=0)],
        "work_date": [day.work_date.toordinal() - _EPOCH for day in days],
        "why": [texts[day.why] for day in days],
        "segment_offsets": [*accumulate([len(day.segments) for day in days], initial=0)],
        "start": [segment.start for segment in segments],
        "end": [segment.end for segment in segments],
        "due": [segment.due for segment in segments],
        "late_minutes": [segment.late_minutes for segment in segments],
        "early_minutes": [segment.early_minutes for segment in segments],
        "clause": [texts[segment.clause] for segment in segments],
        "due_clause": [texts[segment.due_clause] for segment in segments],
        "asks_in": [segment.asks_in for segment in segments],
        "asks_out": [segment.asks_out for segment in segments],
        "opens": [window[0] for window in windows],
        "middle": [window[1] for window in windows],
        "closes": [window[2] for window in windows],
        "settles": [settled for plan in plans for settled in plan.settles],
    }
    packed, places = ints(chain.from_iterable(columns.values())), accumulate(map(len, columns.values()), initial=0)
    cut = {name: packed[first:after] for name, (first, after) in zip(columns, pairwise(places), strict=True)}
    return PlanColumns(**cut, texts=tuple(texts))


def pack_facts(months: Sequence[MonthFacts], plans: Sequence[int]) -> FactColumns:
    """The facts of many people as columns; `plans` says beside them whose plan is which."""
    return FactColumns(
        ints(month.person for month in months),
        ints(plans),
        ints(month.decided_until for month in months),
        ints(month.handed_over for month in months),
        offsets(len(month.punches) for month in months),
        joined(month.punches for month in months),
        joined(month.directions or bytes(len(month.punches)) for month in months),
    )


def unpack_facts(columns: FactColumns, calendars: Sequence[tuple[DayFacts, ...]]) -> Iterator[MonthFacts]:
    """The facts of one person after another."""
    punches, directions = columns.punches.tolist(), bytes(columns.directions.tolist())
    directed = any(directions)
    people = zip(
        columns.person.tolist(),
        columns.plan.tolist(),
        cuts(columns.punch_offsets),
        columns.decided_until.tolist(),
        columns.handed_over.tolist(),
        strict=True,
    )
    for person, plan, (first, after), decided_until, handed_over in people:
        turns = directions[first:after] if directed else b""
        own = tuple(punches[first:after])
        yield MonthFacts(person, calendars[plan], own, turns if any(turns) else b"", decided_until, bool(handed_over))


def punch_column(punches: Iterable[int | None]) -> list[int]:
    """Punches at cards as the columns hold them: -1 where there is none."""
    return [NO_PUNCH if punch is None else punch for punch in punches]


def pack_answers(answers: Iterable[MonthAnswer]) -> AnswerColumns:
    """The answers for many people as columns, in their order."""
    texts, given = Texts(), list(answers)
    number = texts.__getitem__
    return AnswerColumns(
        joined(answer.kinds for answer in given),
        joined(answer.minutes for answer in given),
        joined(punch_column(answer.punches) for answer in given),
        joined([*map(number, answer.clauses)] for answer in given),
        joined(answer.verdicts for answer in given),
        joined([*map(number, answer.verdict_clauses)] for answer in given),
        joined(answer.worked_minutes for answer in given),
        tuple(texts),
    )


def judge_columns(
    pattern: ShiftPattern[Any],
    calendars: Sequence[tuple[DayFacts, ...]],
    facts: FactColumns,
    parameters: CardParameters,
) -> AnswerColumns:
    """A batch judged by a pattern of either form; PersonFailed if the easy one raises, else whatever it raises."""
    plans = [compiled(pattern, days, parameters) for days in calendars]
    if isinstance(pattern, BatchShiftPattern):
        return pattern.judge_batch(facts, pack_plans(plans), parameters)
    return pack_answers(_each(pattern, calendars, plans, facts=facts, parameters=parameters))


def _each(
    pattern: ShiftPattern[Any],
    calendars: Sequence[tuple[DayFacts, ...]],
    plans: Sequence[MonthPlan],
    *,
    facts: FactColumns,
    parameters: CardParameters,
) -> Iterator[MonthAnswer]:
    months = zip(facts.plan.tolist(), unpack_facts(facts, calendars), strict=True)
    for place, (plan, month) in enumerate(months):
        try:
            yield pattern.judge_month(month, plans[plan], parameters)
        except Exception as error:
            raise PersonFailed(place) from error


def columns_of(packed: Any) -> list[Ints]:
    """The columns of any of these, in their order, its texts left out."""
    return [getattr(packed, name) for name in _columns_of(type(packed))]


@cache
def _columns_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name != "texts")
