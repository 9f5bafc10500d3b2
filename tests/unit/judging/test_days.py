"""Which days are worked and by which clause: the week (HRS-1) and the official calendar (HRS-3)."""

from datetime import date

import pytest
from bylaw_fixed_week import Week
from bylaw_hooks import DayKind, MonthAnswer, days_between
from bylaw_kit import reading
from bylaw_kit.months import month_days

from tests.unit.judging.months import SHANGHAI, judged_days, on

FEBRUARY_2026 = {
    date(2026, 2, 14): DayKind.MAKE_UP_WORK,
    date(2026, 2, 28): DayKind.MAKE_UP_WORK,
    **{date(2026, 2, day): DayKind.HOLIDAY for day in range(15, 24)},
}


def february(week: Week | None = None) -> MonthAnswer:
    return judged_days(month_days((2026, 2), SHANGHAI, FEBRUARY_2026), week=week)


def planned(answer: MonthAnswer) -> list[int]:
    return [day.day.work_date.day for day in reading.days(answer) if day.halves]


@pytest.mark.clause("HRS-1")
def test_monday_to_saturday_is_worked_and_sunday_is_off() -> None:
    answer = judged_days(month_days((2026, 3), SHANGHAI, {}))
    off = [day for day in reading.days(answer) if not day.halves]
    assert {day.day.work_date.weekday() for day in off} == {6}
    assert {day.day.why for day in reading.days(answer)} == {"HRS-1"}
    assert reading.totals(answer).days_planned == 26


@pytest.mark.clause("HRS-3")
def test_public_holidays_are_off_on_top_of_rest_days() -> None:
    answer = february()
    assert planned(answer) == [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28]
    assert on(answer, date(2026, 2, 17)).day.why == "HRS-3"
    assert on(answer, date(2026, 2, 8)).day.why == "HRS-1"


@pytest.mark.clause("HRS-3")
def test_on_a_make_up_working_day_everyone_works() -> None:
    five_days = Week(working_days=("monday", "tuesday", "wednesday", "thursday", "friday"))
    answer = february(five_days)
    assert {14, 28} <= set(planned(answer))
    assert 7 not in planned(answer)
    assert on(answer, date(2026, 2, 14)).day.why == "HRS-3"


@pytest.mark.clause("HRS-3")
def test_a_company_may_let_the_week_decide_on_make_up_days_and_holidays() -> None:
    own = Week(
        working_days=("monday", "tuesday", "wednesday", "thursday", "friday"),
        makeup_day_works_all=False,
        holidays_off=False,
    )
    assert planned(february(own)) == [day for day in range(1, 29) if date(2026, 2, day).weekday() < 5]


@pytest.mark.parametrize(("year_month", "days"), [((2026, 2), 28), ((2028, 2), 29), ((2026, 4), 30)])
def test_a_month_has_each_of_its_days_once(year_month: tuple[int, int], days: int) -> None:
    answer = judged_days(month_days(year_month, SHANGHAI, {}))
    assert [day.day.work_date for day in reading.days(answer)] == [date(*year_month, 1 + day) for day in range(days)]


def test_an_empty_month_is_absence_on_every_planned_half_and_nothing_else() -> None:
    totals = reading.totals(judged_days(month_days((2026, 3), SHANGHAI, {})))
    assert (totals.absent_halves, totals.halves_planned, totals.worked_minutes) == (52, 52, 0)
    assert (totals.missing_cards, totals.late_count, totals.pending_points) == (0, 0, 0)


def test_who_joins_on_the_twelfth_is_judged_from_the_twelfth() -> None:
    days = days_between(month_days((2026, 3), SHANGHAI, {}), date(2026, 3, 12), date(2026, 3, 20))
    answer = judged_days(days)
    assert [day.day.work_date.day for day in reading.days(answer)] == list(range(12, 21))


def test_no_days_at_all_is_an_empty_answer() -> None:
    answer = judged_days(())
    assert list(reading.days(answer)) == []
    assert reading.reach(answer.plan) == (0, 0)
    assert reading.totals(answer).days_planned == 0
