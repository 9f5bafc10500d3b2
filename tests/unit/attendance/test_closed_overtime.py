"""By which punches overtime of a closed month is found: those of its sheet and those beside it as they were (SHT-3)."""

import pytest
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES, PersonPunches
from bylaw_attendance.rules.overtime.closed_overtime import kept_punches
from bylaw_attendance.rules.sheets.sheet import Part, SheetBody, beside

KEY = b"plan"
OPENS, CLOSES = 1_000, 2_000
PLANS = {KEY: PlanBody(b"", "week", "", "UTC", opens=OPENS, closes=CLOSES, settles=0, days=())}
BODY = SheetBody((Part(KEY, b"", (), (1_100, None), (), b"", (), (1_500,)),))
"""A sheet that holds a punch that was bound, and one that was not."""


@pytest.mark.clause("SHT-3")
def test_what_lies_beside_a_month_is_what_its_sheet_does_not_hold() -> None:
    live = PersonPunches((900, 1_100, 1_500, 2_100), bytes((2, 1, 0, 2)))
    assert beside(live, BODY) == PersonPunches((900, 2_100), bytes((2, 2)))
    assert beside(NO_PUNCHES, BODY) == NO_PUNCHES


@pytest.mark.clause("SHT-3", "HRS-7")
def test_punches_that_came_after_the_closing_are_none_of_a_closed_month() -> None:
    then = PersonPunches((900, 2_100), bytes((2, 0)))
    live = PersonPunches((900, 950, 1_100, 1_300, 1_500, 2_200), bytes((2, 0, 1, 0, 0, 2)))
    assert kept_punches(BODY, PLANS, live, then) == PersonPunches((900, 1_100, 1_500, 2_100), bytes((2, 1, 0, 0)))
    assert kept_punches(BODY, PLANS, NO_PUNCHES, NO_PUNCHES) == PersonPunches((1_100, 1_500), b"")


@pytest.mark.clause("SHT-3")
def test_of_a_month_that_was_closed_before_they_were_kept_those_of_today_must_do() -> None:
    live = PersonPunches((900, 1_100, 1_300, 1_500, 2_200), b"")
    assert kept_punches(BODY, PLANS, live, None) == PersonPunches((900, 1_100, 1_500, 2_200), b"")
