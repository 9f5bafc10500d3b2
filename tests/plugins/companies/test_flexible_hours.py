"""A design studio lives by flexible hours: September 2026, core time from ten to four, eight hours a day."""

import pytest
from bylaw_flexible_hours import Flexible, FlexibleHours
from bylaw_hooks import DayKind, Kind, MonthFacts
from bylaw_kit import reading
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.plugins.companies.sheets import FAR, Month, Sheet, each

STUDIO = Flexible(
    working_days=("monday", "tuesday", "wednesday", "thursday", "friday"),
    required_minutes=480,
    break_minutes=60,
    break_after_minutes=360,
)
"""Nine hours from coming to going make eight of work."""
HOLIDAYS = dict.fromkeys((25, 26, 27), DayKind.HOLIDAY) | {20: DayKind.MAKE_UP_WORK}
SEPTEMBER = Month(FlexibleHours(), STUDIO, (2026, 9), holidays=HOLIDAYS)
WORKED = [1, 2, 3, 4, *range(7, 12), *range(14, 19), *range(20, 25), 28, 29, 30]
"""Twenty-two days: Mondays to Fridays without the 25th, and Sunday the 20th instead."""


def usual(*but: int) -> list[str]:
    return each([day for day in WORKED if day not in but], "08:30 17:30")


@pytest.mark.clause("HRS-1", "HRS-3", "HRS-4")
def test_xu_ning_works_eight_hours_on_twenty_two_days_whenever_she_comes() -> None:
    sheet = SEPTEMBER.sheet(*usual(1, 2, 3), "1 07:00 16:00", "2 10:00:59 19:00", "3 09:12 18:40")
    assert sheet.totals.days_worked == sheet.totals.days_planned == len(WORKED) == 22
    assert [sheet.verdicts(day) for day in (1, 2, 3, 4)] == [
        ["on time HRS-4, 480 worked"],
        ["on time HRS-4, 480 worked"],
        ["on time HRS-4, 508 worked"],
        ["on time HRS-4, 480 worked"],
    ]
    assert sheet.totals.worked_minutes == 22 * 480 + 28 == 10_588
    assert [sheet.why(day) for day in (5, 20, 25)] == ["rest HRS-1", "work HRS-3", "rest HRS-3"]


def gu_lei(*, handed_over: bool) -> Sheet:
    """One day, one slip."""
    return SEPTEMBER.sheet(
        *usual(1, 2, 3, 4, 7, 8, 9, 10, 11, 14),
        "1 10:15:59 19:15",  # the last minute that is only late; then nine hours
        "2 10:16 19:16",
        "3 09:00 17:55",  # may go at 18:00
        "4 09:00 17:54",
        "7 06:30 15:59",  # may go at 16:00: what lies before seven does not count
        "8 12:00 20:40",  # full at 21:00, but the frame ends at 20:00
        "9 17:30",
        "10 08:30",
        "14 07:00 15:54",
        handed_over=handed_over,
    )


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
def test_gu_lei_is_late_by_the_core_and_early_by_the_core_or_by_his_own_eight_hours() -> None:
    sheet = gu_lei(handed_over=False)
    assert sheet.cards(1) == ["10:15 late 15 ATT-2", "19:15 on time HRS-4"]
    assert sheet.cards(2) == ["10:16 leave required 16 ATT-2", "19:16 on time HRS-4"]
    assert sheet.cards(3) == ["09:00 on time HRS-4", "17:55 early 5 ATT-3"]
    assert sheet.cards(4) == ["09:00 on time HRS-4", "17:54 leave required 6 ATT-3"]
    assert sheet.cards(7) == ["06:30 on time HRS-4", "15:59 early 1 ATT-3"]
    assert sheet.cards(8) == ["12:00 leave required 120 ATT-2", "20:40 leave required 60 ATT-3"]
    assert sheet.cards(9) == ["- missing card ATT-1", "17:30 on time HRS-4"]
    assert sheet.cards(10) == ["08:30 on time HRS-4", "- missing card ATT-1"]
    assert sheet.verdicts(11) == ["absent ATT-4, 0 worked"]
    assert sheet.cards(14) == ["07:00 on time HRS-4", "15:54 leave required 6 ATT-3"]
    worked = [sheet.day(day).halves[0].worked_minutes for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14)]
    assert worked == [480, 480, 475, 474, 479, 420, 0, 0, 0, 474]
    totals = sheet.totals
    assert (totals.late_minutes, totals.early_minutes, totals.missing_cards, totals.absent_halves) == (15, 6, 2, 1)
    assert totals.leave_required_count == 5
    assert totals.worked_minutes == 12 * 480 + sum(worked) == 9_042


@pytest.mark.clause("ATT-2", "ATT-3", "SHT-1")
def test_at_the_hand_over_the_leave_that_gu_lei_never_took_is_absence() -> None:
    sheet = gu_lei(handed_over=True)
    assert [sheet.verdicts(day) for day in (2, 4, 8, 14)] == [
        ["absent ATT-2, 0 worked"],
        ["absent ATT-3, 0 worked"],
        ["absent ATT-2, 0 worked"],
        ["absent ATT-3, 0 worked"],
    ]
    assert sheet.totals.worked_minutes == 9_042 - 480 - 474 - 420 - 474 == 7_194


@pytest.mark.clause("ATT-4")
def test_before_the_clocks_have_reported_past_the_frame_only_what_is_certain_is_said() -> None:
    sheet = SEPTEMBER.sheet("1 09:30 17:00", "2 10:10", until=(1, "20:00"))
    assert sheet.cards(1) == ["09:30 on time HRS-4", "17:00 pending HRS-4"]
    assert sheet.cards(2) == ["10:10 late 10 ATT-2", "- pending HRS-4"]
    assert SEPTEMBER.sheet("1 09:30 18:30", until=(1, "19:00")).cards(1)[1] == "18:30 on time HRS-4"


@pytest.mark.clause("ATT-2", "ATT-3")
def test_where_seconds_count_a_begun_minute_is_a_whole_one() -> None:
    counted = Month(FlexibleHours(), STUDIO.model_copy(update={"seconds": "count"}), (2026, 9))
    assert counted.sheet("1 10:00:01 19:01:00").cards(1) == ["10:00 late 1 ATT-2", "19:01 on time HRS-4"]
    assert counted.sheet("1 09:00:01 18:00:59").cards(1) == ["09:00 on time HRS-4", "18:00 early 1 ATT-3"]


@pytest.mark.parametrize(
    ("left", "worked"),
    [("13:30", 300), ("14:30", 360), ("14:31", 360), ("15:30", 360), ("15:31", 361), ("17:30", 480), ("17:31", 481)],
)
def test_the_break_comes_only_out_of_what_exceeds_six_hours(left: str, worked: int) -> None:
    assert SEPTEMBER.sheet(f"1 08:30 {left}").day(1).halves[0].worked_minutes == worked


def test_a_night_bureau_has_its_core_time_behind_midnight() -> None:
    night = Flexible(frame="20:00-08:00", core="01:00-04:00", required_minutes=420)
    sheet = Month(FlexibleHours(), night, (2026, 9)).sheet("1 22:00", "2 05:00", "3 01:10 08:10", "3 21:00", "4 03:00")
    assert sheet.cards(1) == ["22:00 on time HRS-4", "05:00 on time HRS-4"]
    assert sheet.cards(2) == ["01:10 late 10 ATT-2", "08:10 leave required 10 ATT-3"]
    assert sheet.cards(3) == ["21:00 on time HRS-4", "03:00 leave required 60 ATT-3"]


GRAVITY = [Kind.ON_TIME, Kind.EARLY, Kind.LATE, Kind.LEAVE_REQUIRED, Kind.MISSING_CARD, Kind.ABSENT]
DAYS = SEPTEMBER.days({})
PLAN = FlexibleHours().compile(DAYS, STUDIO)


@pytest.mark.clause("ATT-2", "ATT-3")
@given(
    st.integers(0, 900), st.integers(0, 600), st.integers(0, 1_200), st.booleans(), st.sampled_from(["drop", "count"])
)
def test_c21_a_later_arrival_is_never_judged_milder_nor_worked_longer(
    arrival: int,
    later: int,
    departure: int,
    handed_over: bool,  # noqa: FBT001
    seconds: str,
) -> None:
    # Nearer to the departure than this an arrival is a repeated stamp: the card is missing, which ATT-1 settles.
    assume(arrival + later < departure - STUDIO.repeat_minutes)
    parameters, start = STUDIO.model_copy(update={"seconds": seconds}), SEPTEMBER.second(1, "05:00")

    def judged(minute: int) -> tuple[int, int, int]:
        facts = MonthFacts(1, DAYS, (start + 60 * minute + 1, start + 60 * departure), b"", FAR, handed_over)
        answer = FlexibleHours().judge_month(facts, PLAN, parameters)
        sign_in, sign_out = next(reading.marks(answer)).kind, answer.kinds[1]
        return GRAVITY.index(sign_in), GRAVITY.index(Kind(sign_out)), -answer.worked_minutes[0]

    assert all(one <= other for one, other in zip(judged(arrival), judged(arrival + later), strict=True))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"frame": "7-20"}', "frame"),
        ('{"core": null}', "core"),
        ('{"required_minutes": 0}', "required_minutes"),
        ('{"required_minutes": 480.5}', "required_minutes"),
        ('{"break_minutes": 241}', "break_minutes"),
        ('{"working_days": ["Monday"]}', "working_days"),
        ('{"flexible": true}', "flexible"),
    ],
)
def test_a_wrong_field_is_refused_by_its_path(text: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Flexible.model_validate_json(text)
    assert refused.value.errors()[0]["loc"][0] == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"working_days": ("monday", "monday")}, "working_days"),
        ({"frame": "07:00-06:00"}, "frame"),
        ({"core": "06:00-16:00"}, "core"),
        ({"core": "10:00-20:30"}, "core"),
        ({"required_minutes": 661}, "required_minutes"),
        ({"required_minutes": 601, "break_minutes": 60}, "required_minutes"),
    ],
)
def test_hours_that_cannot_be_judged_are_refused_in_both_languages(changed: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Flexible(**changed)  # type: ignore[arg-type]
    context = refused.value.errors()[0]["ctx"]
    assert context["field"] == field
    assert context["zh"] and context["en"]  # noqa: PT018
