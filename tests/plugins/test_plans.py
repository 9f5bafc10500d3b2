"""A plan that cannot be is refused by the rule it breaks, on the day it breaks it."""

from collections.abc import Iterator
from datetime import date

import pytest
from bylaw_hooks import Both, CardParameters, DayFacts, PlannedDay, Segment, ShiftPattern
from bylaw_kit.checking import Fault, plan_faults
from bylaw_kit.months import month_days

DAYS = month_days((2026, 3), "Asia/Shanghai", {})


class Spans(ShiftPattern[CardParameters]):
    """The same segments every day, as the test gives them."""

    name, version, title, parameters = "spans", 1, Both("时段", "Spans"), CardParameters

    def __init__(self, *spans: tuple[int, int, int]) -> None:
        self.spans = spans

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:  # noqa: ARG002
        for day in days:
            yield PlannedDay(
                day.work_date,
                "HRS-1",
                tuple(
                    Segment(day.midnight + start, day.midnight + end, day.midnight + due, 15, 5, "HRS-4", "HRS-5")
                    for due, start, end in self.spans
                ),
            )


class Forgetful(Spans):
    """Leaves the first day out."""

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        yield from super().plan(days[2:], parameters)


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (Forgetful((500, 505, 700)), "C2"),
        (Spans((500, 500, 500)), "C3"),
        (Spans((510, 505, 700)), "C3"),
        (Spans((500, 505, 700), (699, 705, 800)), "C3"),
        (Spans((0, 5, 1441)), "C4"),
        (Spans((500_000, 500_005, 500_100)), "C7"),
    ],
)
def test_a_plan_that_cannot_be_is_at_fault_by_rule_and_day(pattern: Spans, rule: str) -> None:
    faults = plan_faults(DAYS, pattern.compile(DAYS, CardParameters()), lambda *_: True)
    assert next(faults) == Fault(rule, date(2026, 3, 1 + (rule == "C4")))


def test_segments_that_touch_are_no_fault() -> None:
    plan = Spans((0, 0, 720), (720, 720, 1440)).compile(DAYS, CardParameters())
    assert len(plan.segments) == 62
