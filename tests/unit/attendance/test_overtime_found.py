"""Overtime as the punches bear it out, to the minute (HRS-7)."""

import pytest
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.overtime.overtime_found import WorkedSpan, found_minutes
from bylaw_attendance.rules.overtime.overtime_unasked import unasked_minutes
from hypothesis import given
from hypothesis import strategies as st

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


IN, OUT, UNSAID = 1, 2, 0


@pytest.mark.clause("HRS-7")
def test_whoever_goes_out_and_comes_back_is_not_counted_while_away() -> None:
    assert found("18:00-21:00", "19:00", "20:00", "21:00", directions=bytes([OUT, IN, OUT])) == 120
    assert found("18:00-21:00", "18:01", "18:31", "21:05") == 150, "no direction, but the pairs are plain"
    assert found("09:00-12:00", "09:00", "10:00", "10:45", "12:00", planned=()) == 135
    assert found("19:00-22:00", "18:02", "18:50", "20:00", "20:30", "22:05") == 150, "the sign-out before is no pair"
    assert found("12:10-13:50", "12:20", "13:00", "13:55") == 40, "nor is the sign-in of the hours behind it"


@pytest.mark.clause("HRS-7")
def test_the_hours_of_the_next_day_or_the_last_take_no_card_of_this_one() -> None:
    tomorrow, yesterday = (
        WorkedSpan(at("32:30"), at("36:00"), True),
        WorkedSpan(at("14:00") - 86400, at("18:00") - 86400, True),
    )
    assert found("18:00-20:00", "13:45", "20:15", planned=(AFTERNOON, tomorrow)) == 120
    assert found("18:30-20:30", "13:45", "18:25", "20:40", planned=(AFTERNOON, tomorrow)) == 120
    assert found("09:00-12:00", "08:55", "12:05", planned=(yesterday, tomorrow)) == 180, "a day of rest"


@pytest.mark.clause("HRS-7")
def test_out_and_back_within_minutes_are_two_punches_where_they_say_so() -> None:
    assert found("18:00-21:00", "19:00", "19:05", "21:00", directions=bytes([OUT, IN, OUT])) == 175
    assert found("18:00-21:00", "18:00", "21:00", directions=bytes([OUT, OUT])) == 180, (
        "out as it begins is a way back in missing"
    )
    assert found("18:00-21:00", "19:00", "19:05", "21:00") == 180, "without a direction they are one"


@pytest.mark.clause("HRS-7")
def test_a_punch_without_its_other_half_takes_nothing_and_gives_nothing() -> None:
    assert found("18:00-21:00", "19:00", "21:00") == 180, "one in the middle may be either"
    assert found("18:00-21:00", "18:01", "21:00", directions=bytes([OUT, OUT])) == 180, "the way back in is missing"
    assert found("18:00-21:00", "18:01", "18:30", "20:00", "21:00", directions=bytes([OUT, IN, IN, OUT])) == 151
    assert found("18:00-21:00", "18:30", "21:00", directions=bytes([IN, OUT])) == 150, "who comes in was not there"
    assert found("19:00-21:00", "18:40", "18:50", "21:00", planned=(), directions=bytes([IN, OUT, OUT])) == 0


@pytest.mark.clause("HRS-7")
@given(
    st.lists(st.tuples(st.integers(14 * 3600, 25 * 3600), st.sampled_from((UNSAID, IN, OUT))), max_size=8),
    st.booleans(),
)
def test_never_is_more_found_than_was_asked(
    punches: list[tuple[int, int]],
    came: bool,  # noqa: FBT001 - drawn
) -> None:
    seconds, directions = zip(*sorted(dict(punches).items()), strict=True) if punches else ((), ())
    planned = (AFTERNOON._replace(present=came),)
    assert 0 <= found_minutes(at("18:00"), at("21:00"), PersonPunches(seconds, bytes(directions)), planned) <= 180


def unasked(*punches: str, planned: tuple[WorkedSpan, ...] = (AFTERNOON,), agreed: str = "") -> int:
    start, _, end = agreed.partition("-")
    asked = [(at(start), at(end))] if agreed else []
    return unasked_minutes((0, 24 * 3600), PersonPunches(tuple(map(at, punches)), b""), planned, asked)


@pytest.mark.clause("HRS-7")
def test_who_stays_beyond_their_hours_or_works_a_day_of_rest_without_asking_is_shown_and_not_credited() -> None:
    assert unasked("13:50", "20:10") == 130
    assert unasked("13:50", "18:20") == 0, "who leaves within the half-hour has not worked on"
    assert unasked("08:00", "13:50", "18:02") == 0, "nor has who comes early"
    assert unasked("09:00", "12:00", "13:00", "17:30", planned=()) == 450, "a day of rest, without its break"
    assert unasked("09:00", planned=()) == 0
    late = WorkedSpan(-10 * 3600, -6 * 3600, present=True)
    evening = PersonPunches((-3600, at("09:00"), at("10:00")), b"")
    assert unasked_minutes((0, 24 * 3600), evening, (late,), ()) == 60, "nobody was there all night"


@pytest.mark.clause("HRS-7")
def test_what_was_agreed_is_taken_off_what_was_found_and_the_rest_is_what_nobody_asked_for() -> None:
    assert unasked("13:50", "21:00", agreed="18:00-20:00") == 60
    assert unasked("13:50", "20:20", agreed="18:00-20:00") == 0
    assert unasked("09:00", "17:00", planned=(), agreed="09:00-12:00") == 300
    night = WorkedSpan(-2 * 3600, 6 * 3600, present=True)
    assert unasked("06:05", planned=(night,)) == 0, "the end of the night before is no work of this day"
