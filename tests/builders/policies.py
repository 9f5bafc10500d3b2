"""Shift patterns that tests bring along: good ones that show what they are told, and bad ones of every kind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from bylaw_fixed_week.parameters import Week
from bylaw_fixed_week.pattern import FixedWeek
from bylaw_hooks import Both, DayFacts, MonthAnswer, MonthFacts, MonthPlan, PlannedDay, ShiftPattern
from bylaw_kit.checking import Exists
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.registering import Registered, register
from bylaw_plugin_host.starting import inline


class PlainWeek(ShiftPattern[Week]):
    """The fixed week in its easy form, which is also the base of the bad ones."""

    name, version, title = "plain", 1, Both("普通班", "Plain week")
    parameters = Week

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:
        yield from FixedWeek().plan(days, parameters)


class Rota(PlainWeek):
    """Rests where the rota says `rest`, works by the week everywhere else."""

    name, title = "rota", Both("排班", "Rota")

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:
        for day, planned in zip(days, FixedWeek().plan(days, parameters), strict=True):
            yield PlannedDay(day.work_date, "HRS-2") if day.cell == "rest" else planned


class Moody(PlainWeek):
    """Raises over whoever has punched."""

    name, title = "moody", Both("任性班", "Moody week")

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Week) -> MonthAnswer:
        if facts.punches:
            raise ZeroDivisionError("a fault of the plugin")
        return super().judge_month(facts, plan, parameters)


class Lying(PlainWeek):
    """Finds negative minutes at the last card of whoever has punched."""

    name, title = "lying", Both("谎报班", "Lying week")

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Week) -> MonthAnswer:
        answer = super().judge_month(facts, plan, parameters)
        return replace(answer, minutes=(*answer.minutes[:-1], -5)) if facts.punches else answer


class Foreign(PlainWeek):
    """Cites a clause that no rulebook has, of whoever has punched."""

    name, title = "foreign", Both("外规班", "Foreign week")

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Week) -> MonthAnswer:
        answer = super().judge_month(facts, plan, parameters)
        clauses = ("ACME-99",) * len(answer.clauses)
        return replace(answer, clauses=clauses) if facts.punches else answer


class Broken(PlainWeek):
    """Cannot plan at all; says how often it was asked to."""

    name, title = "broken", Both("坏班", "Broken week")
    asked = 0

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:  # noqa: ARG002
        self.asked += 1
        raise KeyError(days[0].work_date)


@cache
def _shipped() -> tuple[Registered, ...]:
    return tuple(one for found in installed() for one in register(found.entry).patterns)


def brought(*patterns: ShiftPattern[Any], distribution: str = "acme-patterns") -> Callable[[Exists], PolicyHost]:
    """What is installed here, and these patterns of one distribution, version 0.3."""

    def start(exists: Exists) -> PolicyHost:
        return inline([*_shipped(), *(Registered(one, distribution, "0.3") for one in patterns)], exists)

    return start
