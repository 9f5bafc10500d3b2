"""Many calendars planned in one go are planned as each would be; what is wrong with one is said of it alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from bylaw_hooks import CardParameters, DayFacts, PlannedDay, days_between
from bylaw_plugin_host.outcomes import PolicyBroken, PolicyGone

from tests.plugins.gallery.ordinary import Ordinary
from tests.plugins.host.conftest import DAYS, months
from tests.plugins.host.test_host import IDENTITY, Sulking, over


def test_plans_made_ahead_are_those_that_each_is_given_otherwise() -> None:
    calendars = [days_between(DAYS, date(2026, 9, first), date(2026, 9, 25)) for first in range(1, 26)]
    ahead, one_by_one = over(Ordinary()), over(Ordinary())
    ahead.plan_ahead(IDENTITY, "{}", calendars)
    assert [ahead.plan(IDENTITY, "{}", days) for days in calendars] == [
        one_by_one.plan(IDENTITY, "{}", days) for days in calendars
    ]
    people = [replace(month, days=calendars[month.person]) for month in months()]
    assert ahead.judge(IDENTITY, "{}", people) == one_by_one.judge(IDENTITY, "{}", people)


def test_planning_ahead_asks_a_policy_once_and_is_not_asked_again() -> None:
    asked: list[int] = []

    class Counting(Ordinary):
        def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
            asked.append(sum(day.inside for day in days))
            return super().plan(days, parameters)

    host = over(Counting())
    calendars = [days_between(DAYS, date(2026, 9, first), date(2026, 9, 25)) for first in (1, 2)]
    for _ in range(2):
        host.plan_ahead(IDENTITY, "{}", calendars)
        for days in calendars:
            host.plan(IDENTITY, "{}", days)
    assert asked == [25, 24]


def test_planning_ahead_says_nothing_of_a_calendar_that_fails_and_the_others_are_planned() -> None:
    first = days_between(DAYS, date(2026, 9, 1), date(2026, 9, 10))
    host = over(Sulking())
    host.plan_ahead(IDENTITY, "{}", [DAYS, first])
    assert host.plan(IDENTITY, "{}", first)
    with pytest.raises(PolicyBroken):
        host.plan(IDENTITY, "{}", DAYS)
    with pytest.raises(PolicyGone):
        host.plan_ahead("nobody@1", "{}", [DAYS])


class Meddling(Ordinary):
    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        object.__setattr__(days[0], "cell", "rest")
        return super().plan(days, parameters)


def test_whoever_changes_days_while_planning_many_is_believed_in_nothing() -> None:
    host = over(Meddling())
    own = [tuple(replace(day) for day in DAYS) for _ in range(2)]
    host.plan_ahead(IDENTITY, "{}", own)
    for days in [tuple(replace(day) for day in DAYS) for _ in range(2)]:
        with pytest.raises(PolicyBroken) as broken:
            host.plan(IDENTITY, "{}", days)
        assert broken.value.rule == "C18"
