"""The service's checks over columns and the kit's plain ones name the same rule, person and day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bylaw_hooks import AnswerColumns, Kind, MonthFacts, MonthPlan, PlanColumns
from bylaw_kit.adapting import pack_facts, pack_plans
from bylaw_kit.checking import answer_faults, plan_faults
from bylaw_plugin_host.checking import ColumnsUnsound, PersonFault, faults_of_answers, plan_table
from bylaw_plugin_host.checking_plans import as_plan, faults_of_plan, named_faults
from bylaw_plugin_host.sound_plan import is_sound
from bylaw_plugin_host.sound_plans import are_sound
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.host.columns import (
    HALVES,
    PLANS,
    SHORT_DAYS,
    WHOSE,
    as_answers,
    exists,
    months,
    plan_columns,
    sound_answers,
    spoiled,
    with_column,
)

SECOND = HALVES[0]
"""The first half of the second person, who is late and leaves early; their cards are twice as far."""
FIRST, THIRD = date(2026, 9, 1), date(2026, 9, 3)
SOUND = sound_answers()
PEOPLE = months()
TABLE = plan_table(plan_columns())
INT64 = st.integers(-(2**63), 2**63 - 1)


def by_columns(answers: AnswerColumns, people: Sequence[MonthFacts] = PEOPLE) -> list[PersonFault]:
    return faults_of_answers(pack_facts(people, WHOSE), TABLE, answers, exists)


def by_the_kit(answers: AnswerColumns, people: Sequence[MonthFacts] = PEOPLE) -> list[PersonFault]:
    return [
        PersonFault(person, *fault)
        for person, (month, answer) in enumerate(zip(people, as_answers(answers), strict=True))
        for fault in answer_faults(month, answer, exists)
    ]


def test_sound_answers_have_no_fault() -> None:
    assert by_columns(SOUND) == by_the_kit(SOUND) == []
    assert {Kind.ON_TIME, Kind.LATE, Kind.EARLY, Kind.ABSENT} <= set(SOUND.kinds)


@pytest.mark.parametrize(
    ("column", "place", "value", "rule", "when"),
    [
        ("punches", 2 * SECOND, months()[1].punches[0] + 1, "C6", FIRST),
        ("punches", 2 * SECOND + 1, months()[1].punches[0], "C6", FIRST),
        ("punches", 2 * SECOND + 4, months()[1].punches[0], "C6", THIRD),
        ("minutes", 2 * SECOND, -1, "C7", FIRST),
        ("minutes", 2 * SECOND + 5, 2 * 1440 + 1, "C7", THIRD),
        ("verdicts", SECOND, Kind.ON_TIME, "C8", FIRST),
        ("clauses", 2 * SECOND, 3, "C9", FIRST),
        ("verdict_clauses", SECOND + 2, 4, "C9", THIRD),
        ("kinds", 2 * SECOND, 8, "C10", None),
        ("verdicts", SECOND, 200, "C10", None),
        ("worked_minutes", SECOND, -1, "C11", FIRST),
        ("worked_minutes", SECOND + 2, 181, "C11", THIRD),
    ],
)
def test_both_name_the_same_rule_person_and_day(
    column: str, place: int, value: int, rule: str, when: date | None
) -> None:
    mutant = spoiled(replace(SOUND, texts=(*SOUND.texts[:3], "ATT-9", "ATT-8", *SOUND.texts[3:])), column, place, value)
    mutant = _renumbered(mutant, column, place, value)
    assert by_columns(mutant)[0] == PersonFault(1, rule, when)
    assert by_columns(mutant) == by_the_kit(mutant)


def _renumbered(answers: Any, column: str, place: int, value: int) -> Any:
    """The texts moved by two from the fourth on: the numbers of the clauses follow."""
    for name in ("clauses", "verdict_clauses"):
        moved = [number + 2 * (number >= 3) for number in getattr(SOUND, name)]
        answers = with_column(answers, name, moved)
    return spoiled(answers, column, place, value)


def test_a_punch_that_was_made_twice_may_be_bound_twice_and_no_oftener() -> None:
    first, *others = months()
    twice = [replace(first, punches=(first.punches[0], *first.punches)), *others]
    bound_twice = spoiled(SOUND, "punches", 1, first.punches[0])
    assert by_columns(bound_twice) == by_the_kit(bound_twice) == [PersonFault(0, "C6", FIRST)]
    assert by_columns(bound_twice, twice) == by_the_kit(bound_twice, twice) == []


def test_absence_is_not_worked() -> None:
    last = sum(HALVES) - 1
    mutant = spoiled(SOUND, "worked_minutes", last, 1)
    assert by_columns(mutant) == by_the_kit(mutant) == [PersonFault(2, "C11", date(2026, 9, 4))]


@pytest.mark.parametrize("column", ["kinds", "minutes", "punches", "clauses", "verdicts", "worked_minutes"])
def test_columns_of_another_length_are_nobodys_answer(column: str) -> None:
    with pytest.raises(ColumnsUnsound):
        by_columns(with_column(SOUND, column, list(getattr(SOUND, column))[:-1]))


def test_a_clause_that_counts_past_the_texts_does_not_exist() -> None:
    for number in (-1, len(SOUND.texts), 2**62):
        assert by_columns(spoiled(SOUND, "clauses", 2 * SECOND, number)) == [PersonFault(1, "C9", FIRST)]


changes = st.tuples(
    st.sampled_from(["kinds", "minutes", "punches", "clauses", "verdicts", "verdict_clauses", "worked_minutes"]),
    st.integers(0, 2 * sum(HALVES) - 1),
    st.integers(-1, 190) | st.sampled_from([punch for month in months() for punch in month.punches]),
)


@given(st.lists(changes, max_size=6))
def test_both_say_the_same_of_whatever_is_changed(changed: list[tuple[str, int, int]]) -> None:
    mutant = _changed(changed)
    assert by_columns(mutant) == by_the_kit(mutant)


@given(st.lists(changes, max_size=3))
def test_where_all_follow_one_plan_the_same_is_said_of_each(changed: list[tuple[str, int, int]]) -> None:
    mutant = _changed(changed)
    first, last = HALVES[0], HALVES[0] + HALVES[1]
    alike = mutant
    for name in ("kinds", "minutes", "punches", "clauses", "verdicts", "verdict_clauses", "worked_minutes"):
        column, twice = list(getattr(mutant, name)), 2 - name.startswith(("verdict", "worked"))
        alike = with_column(alike, name, column[: twice * first] + column[twice * last :])
    people = pack_facts([PEOPLE[0], PEOPLE[2]], (0, 0))
    said = [fault._replace(place=fault.place // 2) for fault in by_the_kit(mutant) if fault.place != 1]
    assert faults_of_answers(people, TABLE, alike, exists) == said


def test_a_punch_that_was_not_bound_is_no_fault_and_none_is_bound_twice_in_its_stead() -> None:
    repeated = [replace(PEOPLE[0], punches=tuple(sorted((*PEOPLE[0].punches, PEOPLE[0].punches[2] + 60)))), *PEOPLE[1:]]
    assert by_columns(SOUND, repeated) == by_the_kit(SOUND, repeated) == []
    twice = spoiled(SOUND, "punches", 1, PEOPLE[0].punches[0])
    assert by_columns(twice, repeated) == by_the_kit(twice, repeated) == [PersonFault(0, "C6", FIRST)]


def _changed(changed: list[tuple[str, int, int]]) -> AnswerColumns:
    mutant = SOUND
    for column, place, value in changed:
        own = value % {"kinds": 9, "verdicts": 9}.get(column, 2**40)
        own = value % len(SOUND.texts) if column.endswith("clauses") else own if column[0] in "kv" else value
        mutant = spoiled(mutant, column, place % len(getattr(SOUND, column)), own)
    return mutant


@given(st.data())
def test_garbage_is_told_of_and_never_raises_anything_else(data: st.DataObject) -> None:
    mutant = SOUND
    for column in data.draw(st.sets(st.sampled_from(["kinds", "minutes", "punches", "clauses", "verdicts"]))):
        right = len(getattr(SOUND, column))
        length = data.draw(st.just(right) | st.integers(0, right + 3))
        mutant = with_column(mutant, column, data.draw(st.lists(INT64, min_size=length, max_size=length)))
    try:
        faults = by_columns(mutant)
    except ColumnsUnsound:
        return
    assert {fault.rule for fault in faults} <= {"C6", "C7", "C8", "C9", "C10", "C11"}


def changed_day(plan: MonthPlan, place: int, **change: Any) -> MonthPlan:
    """The plan with its first segment on that day changed."""
    day = plan.days[place]
    days = [*plan.days]
    days[place] = replace(day, segments=(replace(day.segments[0], **change),))
    return replace(plan, days=tuple(days), segments=tuple(each for day in days for each in day.segments))


PLAN = PLANS[0]
ONE = PLAN.days[1].segments[0]


@pytest.mark.parametrize(
    ("mutant", "rule", "day"),
    [
        (replace(PLAN, days=(PLAN.days[0], PLAN.days[0], *PLAN.days[2:])), "C2", 1),
        (replace(PLAN, days=(PLAN.days[1], PLAN.days[0], *PLAN.days[2:])), "C2", 2),
        (changed_day(PLAN, 1, end=ONE.start), "C3", 2),
        (changed_day(PLAN, 1, due=ONE.start + 1), "C3", 2),
        (changed_day(PLAN, 1, due=PLAN.days[0].segments[0].start), "C4", 2),
        (replace(PLAN, windows=(PLAN.windows[0][::-1], *PLAN.windows[1:])), "C5", 1),
        (replace(PLAN, windows=(*PLAN.windows[:2], PLAN.windows[1], PLAN.windows[3])), "C5", 3),
        (changed_day(PLAN, 3, end=PLAN.days[3].segments[0].start + 2 * 1440 + 1), "C7", 4),
        (changed_day(PLAN, 1, late_minutes=-1), "C7", 2),
        (changed_day(PLAN, 1, clause="ATT-9"), "C9", 2),
        (replace(PLAN, days=(replace(PLAN.days[0], why="NO-1"), *PLAN.days[1:])), "C9", 1),
    ],
)
def test_a_plan_in_columns_breaks_the_rule_that_the_kit_names(mutant: MonthPlan, rule: str, day: int) -> None:
    by_the_columns = faults_of_plan(SHORT_DAYS, pack_plans([mutant]), exists)
    assert by_the_columns == list(plan_faults(SHORT_DAYS, mutant, exists))
    assert (by_the_columns[0].rule, by_the_columns[0].work_date) == (rule, date(2026, 9, day))


def test_a_sound_plan_has_no_fault_and_survives_its_columns() -> None:
    (columns,) = [pack_plans([PLAN])]
    assert faults_of_plan(SHORT_DAYS, columns, exists) == []
    assert pack_plans([as_plan(columns)]) == columns


PLAN_TIMES = ("start", "end", "due", "late_minutes", "early_minutes", "opens", "middle", "closes", "settles")
PLAN_CHANGES = st.tuples(
    st.sampled_from(["work_date", "why", "clause", "due_clause", *PLAN_TIMES]),
    st.integers(0, 2**10),
    st.integers(-3 * 1440, 3 * 1440),
)


@given(st.lists(PLAN_CHANGES, max_size=3))
def test_a_plan_is_sound_at_once_if_and_only_if_the_kit_finds_nothing(changed: list[tuple[str, int, int]]) -> None:
    mutant = pack_plans([PLAN])
    for column, anywhere, more in changed:
        numbers = list(getattr(mutant, column))
        numbers[anywhere % len(numbers)] += more
        mutant = with_column(mutant, column, numbers)

    assert is_sound(SHORT_DAYS, mutant, exists) == (not named_faults(SHORT_DAYS, mutant, exists))
    for place in range(3):
        assert among_sound_ones(mutant, place) == is_sound(SHORT_DAYS, mutant, exists)


def among_sound_ones(mutant: PlanColumns, place: int) -> bool:
    """Whether it is found sound together with two that are, before, between or behind them."""
    together = [pack_plans([PLAN]), pack_plans([PLAN])]
    together.insert(place, mutant)
    return are_sound([SHORT_DAYS] * 3, together, exists)


@given(st.data())
def test_a_garbage_plan_is_told_of_and_never_raises(data: st.DataObject) -> None:
    sound = pack_plans([PLAN])
    names = ["day_offsets", "work_date", "why", "segment_offsets", "start", "end", "due", "clause", "opens", "settles"]
    mutant = sound
    for column in data.draw(st.sets(st.sampled_from(names), min_size=1)):
        right = len(getattr(sound, column))
        length = data.draw(st.just(right) | st.integers(0, right + 2))
        mutant = with_column(
            mutant, column, data.draw(st.lists(INT64 | st.integers(0, 9), min_size=length, max_size=length))
        )
    faults = faults_of_plan(SHORT_DAYS, mutant, exists)
    assert {fault.rule for fault in faults} <= {"C2", "C3", "C4", "C5", "C7", "C9"}
    assert among_sound_ones(mutant, data.draw(st.integers(0, 2))) == (not faults)


def test_a_month_without_days_is_no_plan() -> None:
    assert [fault.rule for fault in faults_of_plan(SHORT_DAYS, pack_plans([replace(PLAN, days=())]), exists)] == ["C2"]
