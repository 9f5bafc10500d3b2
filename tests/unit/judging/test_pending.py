"""Nobody is absent too soon: what is decided while the clocks have not reported past a window."""

import pytest
from bylaw_fixed_week import Week, WorkSegment

from tests.unit.judging.months import marks, monday, verdicts
from tests.unit.judging.test_binding import FIRST_IN_LAST_OUT

PENDING_DAY = ["pending HRS-5", "pending HRS-4", "pending HRS-5", "pending HRS-4"]


@pytest.mark.clause("ATT-4")
def test_a_day_that_the_clocks_have_not_reported_is_pending_and_not_absent() -> None:
    day = monday(until="00:00")
    assert marks(day) == PENDING_DAY
    assert verdicts(day) == ["pending HRS-5", "pending HRS-5"]


@pytest.mark.clause("ATT-4")
def test_a_half_becomes_absent_at_the_minute_its_window_closes() -> None:
    assert verdicts(monday(until="12:56")) == ["pending HRS-5", "pending HRS-5"]
    assert verdicts(monday(until="12:57")) == ["absent ATT-4", "pending HRS-5"]


def test_a_sign_in_is_final_when_it_is_there() -> None:
    assert marks(monday("08:30", until="08:31")) == ["late 5 ATT-2", *PENDING_DAY[1:]]


def test_a_sign_out_before_the_end_waits_for_a_later_one() -> None:
    waiting = monday("08:20", "11:40", until="11:45")
    assert marks(waiting)[1] == "pending HRS-4"
    assert waiting.halves[0].worked_minutes == 0
    assert marks(monday("08:20", "11:40", until="12:57"))[1] == "leave required 20 ATT-3"


def test_a_sign_out_at_the_end_is_final_and_completes_the_half() -> None:
    assert verdicts(monday("08:20", "12:00", until="12:01")) == ["worked HRS-4", "pending HRS-5"]


def test_a_missing_sign_in_waits_for_a_clock_that_has_not_reported() -> None:
    assert marks(monday("12:00", until="12:01"))[:2] == ["pending HRS-5", "on time HRS-4"]
    assert marks(monday("12:00", until="13:00"))[:2] == ["missing card ATT-1", "on time HRS-4"]


def test_the_hand_over_decides_nothing_that_is_still_pending() -> None:
    assert verdicts(monday("10:00", until="10:01", handed_over=True)) == ["pending HRS-4", "pending HRS-5"]


def test_a_half_that_leans_on_its_day_waits_for_the_days_end() -> None:
    assert marks(monday(week=FIRST_IN_LAST_OUT, until="20:00")) == ["pending HRS-5", "pending HRS-4"]
    assert verdicts(monday(week=FIRST_IN_LAST_OUT)) == ["absent ATT-4", "absent ATT-4"]


def test_a_half_that_leans_on_its_day_waits_though_one_between_is_settled_before() -> None:
    hours = (("08:30-12:00", True, False), ("13:00-15:00", True, True), ("16:00-18:00", False, True))
    segments = tuple(WorkSegment(hours=each, sign_in=first, sign_out=last) for each, first, last in hours)
    day = monday(week=Week(segments=segments), until="15:45")
    assert verdicts(day) == ["pending HRS-5", "absent ATT-4", "pending HRS-4"]
