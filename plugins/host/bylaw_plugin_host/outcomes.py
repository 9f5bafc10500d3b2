"""What comes of asking a policy: an answer per person, or a named failure that concerns nobody else."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from bylaw_hooks import AnswerColumns, DayFacts, FactColumns, MonthFacts, NoticeFacts, PlanColumns

from bylaw_plugin_host.courier_questions import CourierQuestion
from bylaw_plugin_host.importer_questions import Headers, Matched, Read, ReadWish
from bylaw_plugin_host.layout_questions import LayoutQuestion
from bylaw_plugin_host.leave_questions import LeaveQuestion
from bylaw_plugin_host.manifest import Manifest

FAILED, TIMED_OUT, ANSWER_INVALID = "POLICY_FAILED", "POLICY_TIMED_OUT", "POLICY_ANSWER_INVALID"


class Offered(NamedTuple):
    """A version of a pattern that a distribution ("name version") offers; `form` is "easy" or "batch"."""

    identity: str
    title_zh: str
    title_en: str
    schema: Mapping[str, Any]
    distribution: str
    form: str


class PersonAnswer(NamedTuple):
    """One person's slice of AnswerColumns, checked: two cards a segment of their plan (in, out), one verdict."""

    kinds: bytes
    minutes: list[int]
    punches: list[int | None]
    clauses: list[str]
    verdicts: bytes
    verdict_clauses: list[str]
    worked_minutes: list[int]


class PolicyBroken(Exception):  # noqa: N818 - the family of refusals speaks so
    """A policy did not do its work: the reason, whose it is, and the rule and day it broke if it is about an answer.

    `detail` is for logs: it names kinds of errors and places in code, never a value of the facts.
    """

    def __init__(
        self,
        reason: str,
        *,
        identity: str,
        distribution: str,
        rule: str = "",
        work_date: date | None = None,
        detail: str = "",
    ) -> None:
        self.reason, self.identity, self.distribution = reason, identity, distribution
        self.rule, self.work_date, self.detail = rule, work_date, detail
        super().__init__(f"{reason}: {identity} of {distribution} {rule} {work_date or ''} {detail}")


class PolicyGone(Exception):  # noqa: N818
    """No distribution installed here offers that `name@version`."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        super().__init__(identity)


class ParametersRefused(Exception):  # noqa: N818
    """Parameters that the policy's model refuses: `violations` by type, loc, ctx and msg (its author's words or "").

    `schema` is that of the parameters where the host knows it: what is said of them names their titles and choices.
    """

    def __init__(self, violations: Sequence[Mapping[str, Any]], schema: Mapping[str, Any] | None = None) -> None:
        self.violations, self.schema = violations, schema or {}
        super().__init__(f"{len(violations)} wrong")


class Failure(NamedTuple):
    """Why one person, or a whole batch, could not be answered."""

    reason: str
    rule: str = ""
    work_date: date | None = None
    detail: str = ""


class CallFailed(Exception):  # noqa: N818
    """A call to a policy went wrong as a whole.

    Where `divisible`, parts of a batch are worth another try; where it `cost` a process, not without end. It is not
    `sure` where the machine was too busy to tell: then nobody is to be remembered for it.
    """

    def __init__(self, failure: Failure, *, divisible: bool = True, cost: bool = False, sure: bool = True) -> None:
        self.failure, self.divisible, self.cost, self.sure = failure, divisible, cost, sure
        super().__init__(failure.reason)


@dataclass(frozen=True, slots=True)
class Batch:
    """People to judge: their facts, as columns too, the calendars among them, and which is whose."""

    months: Sequence[MonthFacts]
    facts: FactColumns
    calendars: tuple[tuple[DayFacts, ...], ...]
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """Answers of those who could be answered, in order; who failed, by place in the batch; by which plans."""

    answers: AnswerColumns
    failures: Mapping[int, Failure]
    plan_digests: Sequence[str]


@dataclass(slots=True)
class Losses:
    """How many workers a distribution has cost since the start, and how many of them for the time they took."""

    ended: int = 0
    timed_out: int = 0


class Runner(Protocol):
    """A distribution's policies, wherever they run. What it answers is not checked yet."""

    @property
    def manifest(self) -> Manifest:
        """What it offers."""

    @property
    def losses(self) -> Losses | None:
        """What it has cost in workers; None where it runs in none."""

    def check_parameters(self, identity: str, parameters: str) -> str:
        """Canonical JSON with every default; raises ParametersRefused or CallFailed."""

    def cells(self, identity: str, parameters: str) -> tuple[str, ...] | None:
        """The words it knows in a rota's cell, None for any; raises ParametersRefused or CallFailed."""

    def plan(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        """One calendar's plan; raises ParametersRefused or CallFailed."""

    def plans(self, identity: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> Sequence[PlanColumns]:
        """The plans of many calendars at once, or of none where each is better asked for; raises as `plan` does."""

    def judge(self, identity: str, parameters: str, batch: Batch, *, alone: bool = False) -> Judged:
        """A batch's answers; raises ParametersRefused or CallFailed.

        One who is asked `alone`, for a batch had failed, gets less time, and none of it is spent on their plan.
        """

    def apart(self) -> AbstractContextManager[Sequence["Runner"]]:
        """Runners of the same, to ask people alone by, side by side; for one caller at a time."""

    def leave(self, question: LeaveQuestion) -> str:
        """A leave policy's answer as JSON; raises ParametersRefused or CallFailed."""

    def export(self, question: LayoutQuestion) -> bytes:
        """A layout's tables as JSON; raises CallFailed."""

    def courier(self, question: CourierQuestion) -> bytes:
        """A courier adapter's answer as JSON; raises CourierFailed, PushRefused, ParametersRefused or CallFailed."""

    def match_headers(self, identity: str, headers: Headers) -> Matched:
        """Which of these headings an importer knows, and what they lack together; raises CallFailed."""

    def read_orders(self, wish: ReadWish) -> Iterator[Read]:
        """What an importer reads, one after the other; raises CallFailed, which may be in the middle."""

    def check_settings(self, channel: str, stated: Mapping[str, str]) -> None:
        """Whether a channel's, or an adapter's, settings, each as text, fit; raises ParametersRefused or CallFailed."""

    def deliver(
        self, channel: str, stated: Mapping[str, str], notice: NoticeFacts, *, address: str, within_seconds: float
    ) -> None:
        """Hand a notice over; raises DeliveryFailed, ParametersRefused or CallFailed."""

    def output(self) -> str:
        """The end of what it printed, where that is not the service's own output."""

    def close(self) -> None:
        """End what it started."""
