"""What a shift pattern is: a name, a version, parameters, and a plan; binding and judging are inherited."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from bylaw_hooks.answers import MonthAnswer
from bylaw_hooks.columns import AnswerColumns, FactColumns, PlanColumns
from bylaw_hooks.facts import DayFacts, MonthFacts
from bylaw_hooks.judging import Bound, bind, judge
from bylaw_hooks.parameters import Both, CardParameters
from bylaw_hooks.plan import MonthPlan, PlannedDay, compile_plan

P = TypeVar("P", bound=CardParameters)


class ShiftPattern(ABC, Generic[P]):
    """A pattern is pure: same facts and parameters, same answer. It keeps nothing from call to call."""

    name: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[Both]
    parameters: type[P]

    @property
    def identity(self) -> str:
        """How an assignment and a stored verdict name it: "fixed-week@1"."""
        return f"{self.name}@{self.version}"

    @abstractmethod
    def plan(self, days: tuple[DayFacts, ...], parameters: P) -> Iterator[PlannedDay]:
        """Say of each day given, in order, whether it is worked and when: all that a simple pattern says."""

    def cells(self, parameters: P) -> tuple[str, ...] | None:  # noqa: ARG002 - a pattern may ask them
        """The words that it knows in a cell of the rota; any other is refused when it is published. None: any word."""
        return None

    def compile(self, days: tuple[DayFacts, ...], parameters: P) -> MonthPlan:
        """The plan in columns; keep it for all people who share days and parameters (both are hashable)."""
        return compile_plan(days, self.plan(days, parameters), parameters=parameters)

    def bind(self, facts: MonthFacts, plan: MonthPlan, *, parameters: P) -> Bound:
        """Which punch belongs to which card."""
        return bind(facts, plan, repeat_minutes=parameters.repeat_minutes)

    def judge(self, facts: MonthFacts, plan: MonthPlan, *, bound: Bound, parameters: P) -> MonthAnswer:
        """What each card and each half amounts to."""
        return judge(facts, plan, bound=bound, parameters=parameters)

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: P) -> MonthAnswer:
        """The easy form: one person and month."""
        bound = self.bind(facts, plan, parameters=parameters)
        return self.judge(facts, plan, bound=bound, parameters=parameters)


class BatchShiftPattern(ShiftPattern[P]):
    """For the brave: judges the months of many people at once, and is asked in no other way by the service."""

    @abstractmethod
    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: P) -> AnswerColumns:
        """The batch form: the same answers as `judge_month`, which the conformance kit compares."""
