"""Whether answers are sound (C1, C2, C6 to C11): the kit's rules by numpy over the columns of many people at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from bylaw_hooks import AnswerColumns, FactColumns, Kind, PlanColumns
from bylaw_kit.adapting import EPOCH, NO_PUNCH
from bylaw_kit.checking import LONGEST_MINUTES, Exists

from bylaw_plugin_host.checking_sound import SPAN, Answered, Flags, Ints, Laid, all_sound, names

MOST_TEXTS = 4_096


class ColumnsUnsound(Exception):  # noqa: N818 - it says of what
    """Answers that cannot be told apart by person: columns of other lengths than the plans ask for."""


class PersonFault(NamedTuple):
    """The rule that a person's answer breaks, by their place among the people, and on which day if on one."""

    place: int
    rule: str
    work_date: date | None


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Sound plans one behind the other, ready for many people: what the checks need of each segment."""

    first: Ints
    """By plan: its first segment, and how many it has."""
    halves: Ints
    day: Ints
    """By segment: a place in `dates`; epoch seconds of the window in whole minutes; the planned minutes."""
    opens: Ints
    closes: Ints
    length: Ints
    dates: tuple[date, ...]
    spanned: bool
    """Whether all windows lie in the span that `checking_sound` is quick over."""
    known: dict[str, Flags] = field(default_factory=dict)
    """By clause: on which of the dates it exists, once that was asked."""

    def laid(self, whose: Ints) -> Laid:
        """What is asked of the cards and halves of people who have these plans; at least one half."""
        people, halves = len(whose), self.halves[whose]
        if (whose == whose[0]).all():
            own = slice(self.first[whose[0]], self.first[whose[0]] + halves[0])
            segments, owners = np.arange(own.start, own.stop), np.arange(people)[:, None]
        else:
            segments, owners = self.segments(whose), np.repeat(np.arange(people), 2 * halves)
        opens, closes = np.repeat(self.opens[segments], 2), np.repeat(self.closes[segments], 2)
        widths = (closes - opens).view(np.uint64)
        return Laid(people, opens, widths, self.length[segments], owners * SPAN, self.spanned)

    def segments(self, whose: Ints) -> Ints:
        """The segment of each half of people who have these plans."""
        halves = self.halves[whose]
        total, before = int(halves.sum()), np.cumsum(halves) - halves
        places: Ints = np.arange(total) + np.repeat(self.first[whose] - before, halves)
        return places

    def existing(self, clause: str, exists: Exists) -> Flags:
        """On which of the dates a clause exists."""
        if clause not in self.known:
            self.known[clause] = np.array([exists(clause, each) for each in self.dates], np.bool_)
        return self.known[clause]


def plan_table(plans: Sequence[PlanColumns]) -> PlanTable:
    """From the columns of one plan each."""
    halves = [len(plan.start) for plan in plans]
    days = np.concatenate(
        [np.repeat(as_numpy(plan.work_date), np.diff(as_numpy(plan.segment_offsets))) for plan in plans]
    )
    distinct, day = np.unique(days, return_inverse=True)
    opens, closes, start, end = (
        np.concatenate([as_numpy(getattr(plan, name)) for plan in plans])
        for name in ("opens", "closes", "start", "end")
    )
    return PlanTable(
        np.array([0, *accumulate(halves)][:-1], np.int64),
        np.array(halves, np.int64),
        day.astype(np.int64),
        opens // 60 * 60,
        closes // 60 * 60,
        end - start,
        tuple(EPOCH + timedelta(int(each)) for each in distinct),
        not len(opens) or bool(opens.min() >= 60 and closes.max() < SPAN),
    )


def _segment_days(plan: PlanColumns) -> Ints:
    return np.repeat(as_numpy(plan.work_date), np.diff(as_numpy(plan.segment_offsets)))


def faults_of_answers(
    facts: FactColumns, plans: PlanTable, answers: AnswerColumns, exists: Exists
) -> list[PersonFault]:
    """What is wrong with the answers for these people, in their order and the kit's; ColumnsUnsound if no one's."""
    whose = as_numpy(facts.plan)
    answered = Answered(*map(as_numpy, _columns(answers, int(plans.halves[whose].sum()))))
    if not len(answered.verdicts) or _all_sound(facts, plans, answered, texts=answers.texts, exists=exists):
        return []
    checked = _Checked(facts, plans, answered, texts=answers.texts)
    placed = sorted(checked.faults(exists), key=lambda one: one[:3])
    return [PersonFault(place, rule, work_date) for place, _, _, rule, work_date in placed]


def _all_sound(
    facts: FactColumns, plans: PlanTable, answered: Answered, *, texts: Sequence[str], exists: Exists
) -> bool:
    punches, held = as_numpy(facts.punches), np.diff(as_numpy(facts.punch_offsets))
    if not all_sound(answered, plans.laid(as_numpy(facts.plan)), len(texts), punches=punches, held=held):
        return False
    doubtful = [number for number, text in enumerate(texts) if not plans.existing(text, exists).all()]
    return not any(names(answered, number) for number in doubtful)


Placed = tuple[int, int, int, str, date | None]
"""Whose; two numbers that put it in the kit's order; the rule; the day."""


class _Checked:
    """The answers' columns beside whose and which segment's each entry is."""

    def __init__(self, facts: FactColumns, plans: PlanTable, answered: Answered, *, texts: Sequence[str]) -> None:
        self.facts, self.plans, self.texts = facts, plans, texts
        self.kinds, self.minutes, self.punches, self.clauses, self.verdicts, self.verdict_clauses, self.worked = (
            answered
        )
        whose = as_numpy(facts.plan)
        self.people = len(whose)
        self.person = np.repeat(np.arange(self.people), plans.halves[whose])
        self.segment = plans.segments(whose)
        self.day = plans.day[self.segment]

    def faults(self, exists: Exists) -> Iterator[Placed]:
        """Every one; whoever has kinds that nobody declared is told of nothing else."""
        strange = np.zeros(self.people, np.bool_)
        strange[self.person[_beyond(self.verdicts, max(Kind))]] = True
        strange[self.person[np.flatnonzero(_beyond(self.kinds, max(Kind))) // 2]] = True
        for place in np.flatnonzero(strange):
            yield int(place), 0, 0, "C10", None
        halves = ~strange[self.person]
        cards = np.repeat(halves, 2)
        yield from self._of_punches(cards)
        yield from self._of_cards(cards & (self.kinds != Kind.UNASKED), exists)
        yield from self._of_halves(halves, exists)

    def _of_punches(self, cards: Flags) -> Iterator[Placed]:
        by_half = self.punches.reshape(-1, 2)
        opens, closes = self.plans.opens[self.segment], self.plans.closes[self.segment]
        bound = cards & (self.punches != NO_PUNCH)
        inside = bound & ((by_half >= opens[:, None]) & (by_half < closes[:, None])).reshape(-1)
        wrong = bound & ~inside
        wrong[inside] = _too_often(self.facts, np.repeat(self.person, 2)[inside], self.punches[inside])
        places = np.flatnonzero(wrong)
        yield from self._placed(places // 2, places, rule="C6", order=1)

    def _of_cards(self, asked: Flags, exists: Exists) -> Iterator[Placed]:
        absurd = np.flatnonzero(asked & _beyond(self.minutes, LONGEST_MINUTES))
        yield from self._placed(absurd // 2, 2 * absurd, rule="C7", order=2)
        unknown = np.flatnonzero(asked & ~self._known(self.clauses, np.repeat(self.day, 2), asked, exists))
        yield from self._placed(unknown // 2, 2 * unknown + 1, rule="C9", order=2)

    def _of_halves(self, halves: Flags, exists: Exists) -> Iterator[Placed]:
        gravest = np.maximum(self.kinds[::2], self.kinds[1::2])
        milder = np.flatnonzero(halves & (gravest != Kind.UNASKED) & (gravest != self.verdicts))
        yield from self._placed(milder, 3 * milder, rule="C8", order=3)
        unknown = np.flatnonzero(halves & ~self._known(self.verdict_clauses, self.day, halves, exists))
        yield from self._placed(unknown, 3 * unknown + 1, rule="C9", order=3)
        longest = np.where(self.verdicts == Kind.ABSENT, 0, self.plans.length[self.segment])
        beyond = np.flatnonzero(halves & _beyond(self.worked, longest))
        yield from self._placed(beyond, 3 * beyond + 2, rule="C11", order=3)

    def _known(self, clauses: Ints, day: Ints, asked: Flags, exists: Exists) -> Flags:
        """Which entries name a clause that exists on their day; each is looked up once a table."""
        counts = ~_beyond(clauses, len(self.texts) - 1) if self.texts else np.zeros(len(clauses), np.bool_)
        safe = clauses if counts.all() else np.where(counts, clauses, 0)
        used = np.flatnonzero(np.bincount(safe[asked & counts])).tolist()
        known = np.zeros((len(self.texts) + 1, len(self.plans.dates)), np.bool_)
        for number in used:
            known[number] = self.plans.existing(self.texts[number], exists)
        found: Flags = counts if known[used].all() else counts & known[safe, day]
        return found

    def _placed(self, halves: Ints, order_within: Ints, *, rule: str, order: int) -> Iterator[Placed]:
        for half, within in zip(halves.tolist(), order_within.tolist(), strict=True):
            yield int(self.person[half]), order, within, rule, self.plans.dates[self.day[half]]


def _too_often(facts: FactColumns, person: Ints, punches: Ints) -> Flags:
    """Which of these bindings are of punches that the person does not have, or does not have so many times."""
    held = as_numpy(facts.punches)
    if not len(held):
        return np.ones(len(punches), np.bool_)
    least = int(held.min())
    span = int(held.max()) - least + 1
    owner = np.repeat(np.arange(len(facts.person)), np.diff(as_numpy(facts.punch_offsets)))
    keys = _in_order(owner * span + (held - least))
    wanted = person * span + (punches - least)
    if len(punches) and not least <= punches.min() <= punches.max() < least + span:
        wanted = np.where((punches >= least) & (punches < least + span), wanted, -1)
    if _rising(wanted) and _distinct(np.sort(np.concatenate((keys, wanted)), kind="stable")) == _distinct(keys):
        return np.zeros(len(wanted), np.bool_)  # as nearly always: each is there, and none is bound twice
    first = np.searchsorted(keys, wanted)
    times = np.searchsorted(keys, wanted, side="right") - first
    order = np.argsort(wanted, kind="stable")
    in_order = wanted[order]
    rank = np.empty(len(wanted), np.int64)
    rank[order] = np.arange(len(wanted)) - np.searchsorted(in_order, in_order)
    wrong: Flags = rank >= times
    return wrong


def _rising(keys: Ints) -> bool:
    return bool((keys[1:] > keys[:-1]).all())


def _distinct(in_order: Ints) -> int:
    return int(np.count_nonzero(in_order[1:] != in_order[:-1]))


def _in_order(keys: Ints) -> Ints:
    return keys if (keys[1:] >= keys[:-1]).all() else np.sort(keys)


def _beyond(numbers: Ints, most: "int | Ints") -> Flags:
    """Which are below 0 or above: without their sign, what is below 0 is very large."""
    bound = most.view(np.uint64) if isinstance(most, np.ndarray) else np.uint64(most)
    beyond: Flags = numbers.view(np.uint64) > bound
    return beyond


def _columns(answers: AnswerColumns, total: int) -> tuple[memoryview, ...]:
    cards = (answers.kinds, answers.minutes, answers.punches, answers.clauses)
    halves = (answers.verdicts, answers.verdict_clauses, answers.worked_minutes)
    if {len(column) for column in cards} != {2 * total} or {len(column) for column in halves} != {total}:
        raise ColumnsUnsound
    if len(answers.texts) > MOST_TEXTS or not all(type(text) is str for text in answers.texts):
        raise ColumnsUnsound
    return cards + halves


def as_numpy(column: memoryview) -> Ints:
    """A column as numpy sees it, not copied."""
    return np.frombuffer(column, np.int64) if len(column) else np.empty(0, np.int64)
