"""What is kept of a plan and counted of an answer's columns is what the kit reads from the objects."""

from dataclasses import astuple
from datetime import date

import pytest
from bylaw_attendance.policies import Policies
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.sheets.sheet import totals_of
from bylaw_hooks import DayKind, MonthFacts, days_between
from bylaw_kit.months import month_days
from bylaw_kit.reading import reach, totals
from bylaw_plugin_host.registering import Registered
from bylaw_plugin_host.starting import inline
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.policies import PlainWeek

PATTERN, ZONE = PlainWeek(), "Asia/Shanghai"
POLICIES = Policies(inline([Registered(PATTERN, "acme-patterns", "1")], lambda *_: True))
HOLIDAYS = {date(2026, 2, 17): DayKind.HOLIDAY, date(2026, 2, 14): DayKind.MAKE_UP_WORK}
DAYS = month_days((2026, 2), ZONE, HOLIDAYS)
NIGHTS = {"segments": [{"hours": "22:00-02:00"}, {"hours": "03:00-06:00", "sign_in": False}]}
PARAMETERS = {name: POLICIES.checked("plain@1", given) for name, given in (("week", {}), ("nights", NIGHTS))}
spans = st.tuples(st.integers(1, 28), st.integers(1, 28)).map(sorted)
punches = st.lists(st.integers(DAYS[0].midnight * 60, DAYS[-1].midnight * 60), unique=True, max_size=120).map(sorted)


def planned(which: str, first: int = 1, last: int = 28) -> Planned:
    days = days_between(DAYS, date(2026, 2, first), date(2026, 2, last))
    return POLICIES.planned("plain@1", PARAMETERS[which], days, time_zone=ZONE)


@given(which=st.sampled_from(sorted(PARAMETERS)), span=spans, seconds=punches, handed_over=st.booleans())
def test_totals_counted_from_columns_are_those_of_the_kit(
    which: str, span: list[int], seconds: list[int], *, handed_over: bool
) -> None:
    plan = planned(which, *span)
    facts = MonthFacts(7, plan.days, tuple(seconds), b"", DAYS[20].midnight, handed_over)
    model = PATTERN.parameters.model_validate_json(PARAMETERS[which])
    expected = PATTERN.judge_month(facts, PATTERN.compile(plan.days, model), model)

    (answer,) = POLICIES.judge("plain@1", PARAMETERS[which], [facts])

    assert not isinstance(answer, Exception)
    assert totals_of(answer, plan.halves) == astuple(totals(expected))


@pytest.mark.parametrize("which", sorted(PARAMETERS))
def test_the_kept_plan_says_of_each_day_what_the_pattern_planned(which: str) -> None:
    model = PATTERN.parameters.model_validate_json(PARAMETERS[which])
    expected, plan = PATTERN.compile(DAYS, model), planned(which)
    body = plan.body

    assert [(day.work_date, day.clause) for day in body.days] == [(day.work_date, day.why) for day in expected.days]
    assert [half for day in body.days for half in day.halves] == [
        (segment.start, segment.end, segment.due) for segment in expected.segments
    ]
    assert {day.work_date: day.calendar_kind for day in body.days if day.work_date in HOLIDAYS} == HOLIDAYS
    opens, closes = reach(expected)
    assert (body.opens, body.closes) == (min(opens, plan.span[0]), max(closes, plan.span[1]))
    assert body.settles == max(expected.settles)


def test_a_plan_without_any_work_reaches_over_its_days_alone() -> None:
    model = POLICIES.checked("plain@1", {"working_days": [], "makeup_day_works_all": False})
    found = POLICIES.planned("plain@1", model, DAYS, time_zone=ZONE)
    assert (found.body.opens, found.body.closes) == found.span
    assert (found.halves, found.body.settles) == ((), 0)
