"""The halves that are not plainly on time, judged side by side: the ladders, missing cards, absence, pending."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from bylaw_hooks import Ints, Kind

from bylaw_fixed_week.halves import Halves, Numbers, Truths, numbers

ON_TIME, EARLY, LATE, MISSING, LEAVE, ABSENT, PENDING = map(int, list(Kind)[1:])
UNASKED = int(Kind.UNASKED)


@dataclass(frozen=True, slots=True)
class Cards:
    """Findings at one card of each of these halves."""

    kinds: Numbers
    minutes: Numbers
    clauses: Numbers


class ClauseNumbers(dict[str, int]):
    """The texts of an answer by number: the plan's, then those that judging adds."""

    def __init__(self, planned: tuple[str, ...]) -> None:
        every = dict.fromkeys((*planned, "", "ATT-1", "ATT-2", "ATT-3", "ATT-4"))
        super().__init__((text, number) for number, text in enumerate(every))


@dataclass(frozen=True)
class OddHalves:
    """Their `places` among all halves; `carry` seconds make a begun minute a whole one."""

    halves: Halves
    bound: Numbers
    clause_numbers: ClauseNumbers
    carry: int

    @cached_property
    def places(self) -> Numbers:
        """All but those whose two cards are there and on time."""
        came, left, plans = self.bound[::2], self.bound[1::2], self.halves.plans
        on_time_before = (60 * (numbers(plans.due) + 1) - self.carry)[self.halves.segment]
        ends = (60 * numbers(plans.end))[self.halves.segment]
        return np.flatnonzero(~((came >= 0) & (came < on_time_before) & (left >= ends)))

    @cached_property
    def segment(self) -> Numbers:
        """The segment of each."""
        return self.halves.segment[self.places]

    @cached_property
    def person(self) -> Numbers:
        """Whose each is."""
        return self.halves.person(self.places)

    @cached_property
    def came(self) -> Numbers:
        """The punch at the sign-in."""
        return self.bound[::2][self.places]

    @cached_property
    def left(self) -> Numbers:
        """The punch at the sign-out."""
        return self.bound[1::2][self.places]

    def of(self, column: Ints) -> Numbers:
        """What a column says of their segments."""
        return numbers(column)[self.segment]

    @cached_property
    def without_punch(self) -> Numbers:
        """What a card is without its punch: pending until the clocks have reported, then missing or absent."""
        decided = self.of(self.halves.plans.settles) <= numbers(self.halves.facts.decided_until)[self.person]
        return np.where(decided, np.where(self._seen(), MISSING, ABSENT), PENDING)

    def _seen(self) -> Truths:
        """Whether a card keeps it from absence: one of its own, or any of its day if it asks for one only."""
        plans, seen = self.halves.plans, (self.came >= 0) | (self.left >= 0)
        lone = np.flatnonzero(self.of(plans.asks_in) + self.of(plans.asks_out) < 2)
        if len(lone):
            stamped = (self.bound[::2] >= 0) | (self.bound[1::2] >= 0)
            so_far = np.concatenate([[0], np.cumsum(stamped)])
            cuts, moved = numbers(plans.segment_offsets), self.halves.moved[self.person[lone]]
            day = np.searchsorted(cuts, self.segment[lone], side="right")
            seen[lone] = so_far[cuts[day] + moved] > so_far[cuts[day - 1] + moved]
        return seen

    def sign_in(self) -> Cards:
        """The late ladder (ATT-2), or what the lack of a card means."""
        plans, named = self.halves.plans, self.clause_numbers
        late = (self.came + self.carry) // 60 - self.of(plans.due)
        kinds = np.where(late <= self.of(plans.late_minutes), LATE, LEAVE)
        found = _ladder(kinds, late, clauses=(self.of(plans.due_clause), named["ATT-2"]))
        return self._unless_stamped(found, self.came >= 0, self.of(plans.asks_in), self.of(plans.due_clause))

    def sign_out(self) -> Cards:
        """The early ladder (ATT-3), or what the lack of a card means; early is final once the clocks have reported."""
        plans, named, clause = self.halves.plans, self.clause_numbers, self.of(self.halves.plans.clause)
        early = self.of(plans.end) - self.left // 60
        kinds = np.where(early <= self.of(plans.early_minutes), EARLY, LEAVE)
        found = _ladder(kinds, early, clauses=(clause, named["ATT-3"]))
        open_still = (self.without_punch == PENDING) & (found.kinds != ON_TIME)
        found = _where(open_still, _constant(PENDING, clause), found)
        return self._unless_stamped(found, self.left >= 0, self.of(plans.asks_out), clause)

    def _unless_stamped(self, found: Cards, stamped: Truths, asked: Numbers, clause: Numbers) -> Cards:
        named, kinds = self.clause_numbers, np.where(asked > 0, self.without_punch, UNASKED)
        clause = np.where(kinds == MISSING, named["ATT-1"], np.where(kinds == ABSENT, named["ATT-4"], clause))
        lacking = _constant(kinds, np.where(kinds == UNASKED, named[""], clause))
        return _where(stamped, found, lacking)

    def worked(self, verdicts: Numbers) -> Numbers:
        """Minutes between the cards within the plan; a card not asked for is taken at the plan's edge."""
        plans = self.halves.plans
        start, end = self.of(plans.start), self.of(plans.end)
        lacks = ((self.came < 0) & (self.of(plans.asks_in) > 0)) | ((self.left < 0) & (self.of(plans.asks_out) > 0))
        start = np.where(self.came < 0, start, np.maximum(self.came // 60, start))
        end = np.where(self.left < 0, end, np.minimum(self.left // 60, end))
        return np.where(lacks | (verdicts >= ABSENT), 0, np.maximum(end - start, 0))


def _ladder(kinds: Numbers, minutes: Numbers, *, clauses: tuple[Numbers, int]) -> Cards:
    in_time, (on_time, ladder) = minutes <= 0, clauses
    return Cards(np.where(in_time, ON_TIME, kinds), np.where(in_time, 0, minutes), np.where(in_time, on_time, ladder))


def _constant(kinds: "Numbers | int", clauses: Numbers) -> Cards:
    return Cards(np.broadcast_to(kinds, clauses.shape), np.zeros(len(clauses), np.int64), clauses)


def _where(wanted: Truths, one: Cards, other: Cards) -> Cards:
    return Cards(
        np.where(wanted, one.kinds, other.kinds),
        np.where(wanted, one.minutes, other.minutes),
        np.where(wanted, one.clauses, other.clauses),
    )
