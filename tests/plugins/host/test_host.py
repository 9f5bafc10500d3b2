"""The host inside a service: batches of both forms, who is named, what is protected, and many threads at once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    CardParameters,
    DayFacts,
    FactColumns,
    MonthAnswer,
    MonthFacts,
    MonthPlan,
    PlanColumns,
    PlannedDay,
    ShiftPattern,
    days_between,
)
from bylaw_kit.adapting import columns_of, judge_columns
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import PersonAnswer, PolicyBroken
from bylaw_plugin_host.registering import Registered
from bylaw_plugin_host.starting import inline

from tests.plugins.gallery.ordinary import CULPRIT, Ordinary
from tests.plugins.host.conftest import DAYS, Host, months

IDENTITY = "acme-ordinary@1"


class ByColumns(Ordinary, BatchShiftPattern[CardParameters]):
    """The batch form of the same mornings."""

    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
        calendars = [DAYS] * (len(plans.day_offsets) - 1)
        return judge_columns(Ordinary(), calendars, facts, parameters)


def over(pattern: ShiftPattern[Any]) -> PolicyHost:
    return inline([Registered(pattern, "acme-patterns", "1.2")], lambda clause, _: clause != "NO-1")


def outcome(pattern: ShiftPattern[Any], people: Sequence[MonthFacts] = ()) -> dict[int, PolicyBroken]:
    """Who of eight, or of these, is broken."""
    answers = over(pattern).judge(IDENTITY, "{}", people or months())
    return {place: one for place, one in enumerate(answers) if isinstance(one, PolicyBroken)}


def test_both_forms_answer_alike_in_any_size_and_order() -> None:
    people = [replace(month, punches=month.punches[month.person % 7 :]) for month in months(230)]
    easy = over(Ordinary()).judge(IDENTITY, "{}", people)
    assert over(ByColumns()).judge(IDENTITY, "{}", people) == easy
    assert over(Ordinary()).judge(IDENTITY, "{}", people[::-1]) == easy[::-1]
    assert [over(ByColumns()).judge(IDENTITY, "{}", [one])[0] for one in people[:9]] == easy[:9]
    assert len({str(one) for one in easy}) == 7


def test_nobody_to_judge_is_no_work() -> None:
    assert over(Ordinary()).judge(IDENTITY, "{}", []) == []


def test_people_of_several_calendars_are_judged_each_by_their_own() -> None:
    first = days_between(DAYS, date(2026, 9, 1), date(2026, 9, 10))
    none = days_between(DAYS, date(2026, 8, 1), date(2026, 8, 2))
    people = [replace(month, days=(DAYS, first, none)[month.person % 3]) for month in months()]
    answers = over(Ordinary()).judge(IDENTITY, "{}", people)
    assert [len(one.verdicts) for one in answers if isinstance(one, PersonAnswer)] == [30, 10, 0, 30, 10, 0, 30, 10]


class RaisingByColumns(ByColumns):
    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
        if CULPRIT in facts.person.tolist():
            raise KeyError("somebody")
        return super().judge_batch(facts, plans, parameters)


class ShortByColumns(ByColumns):
    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
        answers = super().judge_batch(facts, plans, parameters)
        return replace(answers, kinds=answers.kinds[1:]) if CULPRIT in facts.person.tolist() else answers


class BytesByColumns(ByColumns):
    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
        answers = super().judge_batch(facts, plans, parameters)
        spoiled = memoryview(bytes(answers.kinds.tolist()))
        return replace(answers, kinds=spoiled) if CULPRIT in facts.person.tolist() else answers


class NothingByColumns(ByColumns):
    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
        return None if CULPRIT in facts.person.tolist() else super().judge_batch(facts, plans, parameters)


@pytest.mark.parametrize(
    ("pattern", "reason", "rule"),
    [
        (RaisingByColumns(), "POLICY_FAILED", ""),
        (ShortByColumns(), "POLICY_ANSWER_INVALID", "C2"),
        (BytesByColumns(), "POLICY_ANSWER_INVALID", "C2"),
        (NothingByColumns(), "POLICY_ANSWER_INVALID", "C1"),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, ShiftPattern) else one,
)
def test_a_batch_is_halved_until_the_culprit_is_named(pattern: ShiftPattern[Any], reason: str, rule: str) -> None:
    broken = outcome(pattern)
    assert {place: (one.reason, one.rule) for place, one in broken.items()} == {CULPRIT: (reason, rule)}


def test_columns_of_numpy_are_taken_as_they_are() -> None:
    class ByNumpy(ByColumns):
        def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> AnswerColumns:
            answers = super().judge_batch(facts, plans, parameters)
            made = {name: memoryview(np.array(getattr(answers, name).tolist())) for name in ("kinds", "minutes")}
            return replace(answers, **made)

    assert outcome(ByNumpy()) == {}


class Tampering(Ordinary):
    """Changes what all share."""

    def __init__(self, what: str) -> None:
        self._what = what

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            shared: dict[str, tuple[object, str, object]] = {
                "days": (facts.days[0], "cell", "rest"),
                "plan": (plan, "half_clauses", ("NO-1", *plan.half_clauses[1:])),
                "parameters": (parameters, "repeat_minutes", 99),
            }
            thing, name, value = shared[self._what]
            parameters.__dict__.update({name: value}) if thing is parameters else object.__setattr__(thing, name, value)
        return super().judge_month(facts, plan, parameters)


@pytest.mark.parametrize("what", ["days", "plan", "parameters"])
def test_whoever_changes_what_all_share_is_believed_in_nothing(what: str) -> None:
    own = tuple(replace(day) for day in DAYS)
    broken = outcome(Tampering(what), [replace(month, days=own) for month in months()])
    assert {(one.reason, one.rule) for one in broken.values()} == {("POLICY_ANSWER_INVALID", "C18")}
    assert len(broken) == 8


def test_columns_lie_over_what_nobody_can_change() -> None:
    seen: list[memoryview] = []

    class Looking(ByColumns):
        def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> Any:
            seen.extend((*columns_of(facts), *columns_of(plans)))
            return super().judge_batch(facts, plans, parameters)

    assert outcome(Looking()) == {}
    assert {(type(column.obj), column.readonly) for column in seen} == {(bytes, True)}
    assert len(seen) == 24


class Sulking(Ordinary):
    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        if any(day.work_date == date(2026, 9, 20) and day.inside for day in days):
            raise RuntimeError("not on the twentieth")
        return super().plan(days, parameters)


def test_a_plan_that_fails_concerns_those_of_that_calendar_only() -> None:
    first = days_between(DAYS, date(2026, 9, 1), date(2026, 9, 10))
    people = [replace(month, days=first if month.person % 2 else DAYS) for month in months()]
    broken = outcome(Sulking(), people)
    assert set(broken) == {0, 2, 4, 6}
    assert {(one.reason, one.identity, one.distribution) for one in broken.values()} == {
        ("POLICY_FAILED", IDENTITY, "acme-patterns 1.2")
    }
    with pytest.raises(PolicyBroken) as refused:
        over(Sulking()).plan(IDENTITY, "{}", DAYS)
    assert refused.value.detail.startswith("RuntimeError at test_host.py:")


class UnknownClause(Ordinary):
    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        for day in super().plan(days, parameters):
            yield replace(day, why="NO-1") if day.work_date == date(2026, 9, 3) else day


def test_a_plan_that_breaks_a_rule_is_named_with_the_rule_and_the_day() -> None:
    for _ in range(2):
        with pytest.raises(PolicyBroken) as broken:
            over(UnknownClause()).plan(IDENTITY, "{}", DAYS)
        told = broken.value
        assert (told.reason, told.rule, told.work_date) == ("POLICY_ANSWER_INVALID", "C9", date(2026, 9, 3))


class FractionsOfAMinute(Ordinary):
    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        answer = super().judge_month(facts, plan, parameters)
        spoiled: Any = {5: {"minutes": (0.5, *answer.minutes[1:])}, 3: {"clauses": (None, *answer.clauses[1:])}}
        return replace(answer, **spoiled.get(facts.person, {}))


def test_numbers_and_texts_that_are_none_are_their_persons_fault_alone() -> None:
    broken = outcome(FractionsOfAMinute())
    assert {place: one.rule for place, one in broken.items()} == {3: "C7", 5: "C7"}


def test_many_threads_are_answered_alike_by_a_worker_and_inside(host: Host) -> None:
    worker, inside = host("zenith_steady"), over(Ordinary())
    people = months(40)
    wanted = inside.judge(IDENTITY, "{}", people)
    with ThreadPoolExecutor(6) as threads:
        for told in threads.map(lambda _: worker.judge("zenith-steady@1", "{}", people), range(12)):
            assert told == wanted
        for told in threads.map(lambda _: inside.judge(IDENTITY, "{}", people), range(12)):
            assert told == wanted


def test_a_plan_in_a_worker_is_the_plan_inside(host: Host) -> None:
    assert host("zenith_steady").plan("zenith-steady@1", "{}", DAYS) == over(Ordinary()).plan(IDENTITY, "{}", DAYS)


def test_both_forms_agree_in_workers_over_several_batches_and_calendars(host: Host) -> None:
    under_test = host("zenith_steady", "zenith_columns")
    first = days_between(DAYS, date(2026, 9, 1), date(2026, 9, 10))
    people = [
        replace(month, punches=month.punches[month.person % 5 :], days=first if month.person % 3 else DAYS)
        for month in months(520)
    ]
    easy = under_test.judge("zenith-steady@1", "{}", people)
    assert under_test.judge("zenith-columns@1", "{}", people) == easy
    assert easy == over(Ordinary()).judge(IDENTITY, "{}", people)
    assert all(isinstance(one, PersonAnswer) for one in easy)


class ChattyAboutTheUnasked(Ordinary):
    """Says things of cards that nobody asked for."""

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        for day in super().plan(days, parameters):
            yield replace(day, segments=(replace(day.segments[0], asks_out=False),))

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        answer = super().judge_month(facts, plan, parameters)
        minutes, clauses = [*answer.minutes], [*answer.clauses]
        minutes[1::2], clauses[1::2] = [2**62] * 30, ["NO-1"] * 30
        return replace(answer, minutes=tuple(minutes), clauses=tuple(clauses))


def test_what_is_said_of_a_card_that_nobody_asked_for_is_not_heard() -> None:
    (answer,) = over(ChattyAboutTheUnasked()).judge(IDENTITY, "{}", months(1))
    assert isinstance(answer, PersonAnswer)
    assert set(answer.minutes) == {0}
    assert set(answer.clauses) == {"HRS-5", ""}
