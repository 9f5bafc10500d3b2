"""When a person is late, early, or must take leave: the ladders of ATT-2 and ATT-3, edge by edge."""

import pytest
from bylaw_fixed_week import Week, WorkSegment

from tests.unit.judging.months import marks, monday, verdicts

ON_TIME = ["on time HRS-5", "on time HRS-4", "on time HRS-5", "on time HRS-4"]


@pytest.mark.clause("HRS-4", "HRS-5")
def test_a_day_signed_in_five_minutes_before_each_half_is_worked() -> None:
    day = monday("08:25", "12:00", "13:55", "18:00")
    assert marks(day) == ON_TIME
    assert verdicts(day) == ["worked HRS-4", "worked HRS-4"]
    assert [half.worked_minutes for half in day.halves] == [210, 240]


@pytest.mark.clause("ATT-2", "HRS-5")
@pytest.mark.parametrize(
    ("wall", "finding"),
    [
        ("08:25", "on time HRS-5"),
        ("08:26", "late 1 ATT-2"),
        ("08:40", "late 15 ATT-2"),
        ("08:41", "leave required 16 ATT-2"),
    ],
)
def test_fifteen_minutes_late_is_late_and_sixteen_requires_leave(wall: str, finding: str) -> None:
    assert marks(monday(wall, "12:00", "13:55", "18:00"))[0] == finding


@pytest.mark.clause("ATT-3")
@pytest.mark.parametrize(
    ("wall", "finding"),
    [
        ("18:00", "on time HRS-4"),
        ("17:59", "early 1 ATT-3"),
        ("17:55", "early 5 ATT-3"),
        ("17:54", "leave required 6 ATT-3"),
    ],
)
def test_five_minutes_early_is_early_leave_and_six_require_leave(wall: str, finding: str) -> None:
    assert marks(monday("08:25", "12:00", "13:55", wall))[3] == finding


@pytest.mark.clause("ATT-2")
def test_seconds_are_dropped_before_comparing() -> None:
    day = monday("08:25:59", "12:00", "14:10:59", "17:54:59")
    assert marks(day) == ["on time HRS-5", "on time HRS-4", "late 15 ATT-2", "leave required 6 ATT-3"]


@pytest.mark.clause("ATT-2")
def test_a_company_that_counts_seconds_finds_one_second_late() -> None:
    day = monday("08:25:01", "12:00:00", "14:10:01", "17:55:00", week=Week(seconds="count"))
    assert marks(day) == ["late 1 ATT-2", "on time HRS-4", "leave required 16 ATT-2", "early 5 ATT-3"]


@pytest.mark.clause("ATT-2", "HRS-5")
def test_lateness_may_count_from_the_start_instead_of_the_sign_in() -> None:
    day = monday("08:30", "12:00", "14:16", "18:00", week=Week(late_from="start"))
    assert marks(day) == ["on time HRS-4", "on time HRS-4", "leave required 16 ATT-2", "on time HRS-4"]


@pytest.mark.clause("ATT-2", "ATT-3")
def test_late_twice_in_a_day_is_two_findings_and_so_is_late_and_early() -> None:
    day = monday("08:30", "11:58", "14:00", "18:00")
    assert marks(day) == ["late 5 ATT-2", "early 2 ATT-3", "late 5 ATT-2", "on time HRS-4"]
    assert verdicts(day) == ["late ATT-2", "late ATT-2"]
    assert [half.worked_minutes for half in day.halves] == [208, 240]


@pytest.mark.clause("ATT-2", "ATT-3")
def test_each_segment_may_have_a_ladder_of_its_own() -> None:
    week = Week(
        segments=(WorkSegment(hours="08:30-12:00", late_minutes=0, early_minutes=0), WorkSegment(hours="14:00-18:00"))
    )
    day = monday("08:26", "11:59", "13:56", "17:59", week=week)
    assert marks(day) == ["leave required 1 ATT-2", "leave required 1 ATT-3", "late 1 ATT-2", "early 1 ATT-3"]


@pytest.mark.clause("ATT-2", "ATT-3")
def test_leave_required_and_not_granted_by_the_hand_over_is_absence() -> None:
    stamps = ("08:41", "12:00", "13:55", "17:54")
    before, after = monday(*stamps), monday(*stamps, handed_over=True)
    assert verdicts(before) == ["leave required ATT-2", "leave required ATT-3"]
    assert verdicts(after) == ["absent ATT-2", "absent ATT-3"]
    assert marks(after) == ["absent 16 ATT-2", "on time HRS-4", "on time HRS-5", "absent 6 ATT-3"]
    assert [half.worked_minutes for half in before.halves] == [199, 234]
    assert [half.worked_minutes for half in after.halves] == [0, 0]


@pytest.mark.clause("ATT-2")
def test_a_company_may_leave_it_at_leave_required() -> None:
    day = monday("08:41", "12:00", "13:55", "18:00", week=Week(without_leave="leave_required"), handed_over=True)
    assert verdicts(day) == ["leave required ATT-2", "worked HRS-4"]
