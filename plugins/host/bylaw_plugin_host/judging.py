"""Many people's months judged in batches; of one that fails, whoever it fails on is found and all others are judged."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from bylaw_hooks import DayFacts, MonthFacts, PlanColumns
from bylaw_kit.adapting import pack_facts
from bylaw_kit.checking import Exists

from bylaw_plugin_host.checking import ColumnsUnsound, PersonFault, PlanTable, faults_of_answers, plan_table
from bylaw_plugin_host.culprits import Culprits
from bylaw_plugin_host.finding import Finding
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
        self,
        asked: Asked,
        months: Sequence[MonthFacts],
        *,
        plans: Sequence[SoundPlan | PolicyBroken],
        exists: Exists,
        culprits: Culprits,
    ) -> None:
        self._asked, self._months, self._plans, self._exists, self._culprits = asked, months, plans, exists, culprits
        self._outcomes: dict[int, PersonAnswer | PolicyBroken] = {}
        self._tables: dict[tuple[str, ...], PlanTable] = {}

    def run(self, batch_size: int, finding_seconds: float) -> list[PersonAnswer | PolicyBroken]:
        """The outcome for each person, in order; so long is looked for whom the policy fails on."""
        planned = [place for place, plan in enumerate(self._plans) if isinstance(plan, SoundPlan)]
        self._outcomes = {place: plan for place, plan in enumerate(self._plans) if isinstance(plan, PolicyBroken)}
        waiting = deque(planned[first : first + batch_size] for first in range(0, len(planned), batch_size))
        while waiting:
            people = waiting.popleft()
            try:
                self._judge(self._asked.runner, people)
            except CallFailed as failed:
                if len(people) == 1 or not failed.divisible:
                    self._blame(people, failed)
                elif not failed.cost:
                    half = len(people) // 2
                    waiting.extendleft((people[half:], people[:half]))
                else:
                    begun = time.monotonic()
                    left = self._find(people, until=begun + finding_seconds)
                    finding_seconds -= time.monotonic() - begun
                    if left:
                        # No time is left for them, nor for those of whom nobody knows whether they would cost as much.
                        self._outcomes.update(self._broken([*left, *chain(*waiting)], failed))
                        break
        return [self._outcomes[place] for place in range(len(self._months))]

    def _find(self, people: Sequence[int], until: float) -> list[int]:
        """Has each of these judged alone; answers for whom there was no time."""
        with self._asked.runner.apart() as runners:
            # Whoever looked for the same while this call had to wait has found some of them.
            months = [self._months[place] for place in people]
            known = self._culprits.known(self._asked.identity, self._asked.parameters, months)
            self._outcomes.update({people[place]: broken for place, broken in known.items()})
            unknown = [place for number, place in enumerate(people) if number not in known]
            finding = Finding(
                lambda runner, place: self._judge(runner, [place], alone=True),
                lambda place, failed: self._blame([place], failed),
                until=until,
            )
            return finding.among(unknown, runners)

    def _blame(self, people: Sequence[int], failed: CallFailed) -> None:
        broken = self._broken(people, failed)
        self._outcomes.update(broken)
        if failed.cost and failed.sure and failed.divisible:
            found = {self._months[place]: one for place, one in broken.items()}
            self._culprits.keep(self._asked.identity, self._asked.parameters, found)

    def _broken(self, people: Sequence[int], failed: CallFailed) -> dict[int, PolicyBroken]:
        return dict.fromkeys(people, self._asked.broken(failed.failure))

    def _judge(self, runner: Runner, people: Sequence[int], *, alone: bool = False) -> None:
        batch, plans = self._batch(people)
        judged = runner.judge(self._asked.identity, self._asked.parameters, batch, alone=alone)
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
