"""The leave policies that are installed here, wherever they run: what is asked of them, and every answer checked."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Step,
    Taken,
)
from bylaw_kit.checking import Exists

from bylaw_plugin_host.leave_checking import (
    faults_of_approval,
    faults_of_entitlements,
    faults_of_kinds,
    faults_of_measure,
    faults_of_objections,
)
from bylaw_plugin_host.leave_questions import LeaveQuestion, LeaveWay, NoSuchShape, hear_answer, say_facts
from bylaw_plugin_host.outcomes import (
    ANSWER_INVALID,
    CallFailed,
    Failure,
    ParametersRefused,
    PolicyBroken,
    PolicyGone,
    Runner,
)

KEPT_KINDS = 256
SHAPELESS = Failure(ANSWER_INVALID, detail="an answer of another kind than agreed")


class OfferedLeave(NamedTuple):
    """A version of a leave policy that a distribution ("name version") offers."""

    identity: str
    title_zh: str
    title_en: str
    schema: Mapping[str, Any]
    distribution: str


class Chosen(NamedTuple):
    """A version of a policy with its parameters, as JSON."""

    identity: str
    parameters: str


class LeaveHost:
    """Every question raises PolicyGone, ParametersRefused with what is wrong where, or PolicyBroken.

    Safe for threads. Nothing but kinds is kept between calls; the processes are the policy host's to end.
    """

    def __init__(self, runners: Iterable[Runner], exists: Exists) -> None:
        self._offers = {offer.identity: (one, offer) for one in runners for offer in one.manifest.leave_policies}
        self._exists = exists
        self._kinds = lru_cache(KEPT_KINDS)(self._asked_kinds)  # a failure is not kept: the next call asks again

    def offered(self) -> list[OfferedLeave]:
        """Every version of every policy, by name."""
        return [
            OfferedLeave(name, offer.title_zh, offer.title_en, offer.schema_of_parameters, runner.manifest.titled)
            for name, (runner, offer) in sorted(self._offers.items())
        ]

    def check_parameters(self, chosen: Chosen) -> str:
        """Parameters with what is not named at its default, as canonical JSON."""
        told: str = self._ask(chosen, LeaveWay.PARAMETERS)
        return told

    def kinds(self, chosen: Chosen) -> tuple[LeaveKind, ...]:
        """The kinds of leave that it knows."""
        return self._kinds(chosen)

    def entitlements(self, chosen: Chosen, employment: Employment, span: Period) -> tuple[Entitlement, ...]:
        """What somebody is given, or what is taken back, on the days of the span."""
        given: tuple[Entitlement, ...] = self._ask(chosen, LeaveWay.ENTITLEMENTS, employment, span)
        asked, kinds = (employment, span), self.kinds(chosen)
        self._sound(chosen, faults_of_entitlements(given, asked, kinds=kinds, exists=self._exists))
        return given

    def measure(self, chosen: Chosen, request: LeaveRequest, days: tuple[LeaveDay, ...]) -> tuple[Taken, ...]:
        """What a request takes of each of the days that it reaches."""
        measured: tuple[Taken, ...] = self._ask(chosen, LeaveWay.MEASURE, request, days)
        kind = next(kind for kind in self.kinds(chosen) if kind.code == request.kind)
        self._sound(chosen, faults_of_measure(measured, request, days=days, kind=kind))
        return measured

    def admit(
        self, chosen: Chosen, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        """What speaks against a request."""
        found: tuple[Objection, ...] = self._ask(chosen, LeaveWay.ADMIT, request, measured, standing)
        self._sound(chosen, faults_of_objections(found, request.first, exists=self._exists))
        return found

    def approval(self, chosen: Chosen, request: LeaveRequest, measured: tuple[Taken, ...]) -> tuple[Step, ...]:
        """Who is asked, one after the other."""
        steps: tuple[Step, ...] = self._ask(chosen, LeaveWay.APPROVAL, request, measured)
        self._sound(chosen, faults_of_approval(steps, request.first))
        return steps

    def _asked_kinds(self, chosen: Chosen) -> tuple[LeaveKind, ...]:
        kinds: tuple[LeaveKind, ...] = self._ask(chosen, LeaveWay.KINDS)
        self._sound(chosen, faults_of_kinds(kinds, self._exists))
        return kinds

    def _ask(self, chosen: Chosen, way: LeaveWay, *facts: Any) -> Any:
        if chosen.identity not in self._offers:
            raise PolicyGone(chosen.identity)
        runner, offer = self._offers[chosen.identity]
        try:
            return hear_answer(way, runner.leave(LeaveQuestion(way, *chosen, say_facts(way, *facts))))
        except NoSuchShape:
            raise self._broken(chosen, SHAPELESS) from None
        except CallFailed as failed:
            raise self._broken(chosen, failed.failure) from failed
        except ParametersRefused as refused:
            raise ParametersRefused(refused.violations, offer.schema_of_parameters) from None

    def _sound(self, chosen: Chosen, faults: Iterator[Failure]) -> None:
        for fault in faults:
            raise self._broken(chosen, fault)

    def _broken(self, chosen: Chosen, failure: Failure) -> PolicyBroken:
        distribution = self._offers[chosen.identity][0].manifest.titled
        told = failure._asdict()
        return PolicyBroken(told.pop("reason"), identity=chosen.identity, distribution=distribution, **told)
