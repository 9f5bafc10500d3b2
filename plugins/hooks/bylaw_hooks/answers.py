"""The answer for one person's month: columns beside the plan's, and views of them for whoever looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

from bylaw_hooks.kinds import Kind
from bylaw_hooks.plan import CardPoint, MonthPlan, PlannedDay, Segment


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


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """Columns: two entries a segment for the cards (in, out), one for the halves."""

    person: int
    plan: MonthPlan
    kinds: bytes
    minutes: tuple[int, ...]
    punches: tuple[int | None, ...]
    clauses: tuple[str, ...]
    verdicts: bytes
    verdict_clauses: tuple[str, ...]
    worked_minutes: tuple[int, ...]

    def marks(self) -> Iterator[Mark]:
        """Every card that was asked for, in order."""
        for half in range(len(self.verdicts)):
            yield from self._marks(half)

    def days(self) -> Iterator[DayAnswer]:
        """Every day of the month, those of rest included."""
        for day, halves in zip(self.plan.days, self.plan.day_halves, strict=True):
            yield DayAnswer(day, tuple(self._half(half) for half in range(*halves)))

    def _half(self, half: int) -> Half:
        return Half(
            self.plan.segments[half],
            Kind(self.verdicts[half]),
            self.verdict_clauses[half],
            self.worked_minutes[half],
            tuple(self._marks(half)),
        )

    def _marks(self, half: int) -> Iterator[Mark]:
        for card in (2 * half, 2 * half + 1):
            if self.kinds[card] != Kind.UNASKED:
                yield Mark(
                    self.plan.points[card],
                    Kind(self.kinds[card]),
                    self.minutes[card],
                    self.punches[card],
                    self.clauses[card],
                )

    @property
    def totals(self) -> Totals:
        """Counted from the columns, so that they equal the sum of the marks by construction."""
        kinds, verdicts = self.kinds, self.verdicts
        gravest = [max(verdicts[first:after]) for first, after in self.plan.day_halves if first < after]
        return Totals(
            len(gravest),
            sum(map(gravest.count, _WORKED)),
            len(verdicts),
            sum(map(verdicts.count, _WORKED)),
            kinds.count(Kind.LATE),
            self._minutes(Kind.LATE),
            kinds.count(Kind.EARLY),
            self._minutes(Kind.EARLY),
            kinds.count(Kind.LEAVE_REQUIRED),
            kinds.count(Kind.MISSING_CARD),
            verdicts.count(Kind.ABSENT),
            kinds.count(Kind.PENDING),
            sum(self.worked_minutes),
        )

    def _minutes(self, kind: Kind) -> int:
        return sum(compress(self.minutes, map(int(kind).__eq__, self.kinds))) if kind in self.kinds else 0


_WORKED = (int(Kind.ON_TIME), int(Kind.EARLY), int(Kind.LATE))
