"""What was handed to a policy is known again later, however many plans are made of the same days (C18)."""

from dataclasses import replace

import pytest
from bylaw_hooks import DayKind, MonthPlan
from bylaw_plugin_host.states import States

from tests.plugins.host.columns import PLANS
from tests.plugins.host.conftest import DAYS


def _own(plan: MonthPlan) -> MonthPlan:
    """A plan that shares nothing with the others of these tests."""
    days = tuple(replace(day, segments=tuple(map(replace, day.segments))) for day in plan.days)
    return replace(plan, days=days, segments=tuple(segment for day in days for segment in day.segments))


def test_what_nobody_changed_is_the_same_whoever_looked_before() -> None:
    seen = States()
    seen.of_plan(PLANS[1])
    assert seen.of_plan(PLANS[0]) == States().of_plan(PLANS[0])
    assert States().of_plan(_own(PLANS[0])) == States().of_plan(PLANS[0])
    assert seen.of_days(DAYS) == States().of_days(DAYS)


@pytest.mark.parametrize("spoiled", ["windows", "settles", "ends", "card_clauses", "lengths", "leans_on", "card_kinds"])
def test_a_spoiled_column_is_another_plan(spoiled: str) -> None:
    plan = _own(PLANS[0])
    before = States().of_plan(plan)
    object.__setattr__(plan, spoiled, getattr(plan, spoiled)[1:])
    assert States().of_plan(plan) != before


def test_one_spoiled_half_is_seen_in_each_plan_that_is_made_of_it() -> None:
    plan = _own(PLANS[0])
    other = replace(plan, settles=plan.settles[1:])
    seen = States()
    before = [seen.of_plan(one) for one in (plan, other)]
    object.__setattr__(plan.segments[0], "late_minutes", 99)
    now = States()
    assert all(now.of_plan(one) != told for one, told in zip((plan, other), before, strict=True))


def test_a_spoiled_day_is_another_calendar() -> None:
    days = tuple(map(replace, DAYS))
    before = States().of_days(days)
    object.__setattr__(days[3], "kind", DayKind.HOLIDAY)
    assert States().of_days(days) != before
