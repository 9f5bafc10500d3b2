"""An answer to read: by card, half and day, and what the month comes to; for tests, and for whoever looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, compress, pairwise

from bylaw_hooks import Kind, MonthAnswer, MonthPlan, PlannedDay, Segment


class Side(StrEnum):
    """Which of a segment's two cards."""

    IN = "in"
    OUT = "out"


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
class Mark:
    """The finding at one card: minutes late or early, the punch bound to it (epoch second), the clause."""

    point: CardPoint
    kind: Kind
    minutes: int
    punch: int | None
    clause: str


@dataclass(frozen=True, slots=True)
class Half:
    """The verdict on one segment, its clause, the minutes worked within the plan, its cards' marks."""

    segment: Segment
    verdict: Kind
    clause: str
    worked_minutes: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A planned day (work or rest) and the verdicts on its halves."""

    day: PlannedDay
    halves: tuple[Half, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the marks and verdicts; a day or half is worked if it is on time, late or left early."""

    days_planned: int
    days_worked: int
    halves_planned: int
    halves_worked: int
    late_count: int
    late_minutes: int
    early_count: int
    early_minutes: int
    leave_required_count: int
    missing_cards: int
    absent_halves: int
    pending_points: int
    worked_minutes: int


_WORKED = (int(Kind.ON_TIME), int(Kind.EARLY), int(Kind.LATE))


def reach(plan: MonthPlan) -> tuple[int, int]:
    """The epoch seconds within which a punch can matter; (0, 0) if nothing is planned."""
    return (plan.windows[0][0], plan.windows[-1][2]) if plan.windows else (0, 0)


def card_points(plan: MonthPlan) -> tuple[CardPoint, ...]:
    """Every card of a plan, two a segment, those not asked for included."""
    placed = [(day, number, segment) for day in plan.days for number, segment in enumerate(day.segments)]
    points = []
    for (day, number, segment), (opens, _, closes) in zip(placed, plan.windows, strict=True):
        for side, due, clause, asked in (
            (Side.IN, segment.due, segment.due_clause, segment.asks_in),
            (Side.OUT, segment.end, segment.clause, segment.asks_out),
        ):
            points.append(CardPoint(day.work_date, number, side, due, opens // 60, closes // 60, clause, asked))
    return tuple(points)


def marks(answer: MonthAnswer) -> Iterator[Mark]:
    """Every card that was asked for, in order."""
    for day in days(answer):
        for half in day.halves:
            yield from half.marks


def days(answer: MonthAnswer) -> Iterator[DayAnswer]:
    """Every day of the month, those of rest included."""
    points = card_points(answer.plan)
    for day, (first, after) in zip(answer.plan.days, day_halves(answer.plan), strict=True):
        yield DayAnswer(day, tuple(_half(answer, points, half) for half in range(first, after)))


def day_halves(plan: MonthPlan) -> Iterator[tuple[int, int]]:
    """From half, to half, of each day of a plan."""
    return pairwise(accumulate((len(day.segments) for day in plan.days), initial=0))


def _half(answer: MonthAnswer, points: tuple[CardPoint, ...], half: int) -> Half:
    found = tuple(
        Mark(points[card], Kind(answer.kinds[card]), answer.minutes[card], answer.punches[card], answer.clauses[card])
        for card in (2 * half, 2 * half + 1)
        if answer.kinds[card] != Kind.UNASKED
    )
    verdict, clause = Kind(answer.verdicts[half]), answer.verdict_clauses[half]
    return Half(answer.plan.segments[half], verdict, clause, answer.worked_minutes[half], found)


def totals(answer: MonthAnswer) -> Totals:
    """What a month comes to, counted from its columns."""
    kinds, verdicts = answer.kinds, answer.verdicts
    gravest = [max(verdicts[first:after]) for first, after in day_halves(answer.plan) if first < after]

    def minutes(kind: Kind) -> int:
        return sum(compress(answer.minutes, map(int(kind).__eq__, kinds)))

    return Totals(
        len(gravest),
        sum(map(gravest.count, _WORKED)),
        len(verdicts),
        sum(map(verdicts.count, _WORKED)),
        kinds.count(Kind.LATE),
        minutes(Kind.LATE),
        kinds.count(Kind.EARLY),
        minutes(Kind.EARLY),
        kinds.count(Kind.LEAVE_REQUIRED),
        kinds.count(Kind.MISSING_CARD),
        verdicts.count(Kind.ABSENT),
        kinds.count(Kind.PENDING),
        sum(answer.worked_minutes),
    )
