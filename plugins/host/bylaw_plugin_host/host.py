"""The plugin host: what is offered, parameters checked, months planned and judged, every answer checked."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import Any, TypeVar

from bylaw_hooks import DayFacts, MonthFacts, PlanColumns
from bylaw_kit.checking import Exists

from bylaw_plugin_host.checking_plans import faults_of_plan
from bylaw_plugin_host.culprits import Culprits
from bylaw_plugin_host.digests import digest
from bylaw_plugin_host.judging import Asked, Judging, SoundPlan
from bylaw_plugin_host.kept import Kept
from bylaw_plugin_host.layout_host import LayoutHost
from bylaw_plugin_host.leave_host import LeaveHost
from bylaw_plugin_host.losses import Told, losses_of
from bylaw_plugin_host.outcomes import (
    ANSWER_INVALID,
    TIMED_OUT,
    CallFailed,
    Failure,
    Offered,
    ParametersRefused,
    PersonAnswer,
    PolicyBroken,
    PolicyGone,
    Runner,
)
from bylaw_plugin_host.sound_plans import are_sound
from bylaw_plugin_host.workers import Limits

BATCH_OF_EASY, BATCH_OF_COLUMNS = 100, 500
"""People a message, by the form of the pattern: measured."""
KEPT_PLANS = 512
MOST_CALENDARS = 3
"""A policy that hangs over so many calendars within one call is not asked to plan the others."""
FINDING_SECONDS = Limits().finding_seconds
T = TypeVar("T")


class PolicyHost:
    """All policies installed here, wherever they run. Safe for threads; `close` ends every process it started."""

    def __init__(self, runners: Iterable[Runner], exists: Exists, *, finding_seconds: float = FINDING_SECONDS) -> None:
        self._runners = list(runners)
        self.leave = LeaveHost(self._runners, exists)
        self.layouts = LayoutHost(self._runners)
        self._exists, self._finding_seconds = exists, finding_seconds
        self._by_identity = {offer.identity: one for one in self._runners for offer in one.manifest.patterns}
        self._forms = {offer.identity: offer.form for one in self._runners for offer in one.manifest.patterns}
        self._culprits = Culprits()
        self._kept = Kept[tuple[str, str, tuple[DayFacts, ...]], SoundPlan](KEPT_PLANS)

    def offered(self) -> list[Offered]:
        """Every pattern, each version by itself, by name."""
        found = [
            Offered(
                offer.identity,
                offer.title_zh,
                offer.title_en,
                offer.schema_of_parameters,
                one.manifest.titled,
                offer.form,
            )
            for one in self._runners
            for offer in one.manifest.patterns
        ]
        return sorted(found, key=lambda one: one.identity)

    def distribution(self, identity: str) -> str:
        """Who offers a pattern, "name version"; raises PolicyGone."""
        return self._runner(identity).manifest.titled

    def check_parameters(self, identity: str, parameters: str) -> str:
        """Parameters with what is not named at its default, as canonical JSON.

        Raises PolicyGone, ParametersRefused with what is wrong where, or PolicyBroken.
        """
        asked = Asked(self._runner(identity), identity, parameters)
        return _named(asked, lambda: asked.runner.check_parameters(identity, parameters))

    def cells(self, identity: str, parameters: str) -> tuple[str, ...] | None:
        """The words that a pattern knows in a cell of the rota; None: any.

        Raises PolicyGone, ParametersRefused or PolicyBroken.
        """
        asked = Asked(self._runner(identity), identity, parameters)
        return _named(asked, lambda: asked.runner.cells(identity, parameters))

    def plan(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        """The sound plan of one calendar; raises PolicyGone, ParametersRefused or PolicyBroken."""
        self._runner(identity)
        return self._sound_plan(identity, parameters, days).columns

    def plan_ahead(self, identity: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> None:
        """Has the plans of these at hand if all of them are sound: what is wrong with one is for `plan` to say.

        Raises PolicyGone.
        """
        runner = self._runner(identity)
        unknown = [days for days in calendars if (identity, parameters, days) not in self._kept][:KEPT_PLANS]
        try:
            plans = runner.plans(identity, parameters, unknown)
        except (CallFailed, ParametersRefused):
            return
        if plans and are_sound(unknown, plans, self._exists):
            for days, columns in zip(unknown, plans, strict=True):
                self._kept.put((identity, parameters, days), SoundPlan(columns, digest(columns)))

    def judge(
        self, identity: str, parameters: str, months: Sequence[MonthFacts], *, within_seconds: float = inf
    ) -> Sequence[PersonAnswer | PolicyBroken]:
        """The sound answer, or what broke, for each of these people, in their order.

        Whom a policy fails on is looked for as long as the limits say and the caller has time: the next call goes on
        from there. Raises PolicyGone and ParametersRefused, which concern them all.
        """
        ends = time.monotonic() + within_seconds
        asked = Asked(self._runner(identity), identity, parameters)
        known = self._culprits.known(identity, parameters, months)
        plans = [known.get(place, plan) for place, plan in enumerate(self._plan_of_each(asked, months))]
        judging = Judging(asked, months, plans=plans, exists=self._exists, culprits=self._culprits)
        size = BATCH_OF_COLUMNS if self._forms[identity] == "batch" else BATCH_OF_EASY
        return judging.run(size, min(self._finding_seconds, ends - time.monotonic()))

    def outputs(self) -> dict[str, str]:
        """The end of what each distribution in a worker printed, by "name version": for operators, not for logs."""
        return {one.manifest.titled: one.output() for one in self._runners}

    def losses(self) -> Told:
        """What each distribution in a worker has cost since the start."""
        return losses_of(self._runners)

    def close(self) -> None:
        """Ends every process; the host is of no use afterwards."""
        for one in self._runners:
            one.close()

    def _runner(self, identity: str) -> Runner:
        try:
            return self._by_identity[identity]
        except KeyError:
            raise PolicyGone(identity) from None

    def _sound_plan(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> SoundPlan:
        return self._kept.get((identity, parameters, days), lambda: self._planned(identity, parameters, days))

    def _planned(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> SoundPlan:
        asked = Asked(self._runner(identity), identity, parameters)
        columns = _named(asked, lambda: asked.runner.plan(identity, parameters, days))
        for fault in faults_of_plan(days, columns, self._exists):
            raise asked.broken(Failure(ANSWER_INVALID, fault.rule, fault.work_date, "the plan"))
        return SoundPlan(columns, digest(columns))

    def _plan_of_each(self, asked: Asked, months: Sequence[MonthFacts]) -> list[SoundPlan | PolicyBroken]:
        """Calendars are mostly one object shared by many: looked up by it, for comparing all their days costs more."""
        kept: dict[int, SoundPlan | PolicyBroken] = {}
        hung: list[PolicyBroken] = []
        for month in months:
            if id(month.days) not in kept:
                # Whoever hangs over several calendars is not waited for over all the others.
                plan = hung[-1] if len(hung) >= MOST_CALENDARS else self._plan_or_fault(asked, month.days)
                kept[id(month.days)] = plan
                if isinstance(plan, PolicyBroken) and plan.reason == TIMED_OUT:
                    hung.append(plan)
        return [kept[id(month.days)] for month in months]

    def _plan_or_fault(self, asked: Asked, days: tuple[DayFacts, ...]) -> SoundPlan | PolicyBroken:
        try:
            return self._sound_plan(asked.identity, asked.parameters, days)
        except PolicyBroken as broken:
            return broken


def _named(asked: Asked, call: Callable[[], T]) -> T:
    try:
        return call()
    except CallFailed as failed:
        raise asked.broken(failed.failure) from failed
    except ParametersRefused as refused:
        raise ParametersRefused(refused.violations, _schema(asked)) from None


def _schema(asked: Asked) -> Mapping[str, Any]:
    offers = asked.runner.manifest.patterns
    return next(offer.schema_of_parameters for offer in offers if offer.identity == asked.identity)
