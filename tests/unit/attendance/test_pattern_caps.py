"""A shift pattern whose parameters alone ask more than the law allows is not assigned; what ships is (HRS-7)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bylaw_attendance.policies import Policies
from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.rules.rota.pattern_cap_refusals import (
    PatternCapBroken,
    PatternGapTooShort,
    PatternHoursTooLong,
    PatternWithoutRest,
)
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.use_cases.policies.check_pattern_caps import CheckPatternCaps

from tests.builders.attendance import shipped

STANDARD, COMPREHENSIVE, IRREGULAR = HoursSystem
EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FIXED, CREWS = "fixed-week@1", "crews@1"
TWELVE_HOURS = [
    {"code": "day", "hours": ["08:00-20:00"]},
    {"code": "night", "hours": ["20:00-08:00"]},
]


@pytest.fixture(scope="module")
def book() -> Iterator[Policies]:
    made = Policies(shipped(lambda *_: True))
    yield made
    made.close()


def check(
    book: Policies, pattern: str, system: HoursSystem = STANDARD, *, since: str = "2026-01-01", **parameters: Any
) -> None:
    given = book.checked(pattern, parameters, field="parameters")
    CheckPatternCaps(book, RotaLimits()).check(pattern, given, (date.fromisoformat(since), None), system)


def refused(book: Policies, pattern: str, system: HoursSystem = STANDARD, **parameters: Any) -> PatternCapBroken:
    with pytest.raises(PatternCapBroken) as error:
        check(book, pattern, system, **parameters)
    return error.value


@pytest.mark.clause("HRS-7", "HRS-1", "HRS-2")
@pytest.mark.parametrize("since", ["2024-01-15", "2025-01-01", "2026-02-10"])
def test_every_pattern_that_ships_passes_with_the_parameters_it_ships_with(book: Policies, since: str) -> None:
    offered = [one.pattern for one in book.offered()]
    assert {"fixed-week@1", "rest-by-rota@1", "crews@1", "flexible-hours@1"} <= {*offered}
    for pattern in offered:
        check(book, pattern, since=since)


@pytest.mark.clause("HRS-7")
def test_a_week_of_seven_days_is_refused_with_a_week_that_has_no_rest(book: Policies) -> None:
    told = refused(book, FIXED, working_days=EVERY_DAY)
    assert isinstance(told, PatternWithoutRest)
    assert told.clause == "HRS-7"
    assert told.message_en == (
        "fixed-week@1 with these parameters leaves weeks without the days off that each must have (cap: at least 1),"
        " such as 2026-01-12 to 2026-01-18 (2026-01 has 2 such weeks). Choose other parameters; if the labour authority"
        " has approved another system of hours, say which, with its approval (hours_system)."
    )
    assert "排不到每周至少 1 天的休息" in told.message_zh


@pytest.mark.clause("HRS-7")
def test_ten_hours_on_six_days_are_refused_with_what_a_month_comes_to(book: Policies) -> None:
    told = refused(book, FIXED, segments=[{"hours": "08:00-18:00"}])
    assert isinstance(told, PatternHoursTooLong)
    assert (
        "comes to 58.7 hours a week in 2026-01 on average (working days: 26), beyond the cap of 44" in told.message_en
    )


@pytest.mark.clause("HRS-7")
def test_shifts_too_near_to_each_other_are_refused_with_both_days(book: Policies) -> None:
    turning = {"cycle": ["late", "early", "rest", "rest"]}
    shifts = [{"code": "early", "hours": ["06:00-12:00"]}, {"code": "late", "hours": ["16:00-22:00"]}]
    told = refused(book, CREWS, shifts=shifts, **turning)
    assert isinstance(told, PatternGapTooShort)
    assert "leaves 8.0 hours between the shifts of 2026-01-01 and 2026-01-02, less than 10" in told.message_en


@pytest.mark.clause("HRS-7", "HRS-2")
def test_rest_by_rota_is_refused_where_the_quota_is_too_small_for_a_day_off_a_week(book: Policies) -> None:
    assert isinstance(refused(book, "rest-by-rota@1", rest_days=3), PatternWithoutRest)
    assert isinstance(refused(book, CREWS, cycle=["early"]), PatternHoursTooLong)


@pytest.mark.clause("HRS-7")
def test_an_approved_system_of_hours_lets_be_what_it_is_approved_for_and_no_more(book: Policies) -> None:
    check(book, FIXED, COMPREHENSIVE, working_days=EVERY_DAY, segments=[{"hours": "08:00-18:00"}])
    nights = {"shifts": TWELVE_HOURS, "cycle": ["day", "night", "rest", "rest"]}
    check(book, CREWS, COMPREHENSIVE, **nights)
    turning = {"cycle": ["late", "early", "rest", "rest"]}
    shifts = [{"code": "early", "hours": ["06:00-12:00"]}, {"code": "late", "hours": ["16:00-22:00"]}]
    assert isinstance(refused(book, CREWS, COMPREHENSIVE, shifts=shifts, **turning), PatternGapTooShort)
    check(book, CREWS, IRREGULAR, shifts=shifts, **turning)
