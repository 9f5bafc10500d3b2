"""Overtime as the punches bear it out, to the minute (HRS-7)."""

import pytest
from bylaw_attendance.rules.overtime_found import WorkedSpan, found_minutes
from bylaw_attendance.rules.punch_facts import PersonPunches

AFTERNOON = WorkedSpan(14 * 3600, 18 * 3600, present=True)
NEXT_MORNING = WorkedSpan(32 * 3600 + 1800, 36 * 3600, present=True)


def at(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def found(span: str, *punches: str, planned: tuple[WorkedSpan, ...] = (AFTERNOON,), directions: bytes = b"") -> int:
    start, end = (at(one) for one in span.split("-"))
    return found_minutes(start, end, PersonPunches(tuple(map(at, punches)), directions), planned)


@pytest.mark.clause("HRS-7")
def test_after_planned_hours_it_ends_with_the_last_punch_and_not_beyond_what_was_agreed() -> None:
    assert found("18:00-20:30", "13:50", "19:47") == 107
    assert found("18:00-20:30", "13:50", "18:02", "20:45") == 150
    assert found("18:00-20:30", "13:50") == 0, "nothing says that anybody stayed"


@pytest.mark.clause("HRS-7")
def test_whoever_was_not_there_in_the_hours_before_begins_with_a_punch() -> None:
    away = (AFTERNOON._replace(present=False),)
    assert found("18:00-20:00", "20:00", planned=away) == 0
    assert found("18:00-20:00", "18:30", "20:00", planned=away) == 90


@pytest.mark.clause("HRS-7")
def test_before_planned_hours_it_begins_with_the_punch_and_ends_where_they_begin() -> None:
    assert found("12:30-14:00", "12:50", planned=(AFTERNOON,)) == 70
    assert found("12:30-14:00", "12:50", planned=(AFTERNOON._replace(present=False),)) == 0


@pytest.mark.clause("HRS-7")
def test_by_itself_it_takes_two_punches_and_the_sign_out_before_it_is_none_of_them() -> None:
    assert found("19:00-21:00", "18:02", "18:55", "21:01") == 120
    assert found("19:00-21:00", "18:02", "19:30", "20:45") == 75
    assert found("19:00-21:00", "18:02", "21:01") == 0
    assert found("19:00-21:00", "18:55", "21:01", directions=b"\x01\x02") == 120, "it says that it goes in"
    assert found("09:00-11:00", "09:10", "10:50", planned=()) == 100


@pytest.mark.clause("HRS-7")
def test_a_punch_made_twice_is_one_and_one_that_is_far_away_or_of_another_shift_is_none() -> None:
    assert found("09:00-11:00", "09:00", "09:04", planned=()) == 0
    assert found("09:00-11:00", "09:00", "15:30", planned=()) == 0
    assert found("20:00-23:00", "20:00", "32:25", planned=(NEXT_MORNING,)) == 0
