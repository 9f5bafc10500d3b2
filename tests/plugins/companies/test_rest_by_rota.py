"""The customer service of a web shop lives by rest by rota: October 2026, with the seven days of the National Day."""

import pytest
from bylaw_hooks import DayKind, MonthFacts
from bylaw_rest_by_rota import RestByRota, Rota
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.plugins.companies.sheets import FAR, Month, each

HOLIDAYS = dict.fromkeys(range(1, 8), DayKind.HOLIDAY) | {10: DayKind.MAKE_UP_WORK}
OCTOBER = Month(RestByRota(), Rota(), (2026, 10), holidays=HOLIDAYS)
USUAL = "08:20 12:02 13:50 18:03"
DAY = 210 + 240


def rest(*days: int) -> dict[int, str]:
    return dict.fromkeys(days, "rest")


def stamps(*but: int) -> list[str]:
    """The usual stamps on every day after the holidays but these."""
    return each([day for day in range(8, 32) if day not in but], USUAL)


@pytest.mark.clause("HRS-2", "HRS-3", "HRS-4")
def test_liu_yang_rests_his_five_days_and_works_the_other_nineteen() -> None:
    off = (11, 14, 18, 22, 28)
    sheet = OCTOBER.sheet(*stamps(*off), rota=rest(*off))
    assert sheet.resting() == [*range(1, 8), *off]
    assert [sheet.why(day) for day in (1, 11, 12, 17)] == ["rest HRS-3", "rest HRS-2", "work HRS-2", "work HRS-2"]
    assert sheet.totals.days_planned == 31 - 7 - 5 == 19
    assert sheet.totals.worked_minutes == 19 * DAY == 8_550


@pytest.mark.clause("HRS-2", "ATT-4")
def test_the_sixth_day_that_ma_li_has_herself_put_down_for_is_worked_and_she_is_absent() -> None:
    off = (9, 13, 17, 21, 25, 29)
    sheet = OCTOBER.sheet(*stamps(*off), rota=rest(*off))
    assert [sheet.why(day) for day in off] == [*["rest HRS-2"] * 5, "work HRS-2"]
    assert sheet.verdicts(29) == ["absent ATT-4, 0 worked"] * 2
    assert (sheet.totals.days_planned, sheet.totals.absent_halves) == (19, 2)
    assert sheet.totals.worked_minutes == 18 * DAY == 8_100


@pytest.mark.clause("HRS-3", "ATT-2")
def test_nobody_rests_on_a_make_up_day_and_sun_bo_keeps_his_five_others() -> None:
    off = (10, 11, 15, 19, 24, 30)
    sheet = OCTOBER.sheet(*stamps(*off), "10 08:33 12:01 13:55:59 18:00", rota=rest(*off))
    assert sheet.why(10) == "work HRS-3"
    assert sheet.cards(10) == [
        "08:33 late 8 ATT-2",
        "12:01 on time HRS-4",
        "13:55 on time HRS-5",
        "18:00 on time HRS-4",
    ]
    assert sheet.resting() == [*range(1, 8), *off[1:]]
    assert sheet.totals.worked_minutes == 19 * DAY - 3 == 8_547


@pytest.mark.clause("HRS-2", "HRS-3")
def test_a_day_of_rest_on_a_holiday_costs_none_of_the_five() -> None:
    off = (3, 9, 13, 17, 21, 25)
    assert OCTOBER.sheet(rota=rest(*off)).resting() == [*range(1, 8), *off[1:]]


@pytest.mark.clause("HRS-2", "HRS-3")
def test_where_the_company_counts_holidays_among_the_rest_days_eight_leave_one() -> None:
    counted = Month(RestByRota(), Rota(rest_days=8, holidays_use_rest_days=True), (2026, 10), holidays=HOLIDAYS)
    assert counted.sheet(rota=rest(9, 13, 17)).resting() == [*range(1, 8), 9]


@pytest.mark.clause("HRS-3")
def test_where_the_company_works_on_holidays_the_rota_alone_says_who_rests() -> None:
    parameters = Rota(holidays_off=False, makeup_day_works_all=False)
    through = Month(RestByRota(), parameters, (2026, 10), holidays=HOLIDAYS)
    assert through.sheet(rota=rest(2, 10)).resting() == [2, 10]


def test_another_word_in_the_rota_leaves_the_day_to_be_worked() -> None:
    assert OCTOBER.sheet(rota={12: "counter", 13: "rest"}).resting() == [*range(1, 8), 13]


@pytest.mark.clause("ATT-1", "ATT-3")
def test_zhou_qi_leaves_early_forgets_a_card_and_is_not_called_absent_too_soon() -> None:
    sheet = OCTOBER.sheet("8 08:24 11:57 13:54 17:54", "9 08:24 13:54 18:00", "12 08:24", until=(12, "10:00"))
    assert sheet.verdicts(8) == ["early ATT-3, 207 worked", "leave required ATT-3, 234 worked"]
    assert sheet.verdicts(9) == ["missing card ATT-1, 0 worked", "on time HRS-4, 240 worked"]
    assert sheet.cards(12) == ["08:24 on time HRS-5", "- pending HRS-4", "- pending HRS-5", "- pending HRS-4"]


LATE = Rota(hours=("14:00-23:00",))
NIGHTS = Rota(hours=("22:00-06:00",))


@pytest.mark.clause("HRS-2")
@given(st.sampled_from([Rota(), LATE, NIGHTS]), st.lists(st.integers(-2_880, 2_880), unique=True, max_size=12))
def test_a_sixth_day_of_rest_at_the_months_end_lets_no_punch_count_twice(parameters: Rota, minutes: list[int]) -> None:
    march, april = (Month(RestByRota(), parameters, (2026, month)) for month in (3, 4))
    punches = tuple(sorted(april.second(1, "00:00") + 60 * minute for minute in minutes))
    taken: list[int] = []
    for month, rota in ((march, rest(2, 9, 16, 23, 30, 31)), (april, rest(0))):
        facts = MonthFacts(1, month.days(rota), punches, b"", FAR)
        plan = month.pattern.compile(facts.days, parameters)
        answer = month.pattern.judge_month(facts, plan, parameters)
        taken += [punch for punch in answer.punches if punch is not None]
    assert len(set(taken)) == len(taken)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"rest_days": 32}', "rest_days"),
        ('{"rest_days": "5"}', "rest_days"),
        ('{"rest_days": -1}', "rest_days"),
        ('{"hours": []}', "hours"),
        ('{"hours": ["8:30-12:00"]}', "hours"),
        ('{"grace": 3}', "grace"),
        ('{"late_minutes": 721}', "late_minutes"),
    ],
)
def test_a_wrong_field_is_refused_by_its_path(text: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Rota.model_validate_json(text)
    assert refused.value.errors()[0]["loc"][0] == field


@pytest.mark.parametrize(
    ("given_hours", "field"),
    [
        (("08:30-12:00", "11:00-18:00"), "hours"),
        (("08:30-12:00", "12:03-18:00"), "hours"),
        (("06:00-20:00",), "latest_minutes"),
        (("18:00-08:00",), "latest_minutes"),
    ],
)
def test_hours_that_cannot_be_judged_are_refused_in_both_languages(given_hours: tuple[str, ...], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Rota(hours=given_hours)
    context = refused.value.errors()[0]["ctx"]
    assert context["field"] == field
    assert context["zh"] and context["en"]  # noqa: PT018


def test_long_hours_are_taken_once_the_cards_count_for_less_long() -> None:
    assert Rota(hours=("06:00-20:00",), earliest_minutes=120, latest_minutes=180).hours == ("06:00-20:00",)
