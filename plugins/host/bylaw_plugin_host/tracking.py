"""Courier adapters, wherever they run: whether settings fit, what a provider knows, and what it pushes (ORD-2)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bylaw_hooks.couriers import Push, PushAnswer, TrackReport, Waybill

from bylaw_plugin_host.courier_checking import faults_of_reports
from bylaw_plugin_host.courier_questions import (
    CourierQuestion,
    CourierWay,
    Reports,
    hear_answer,
    say_facts,
    say_push,
)
from bylaw_plugin_host.discovery import Found, PluginRefused, installed
from bylaw_plugin_host.leave_questions import NoSuchShape
from bylaw_plugin_host.losses import Told, losses_of
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure, Runner
from bylaw_plugin_host.outward_calls import SHAPELESS
from bylaw_plugin_host.starting import introduced
from bylaw_plugin_host.workers import Limits

LIMITS = Limits()
ANOTHER = Failure(ANSWER_INVALID, detail="an answer of another parcel")
Stated = Mapping[str, str]


class OfferedCourier(NamedTuple):
    """An adapter that a distribution ("name version") brings, and the names of its settings."""

    name: str
    title_zh: str
    title_en: str
    settings: Collection[str]
    phone_couriers: frozenset[str]
    subscribes: bool
    distribution: str


class CourierBroken(Exception):  # noqa: N818
    """An adapter failed otherwise than by saying so: `detail` names the kind of error, never a number or a secret."""

    def __init__(self, name: str, distribution: str, *, reason: str, detail: str) -> None:
        self.name, self.distribution, self.reason, self.detail = name, distribution, reason, detail
        super().__init__(f"{name} of {distribution}: {reason} {detail}")


class CourierHost:
    """All adapters installed here. Those we ship run inside; every other in its distribution's worker."""

    def __init__(self, runners: Iterable[Runner]) -> None:
        self._runners = list(runners)
        self._by_name = {offer.name: one for one in self._runners for offer in one.manifest.couriers}

    def offered(self) -> list[OfferedCourier]:
        """Every adapter, by name."""
        found = [
            OfferedCourier(
                offer.name,
                offer.title_zh,
                offer.title_en,
                offer.settings,
                frozenset(offer.phone_couriers),
                offer.subscribes,
                one.manifest.titled,
            )
            for one in self._runners
            for offer in one.manifest.couriers
        ]
        return sorted(found, key=lambda one: one.name)

    def check_settings(self, name: str, stated: Stated) -> None:
        """Whether settings, each as text, fit; raises ParametersRefused with each fault, or PluginRefused."""
        try:
            self._by_name[name].check_settings(name, stated)
        except CallFailed as failed:
            how = failed.failure.detail or failed.failure.reason
            raise PluginRefused(
                self._by_name[name].manifest.distribution,
                "SETTINGS_NOT_CHECKED",
                zh=f"检查 {name} 的设置时出错({how})；请修复或卸载",
                en=f"it failed while checking the settings of {name} ({how}); repair or uninstall it",
            ) from failed

    def ask(self, name: str, stated: Stated, waybill: Waybill, *, within_seconds: float) -> TrackReport:
        """What the provider knows of a parcel; raises CourierFailed where it says so, or CourierBroken."""
        facts = say_facts(CourierWay.ASK, waybill)
        report: TrackReport = self._answer(CourierQuestion(CourierWay.ASK, name, stated, facts, within_seconds))
        self._check(name, (report,))
        if report.waybill != waybill.number:
            raise self._broken(name, ANOTHER)
        return report

    def subscribe(self, name: str, stated: Stated, waybill: Waybill, *, callback: str, within_seconds: float) -> None:
        """Have the provider push; raises CourierFailed or CourierBroken."""
        facts = say_facts(CourierWay.SUBSCRIBE, waybill, callback)
        self._answer(CourierQuestion(CourierWay.SUBSCRIBE, name, stated, facts, within_seconds))

    def verified(self, name: str, stated: Stated, push: Push) -> Reports:
        """The reports of a push; raises PushRefused or CourierBroken."""
        reports: Reports = self._answer(CourierQuestion(CourierWay.VERIFIED, name, stated, say_push(push)))
        self._check(name, reports)
        return reports

    def answer(self, name: str, stated: Stated, *, taken: bool, at: datetime) -> PushAnswer:
        """What to answer a push; raises CourierBroken."""
        facts = say_facts(CourierWay.ANSWER, taken, at)
        answer: PushAnswer = self._answer(CourierQuestion(CourierWay.ANSWER, name, stated, facts))
        return answer

    def keep(self, names: Collection[str]) -> None:
        """Ends the workers of distributions that bring none of these adapters: nobody is going to ask them."""
        needed = {id(one) for name, one in self._by_name.items() if name in names}
        for one in self._runners:
            if id(one) not in needed:
                one.close()
        self._runners = [one for one in self._runners if id(one) in needed]
        self._by_name = {name: one for name, one in self._by_name.items() if id(one) in needed}

    def losses(self) -> Told:
        """What each distribution in a worker has cost since the start."""
        return losses_of(self._runners)

    def close(self) -> None:
        """Ends every process, and at once whatever is being asked."""
        for one in self._runners:
            one.close()

    def _answer(self, question: CourierQuestion) -> Any:
        try:
            return hear_answer(question.way, self._by_name[question.adapter].courier(question))
        except NoSuchShape:
            raise self._broken(question.adapter, SHAPELESS) from None
        except CallFailed as failed:
            raise self._broken(question.adapter, failed.failure) from failed

    def _check(self, name: str, reports: Reports) -> None:
        for fault in faults_of_reports(reports):
            raise self._broken(name, fault)

    def _broken(self, name: str, failure: Failure) -> CourierBroken:
        distribution = self._by_name[name].manifest.titled
        return CourierBroken(name, distribution, reason=failure.reason, detail=failure.detail)


def start_couriers(found: Iterable[Found] | None = None, *, limits: Limits = LIMITS) -> CourierHost:
    """A host over the adapters of all that is installed, or of these; PluginRefused names the distribution at fault."""
    kept = []
    for one in introduced(installed() if found is None else list(found), limits):
        if one.manifest.couriers:
            kept.append(one)
        else:
            one.close()
    return CourierHost(kept)
