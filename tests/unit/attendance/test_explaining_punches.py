"""What is said of a punch that no card took: the reason by which it was left over, and no other."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch, Outcome, explained_punches
from bylaw_attendance.rules.judging.judged_half import JudgedHalf, PlannedSegment
from bylaw_attendance.rules.judging.month_facts import HalfFound
from bylaw_attendance.rules.judging.punch_facts import Punch, epoch_of
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

MIDNIGHT = datetime(2026, 2, 3, tzinfo=UTC)
DAY = date(2026, 2, 3)
ASKED = (Kind.ON_TIME, Kind.ON_TIME)


def at(time: str) -> int:
    hours, minutes = map(int, time.split(":"))
    return epoch_of(MIDNIGHT + timedelta(hours=hours, minutes=minutes))


def punch(time: str, direction: int = 0, number: int = 1) -> Punch:
    instant = datetime.fromtimestamp(at(time), UTC)
    return Punch(UUID(int=number), UUID(int=0), instant, time, 0, "UTC", "gate", direction, "", "csv", instant, None)


def half(came: str = "", left: str = "", *, kinds: tuple[Kind, Kind] = ASKED, known: bool = True) -> JudgedHalf:
    """The morning from 08:30 to 12:00, in which punches count from 04:25 to 12:57."""
    bound = [at(time) if time else None for time in (came, left)]
    found = HalfFound(DAY, at("08:30") // 60, at("12:00") // 60, bytes(kinds), (0, 0), bound, ("", ""), 1, "HRS-4")
    opens, middle, closes = map(at, ("04:25", "10:12", "12:57"))
    segment = PlannedSegment(at("12:00") // 60, at("08:25") // 60, 15, 5, opens, middle, closes, closes // 60)
    return JudgedHalf(0, 0, found, segment if known else None)


def left_over(stamp: Punch, morning: JudgedHalf, *, repeat_minutes: int = 10) -> ExplainedPunch:
    (explained,) = explained_punches([stamp], [morning], repeat_minutes=repeat_minutes)
    return explained


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize(
    ("time", "expected"),
    [("08:30", Outcome.REPEAT), ("08:31", Outcome.BETWEEN), ("04:24", Outcome.OUTSIDE), ("12:57", Outcome.OUTSIDE)],
)
def test_the_minutes_of_a_repeat_and_the_edges_of_the_window_are_those_of_the_plan(
    time: str, expected: Outcome
) -> None:
    assert left_over(punch(time), half("08:20", "12:01")).outcome is expected


@pytest.mark.clause("ATT-1")
def test_a_repeat_names_the_nearer_of_the_two_punches_that_count() -> None:
    assert left_over(punch("11:58"), half("08:20", "12:01")).repeated == at("12:01")
    assert left_over(punch("11:58"), half("08:20", "12:01"), repeat_minutes=2).outcome is Outcome.BETWEEN


@pytest.mark.clause("ATT-1")
def test_a_punch_that_goes_the_other_way_names_the_card_that_it_cannot_be() -> None:
    explained = left_over(punch("09:00", direction=2), half(left="12:01"))
    assert (explained.outcome, explained.side) == (Outcome.OTHER_DIRECTION, Side.IN)


@pytest.mark.clause("ATT-1")
def test_where_one_card_alone_is_asked_for_the_others_are_not() -> None:
    one_card = half("08:20", kinds=(Kind.ON_TIME, Kind.UNASKED))
    assert left_over(punch("11:00"), one_card).outcome is Outcome.NOT_ASKED


def test_what_the_default_rule_would_have_taken_was_left_by_a_rule_of_the_pattern() -> None:
    assert left_over(punch("11:00"), half("08:20")).outcome is Outcome.NOT_TAKEN


def test_without_its_plan_nobody_knows_why_a_punch_was_left() -> None:
    assert left_over(punch("08:24"), half("08:20", known=False)).outcome is Outcome.UNKNOWN


@pytest.mark.clause("ATT-1")
def test_of_two_punches_at_one_second_each_card_takes_the_one_that_goes_its_way() -> None:
    both = half("09:00", "09:00")
    stamps: list[Any] = [punch("09:00", direction, number) for number, direction in enumerate((2, 1), 1)]

    explained = explained_punches(stamps, [both], repeat_minutes=10)

    assert [(one.outcome, one.side) for one in explained] == [(Outcome.BOUND, Side.OUT), (Outcome.BOUND, Side.IN)]
