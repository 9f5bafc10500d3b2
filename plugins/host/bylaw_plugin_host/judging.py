"""Many people's months judged in batches; a batch that fails is halved until whoever it fails on is named."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bylaw_hooks import DayFacts, MonthFacts, PlanColumns
from bylaw_kit.adapting import pack_facts
from bylaw_kit.checking import Exists

from bylaw_plugin_host.checking import ColumnsUnsound, PersonFault, PlanTable, faults_of_answers, plan_table
from bylaw_plugin_host.outcomes import (
    ANSWER_INVALID,
    Batch,
    CallFailed,
    Failure,
    Judged,
    PersonAnswer,
    PolicyBroken,
    Runner,
)
from bylaw_plugin_host.slicing import slices

MOST_CULPRITS = 3
"""A policy that costs that many processes within one call is not asked about the rest of its people."""
LENGTHS = Failure(ANSWER_INVALID, "C2", detail="columns of other lengths than planned")
OTHER_PLAN = Failure(ANSWER_INVALID, "C12", detail="planned twice, answered differently")


class SoundPlan(NamedTuple):
    """A calendar's plan that was checked, and its digest."""

    columns: PlanColumns
    digest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A policy with its parameters, and whose it is."""

    runner: Runner
    identity: str
    parameters: str

    def broken(self, failure: Failure) -> PolicyBroken:
        """A failure with its policy's name."""
        return PolicyBroken(
            failure.reason,
            identity=self.identity,
            distribution=self.runner.manifest.titled,
            rule=failure.rule,
            work_date=failure.work_date,
            detail=failure.detail,
        )


class Judging:
    """One call: people, the plan of each (or why there is none), and what has come of whom so far."""

    def __init__(
        self, asked: Asked, months: Sequence[MonthFacts], *, plans: Sequence[SoundPlan | PolicyBroken], exists: Exists
    ) -> None:
        self._asked, self._months, self._plans, self._exists = asked, months, plans, exists
        self._outcomes: dict[int, PersonAnswer | PolicyBroken] = {}
        self._tables: dict[tuple[str, ...], PlanTable] = {}
        self._cost = 0
        self.culprits: dict[int, PolicyBroken] = {}
        """Those over whom alone a process was lost."""

    def run(self, batch_size: int) -> list[PersonAnswer | PolicyBroken]:
        """The outcome for each person, in order."""
        planned = [place for place, plan in enumerate(self._plans) if isinstance(plan, SoundPlan)]
        self._outcomes = {place: plan for place, plan in enumerate(self._plans) if isinstance(plan, PolicyBroken)}
        waiting = deque(planned[first : first + batch_size] for first in range(0, len(planned), batch_size))
        while waiting:
            people = waiting.popleft()
            try:
                self._judge(people)
            except CallFailed as failed:
                self._cost += failed.cost and (len(people) == 1 or not failed.divisible)
                if failed.cost and len(people) == 1:
                    self.culprits[people[0]] = self._asked.broken(failed.failure)
                if self._cost >= MOST_CULPRITS:
                    people = [*people, *(place for others in waiting for place in others)]
                    waiting.clear()
                elif failed.divisible and len(people) > 1:
                    half = len(people) // 2
                    waiting.extendleft((people[half:], people[:half]))
                    continue
                self._outcomes.update(dict.fromkeys(people, self._asked.broken(failed.failure)))
        return [self._outcomes[place] for place in range(len(self._months))]

    def _judge(self, people: Sequence[int]) -> None:
        batch, plans = self._batch(people)
        judged = self._asked.runner.judge(self._asked.identity, self._asked.parameters, batch)
        if list(judged.plan_digests) != [plan.digest for plan in plans]:
            raise CallFailed(OTHER_PLAN, divisible=False)
        for place, failure in judged.failures.items():
            self._outcomes[people[place]] = self._asked.broken(failure)
        answered = [place for place in range(len(people)) if place not in judged.failures]
        if answered:
            self._take([people[place] for place in answered], judged, _only(batch, answered), plans=plans)

    def _batch(self, people: Sequence[int]) -> tuple[Batch, list[SoundPlan]]:
        numbers: dict[int, int] = {}
        plans: list[SoundPlan] = []
        calendars: list[tuple[DayFacts, ...]] = []
        months = [self._months[place] for place in people]
        for place, month in zip(people, months, strict=True):
            plan = self._plans[place]
            if id(month.days) not in numbers and isinstance(plan, SoundPlan):
                numbers[id(month.days)] = len(plans)
                plans.append(plan)
                calendars.append(month.days)
        whose = [numbers[id(month.days)] for month in months]
        return Batch(months, pack_facts(months, whose), tuple(calendars), whose), plans

    def _take(self, people: Sequence[int], judged: Judged, batch: Batch, *, plans: Sequence[SoundPlan]) -> None:
        try:
            faults = faults_of_answers(batch.facts, self._table(plans), judged.answers, self._exists)
        except ColumnsUnsound:
            raise CallFailed(LENGTHS) from None
        halves = [len(plans[number].columns.start) for number in batch.numbers]
        self._outcomes.update(zip(people, slices(judged.answers, halves), strict=True))
        for fault in _first_of_each(faults):
            failure = Failure(ANSWER_INVALID, fault.rule, fault.work_date)
            self._outcomes[people[fault.place]] = self._asked.broken(failure)

    def _table(self, plans: Sequence[SoundPlan]) -> PlanTable:
        """Most batches of a call have the same plans: what the checks need of them is made once."""
        key = tuple(plan.digest for plan in plans)
        if key not in self._tables:
            self._tables[key] = plan_table([plan.columns for plan in plans])
        return self._tables[key]


def _first_of_each(faults: Sequence[PersonFault]) -> Iterator[PersonFault]:
    named: set[int] = set()
    for fault in faults:
        if fault.place not in named:
            named.add(fault.place)
            yield fault


def _only(batch: Batch, places: Sequence[int]) -> Batch:
    """The batch without those who are not at these places."""
    if len(places) == len(batch.months):
        return batch
    months, numbers = [batch.months[place] for place in places], [batch.numbers[place] for place in places]
    return Batch(months, pack_facts(months, numbers), batch.calendars, numbers)
