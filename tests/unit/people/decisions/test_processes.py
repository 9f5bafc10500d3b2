"""Which process counts for whom, and which steps for how much (DEC-1, DEC-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.decisions.answering import Given, answered, applied
from bylaw_people.rules.decisions.decision import AnswerKind, Content, Decision, Round, Said, State
from bylaw_people.rules.decisions.opening import opened
from bylaw_people.rules.decisions.process import (
    Amount,
    OpinionRule,
    Process,
    Step,
    StepKind,
    Weight,
    nearest,
    require_fit,
)
from bylaw_people.rules.decisions.refusals import DecisionPlanOfService, ProcessUnfit
from bylaw_people.rules.decisions.seats import Holder, Posts
from bylaw_people.rules.decisions.shipped import SHIPPED
from bylaw_people.rules.decisions.wanted import require_wanted
from hypothesis import given
from hypothesis import strategies as st

HEAD, OPINION = Step(StepKind.HEAD), Step(StepKind.OPINION)
UNIT, ABOVE, BESIDE = uuid4(), uuid4(), uuid4()
BOSS, CHIEF, CLERK = uuid4(), uuid4(), uuid4()


def dated(unit: UUID | None, **more: object) -> Process:
    return replace(SHIPPED["leave"], unit=unit, id=uuid4(), effective_date=date(2026, 1, 1), **more)


@pytest.mark.clause("DEC-1", "DEC-2")
def test_what_ships_holds_together_and_major_kinds_ask_the_related_units() -> None:
    for process in SHIPPED.values():
        require_fit(process)
    assert SHIPPED["promotion-budget"].weight is Weight.MAJOR
    assert SHIPPED["promotion-budget"].opinion is OpinionRule.ALL_AGREE
    assert {"leave", "price-change", "stock-adjustment", "promotion-budget", "outside-access"} <= SHIPPED.keys()


@pytest.mark.clause("DEC-2")
def test_the_nearest_units_process_counts_then_everybodys_then_the_shipped_one() -> None:
    own, above, everybody, beside = (dated(unit) for unit in (UNIT, ABOVE, None, BESIDE))
    path = [UNIT, ABOVE]
    assert nearest([everybody, above, beside, own], path, SHIPPED, "leave") is own
    assert nearest([everybody, above, beside], path, SHIPPED, "leave") is above
    assert nearest([everybody, beside], path, SHIPPED, "leave") is everybody
    assert nearest([beside], path, SHIPPED, "leave") is SHIPPED["leave"]
    assert nearest([beside], path, {}, "leave") is None


def test_a_retired_process_gives_its_place_back_to_the_one_above() -> None:
    own, above = dated(UNIT, retired=True), dated(ABOVE)
    assert nearest([own, above], [UNIT, ABOVE], SHIPPED, "leave") is above


@pytest.mark.clause("LVE-2")
@pytest.mark.parametrize(("amount", "steps"), [("2.5", 1), ("3", 2), ("30", 2)])
def test_steps_from_an_amount_on_are_left_out_below_it(amount: str, steps: int) -> None:
    assert len(SHIPPED["leave"].plan(Amount(Decimal(amount), "day"))) == steps


@pytest.mark.parametrize("amount", [None, Amount(Decimal(1), "hour"), Amount(Decimal(1), "day", money=True)])
def test_an_amount_that_is_not_stated_or_in_another_measure_counts_as_the_largest(amount: Amount | None) -> None:
    assert len(SHIPPED["leave"].plan(amount)) == 2


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (HEAD,) * 11,
        (HEAD, OPINION),
        (replace(HEAD, from_amount=Decimal(5)),),
        (OPINION, replace(HEAD, from_amount=Decimal(5))),
        (Step(StepKind.POSITION),),
        (Step(StepKind.PERSON, position=uuid4()),),
        (replace(HEAD, levels_up=6),),
        (replace(HEAD, due_hours=0),),
        (replace(HEAD, due_hours=5, escalate_hours=4),),
        (Step(StepKind.PERSON, person=uuid4(), unit=uuid4()),),
    ],
)
def test_a_process_without_a_deciding_person_for_every_amount_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(ProcessUnfit):
        require_fit(Process("leave", Weight.ORDINARY, steps, measure="day"))


@pytest.mark.clause("DEC-1")
@pytest.mark.parametrize("steps", [(HEAD,), (replace(OPINION, from_amount=Decimal(9)), HEAD)])
def test_a_major_decision_that_would_ask_no_related_unit_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(ProcessUnfit, match="related units"):
        require_fit(Process("plan", Weight.MAJOR, steps, measure="CNY", money=True))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Step(StepKind.POSITION), "a position belongs to a position step"),
        (replace(HEAD, position=UNIT), "a position belongs to a position step"),
        (Step(StepKind.PERSON), "a person belongs to a person step"),
        (replace(OPINION, levels_up=1), "belong to a head step alone"),
        (replace(HEAD, levels_up=6), "levels up must be 0 to 5"),
        (replace(HEAD, levels_up=-1), "levels up must be 0 to 5"),
        (replace(HEAD, due_hours=0), "hours must be 1 to 2160"),
        (replace(HEAD, due_hours=9, escalate_hours=5), "escalated no earlier than it is due"),
        (Step(StepKind.ROLE), "a role belongs to a role step"),
        (replace(HEAD, role="hr"), "a role belongs to a role step"),
    ],
)
def test_a_step_that_does_not_fit_is_named_with_what_is_wrong_with_it(step: Step, why: str) -> None:
    with pytest.raises(ProcessUnfit) as unfit:
        require_fit(Process("trip", Weight.ORDINARY, (HEAD, step)))
    assert "step 2: " in unfit.value.message_en
    assert why in unfit.value.message_en
    assert "第 2 步" in unfit.value.message_zh


HR, ABOVE_HEAD = Step(StepKind.ROLE, role="hr"), replace(HEAD, levels_up=1)
MONTH = Amount(Decimal(30), "day")


@pytest.mark.clause("LVE-2", "DEC-2")
def test_the_steps_of_a_leave_policy_hold_unless_the_company_has_set_steps_of_its_own() -> None:
    shipped, own = SHIPPED["leave"], dated(None, steps_from_service=False)
    assert shipped.asked_for((HEAD, HR)).plan(MONTH) == (HEAD, HR)
    assert shipped.asked_for(()).plan(MONTH) == shipped.steps
    assert own.asked_for((HEAD, HR)) is own
    assert not any(process.steps_from_service for kind, process in SHIPPED.items() if kind != "leave")


@pytest.mark.clause("DEC-1")
def test_the_steps_of_a_major_decision_are_left_to_no_service() -> None:
    with pytest.raises(ProcessUnfit, match="not left to a service"):
        require_fit(replace(SHIPPED["promotion-budget"], steps_from_service=True))


@pytest.mark.clause("DEC-2", "SEC-1")
def test_a_service_alone_says_who_is_asked_and_names_heads_and_roles_alone() -> None:
    require_wanted((), "")
    require_wanted((HEAD, ABOVE_HEAD, HR), "attendance")
    with pytest.raises(DecisionPlanOfService):
        require_wanted((HEAD,), "")
    for step in (
        OPINION,
        Step(StepKind.PERSON, person=uuid4()),
        Step(StepKind.POSITION, position=uuid4()),
        replace(HEAD, unit=UNIT),
        replace(HR, from_amount=Decimal(1)),
        replace(HEAD, levels_up=6),
    ):
        with pytest.raises(FieldInvalid, match=r"decision\.plan\[1\]"):
            require_wanted((HEAD, step), "attendance")
    with pytest.raises(FieldInvalid, match=r"decision\.plan\.$"):
        require_wanted((HR,) * 11, "attendance")


POSTS = Posts(
    parents={UNIT: ABOVE, ABOVE: None}, heads={UNIT: BOSS, ABOVE: CHIEF}, employed=frozenset({BOSS, CHIEF, CLERK})
)


def agreed_by_turns(plan: tuple[Step, ...], posts: Posts) -> list[UUID]:
    """Who agrees, one after the other, until a clerk's leave is agreed."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    process = SHIPPED["leave"].asked_for(plan)
    first = Decision(uuid4(), "leave", uuid4(), UNIT, (), process, Content(), now, rounds=(Round(1, Content(), now),))
    decision, agreed = opened(first, 0, posts, now), list[UUID]()
    while decision.state is State.WAITING:
        agreed.append(decision.open_slots[0].seats[0].person)
        given = Given(agreed[-1], AnswerKind.AGREE, decision.step)
        effect = answered(decision, given)
        said = Said(uuid4(), given.person, given.kind, 1, now, step=given.step, slot=effect.slots[0].number)
        decision = applied(decision, effect, said, posts)
    return agreed


@pytest.mark.clause("LVE-2", "DEC-2")
@pytest.mark.parametrize(
    ("plan", "holder", "turns"),
    [
        ((HEAD, HR), CLERK, [BOSS, CLERK]),
        ((HR, HEAD), CLERK, [CLERK, BOSS]),
        ((HEAD, ABOVE_HEAD, HR), CLERK, [BOSS, CHIEF, CLERK]),
        ((HEAD, ABOVE_HEAD, HR), None, [BOSS, CHIEF]),
        ((HEAD, HR), None, [BOSS, CHIEF]),
        ((HEAD, HR), BOSS, [BOSS]),
        ((HR, HEAD), BOSS, [BOSS]),
    ],
)
def test_each_step_asks_in_its_turn_and_nobody_is_asked_twice(
    plan: tuple[Step, ...], holder: UUID | None, turns: list[UUID]
) -> None:
    assert agreed_by_turns(plan, replace(POSTS, roles={"hr": [Holder(holder)] if holder else []})) == turns


@pytest.mark.clause("LVE-2", "DEC-2")
def test_in_a_small_company_with_one_head_that_head_is_asked_once() -> None:
    small = replace(POSTS, heads={ABOVE: BOSS})
    assert agreed_by_turns((HEAD, ABOVE_HEAD, HR), small) == [BOSS]


@given(
    thresholds=st.lists(st.integers(0, 5), min_size=1, max_size=6),
    kinds=st.lists(st.sampled_from([HEAD, OPINION]), min_size=6, max_size=6),
    value=st.one_of(st.none(), st.integers(0, 7)),
)
def test_whatever_fits_ends_at_a_deciding_person_at_any_amount(
    thresholds: list[int], kinds: list[Step], value: int | None
) -> None:
    steps = tuple(
        replace(step, from_amount=Decimal(threshold)) for step, threshold in zip(kinds, thresholds, strict=False)
    )
    process = Process("kind", Weight.ORDINARY, steps, measure="day")
    try:
        require_fit(process)
    except ProcessUnfit:
        return
    plan = process.plan(None if value is None else Amount(Decimal(value), "day"))
    assert plan[-1].kind is StepKind.HEAD
