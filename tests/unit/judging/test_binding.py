"""Which punch belongs to which card, and what a card without one means (ATT-1, ATT-4)."""

from datetime import date

import pytest
from bylaw_fixed_week import Week, WorkSegment
from bylaw_kit import reading
from bylaw_kit.months import month_days

from tests.unit.judging.months import (
    MARCH,
    SHANGHAI,
    bound_once,
    bound_walls,
    judged_days,
    marks,
    monday,
    on,
    second,
    verdicts,
)


@pytest.mark.clause("ATT-1")
def test_a_half_with_one_card_lacks_the_other_by_the_clause_that_lets_a_photo_cover_it() -> None:
    day = monday("08:20", "13:50", "18:05")
    assert marks(day)[:2] == ["on time HRS-5", "missing card ATT-1"]
    assert verdicts(day) == ["missing card ATT-1", "worked HRS-4"]
    assert [half.worked_minutes for half in day.halves] == [0, 240]


@pytest.mark.clause("ATT-4")
def test_a_half_without_any_card_is_absence() -> None:
    day = monday("08:20", "12:00")
    assert marks(day)[2:] == ["absent ATT-4", "absent ATT-4"]
    assert verdicts(day) == ["worked HRS-4", "absent ATT-4"]


@pytest.mark.clause("HRS-4")
def test_noon_is_the_mornings_and_one_o_clock_the_afternoons() -> None:
    assert bound_walls(monday("08:20", "12:03", "13:00", "18:00")) == ["08:20", "12:03", "13:00", "18:00"]
    assert bound_walls(monday("12:56")) == ["-", "12:56", "-", "-"]
    assert bound_walls(monday("12:57")) == ["-", "-", "12:57", "-"]


@pytest.mark.clause("HRS-4", "ATT-1")
def test_a_midday_break_never_becomes_work() -> None:
    day = monday("12:03", "13:52")
    assert marks(day) == ["missing card ATT-1", "on time HRS-4", "on time HRS-5", "missing card ATT-1"]
    assert [half.worked_minutes for half in day.halves] == [0, 0]


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3")
def test_who_stamps_in_at_ten_and_out_at_seventeen_forty_is_told_all_four_cards() -> None:
    day = monday("10:00", "17:40")
    assert marks(day) == [
        "leave required 95 ATT-2",
        "missing card ATT-1",
        "missing card ATT-1",
        "leave required 20 ATT-3",
    ]
    assert verdicts(day) == ["leave required ATT-2", "leave required ATT-3"]


@pytest.mark.clause("ATT-2")
def test_not_stamping_at_noon_does_not_spare_a_latecomer_the_absence() -> None:
    day = monday("10:00", "13:55", "18:00", handed_over=True)
    assert verdicts(day) == ["absent ATT-2", "worked HRS-4"]


def test_the_earliest_punch_before_the_middle_and_the_latest_after_it_count() -> None:
    assert bound_walls(monday("08:10", "08:20", "09:30", "11:00", "12:01", "12:30", "13:50", "18:10")) == [
        "08:10",
        "12:30",
        "13:50",
        "18:10",
    ]


def test_a_repeated_stamp_is_one_and_not_a_way_out() -> None:
    assert bound_walls(monday("08:20", "08:30", "13:55", "18:00")) == ["08:20", "-", "13:55", "18:00"]
    assert bound_walls(monday("08:20", "08:31", "13:55", "18:00")) == ["08:20", "08:31", "13:55", "18:00"]
    assert bound_walls(monday("11:55", "12:05", "13:55", "18:00")) == ["-", "12:05", "13:55", "18:00"]


def test_a_lone_stamp_is_a_sign_in_before_the_middle_and_a_sign_out_from_it_on() -> None:
    assert bound_walls(monday("10:11:59"))[:2] == ["10:11", "-"]
    assert bound_walls(monday("10:12"))[:2] == ["-", "10:12"]
    assert bound_walls(monday("10:12", "10:15"))[:2] == ["-", "10:15"]
    assert bound_walls(monday("10:09", "10:11"))[:2] == ["10:09", "-"]


def test_a_certain_direction_binds_to_its_own_card_wherever_in_the_window() -> None:
    assert bound_walls(monday("11:50 in", "13:55", "18:00"))[:2] == ["11:50", "-"]
    assert bound_walls(monday("08:40 out", "13:55", "18:00"))[:2] == ["-", "08:40"]
    assert bound_walls(monday("08:20 in", "08:22 in", "08:24 out", "08:26 out"))[:2] == ["08:20", "08:26"]


def test_certain_and_uncertain_punches_are_read_together() -> None:
    assert bound_walls(monday("08:15", "08:20 in", "12:00 out", "12:05"))[:2] == ["08:15", "12:05"]
    assert bound_walls(monday("09:00 in", "12:00"))[:2] == ["09:00", "12:00"]


def test_a_punch_outside_every_window_is_bound_to_nothing() -> None:
    days = month_days(MARCH, SHANGHAI, {})
    answer = judged_days(days, "2026-03-02 04:24", "2026-03-01 10:00", "2026-03-09 04:25")
    assert [mark.punch for mark in reading.marks(answer) if mark.punch] == [second("2026-03-09 04:25")]
    assert bound_walls(on(answer, date(2026, 3, 9))) == ["04:25", "-", "-", "-"]


FIRST_IN_LAST_OUT = Week(
    segments=(WorkSegment(hours="08:30-12:00", sign_out=False), WorkSegment(hours="14:00-18:00", sign_in=False))
)


@pytest.mark.clause("ATT-1", "ATT-4")
def test_where_one_card_a_half_is_asked_for_the_other_is_neither_missed_nor_marked() -> None:
    day = monday("08:20", "18:00", week=FIRST_IN_LAST_OUT)
    assert marks(day) == ["on time HRS-5", "on time HRS-4"]
    assert [half.worked_minutes for half in day.halves] == [210, 240]
    assert marks(monday("18:00", week=FIRST_IN_LAST_OUT)) == ["missing card ATT-1", "on time HRS-4"]
    assert marks(monday(week=FIRST_IN_LAST_OUT)) == ["absent ATT-4", "absent ATT-4"]
    assert bound_walls(monday("11:00", "18:00", week=FIRST_IN_LAST_OUT)) == ["11:00", "18:00"]


def test_a_voluntary_stamp_at_noon_changes_nothing_where_none_is_asked_for() -> None:
    day = monday("08:20", "12:00", "13:50", "18:00", week=FIRST_IN_LAST_OUT)
    assert bound_walls(day) == ["08:20", "18:00"]
    early = monday("08:20", "09:30", "13:50", "18:00", week=FIRST_IN_LAST_OUT)
    assert marks(early) == ["on time HRS-5", "on time HRS-4"]
    assert verdicts(early) == ["worked HRS-4", "worked HRS-4"]
    assert [half.worked_minutes for half in early.halves] == [210, 240]


def test_no_punch_serves_two_cards() -> None:
    days = month_days(MARCH, SHANGHAI, {})
    assert bound_once(judged_days(days, "2026-03-02 10:12", "2026-03-02 12:57", "2026-03-02 15:57"))
