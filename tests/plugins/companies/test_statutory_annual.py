"""Annual leave by the statute, worked out by hand: years of service, joiners, leavers, steps within a year (LVE-1)."""

from datetime import date
from fractions import Fraction

import pytest
from bylaw_hooks.leave import Employment, Entitlement, Period
from bylaw_statutory_leave import StatutoryDays, StatutoryLeave
from pydantic import ValidationError

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
BY_LAW = StatutoryDays()


def given(
    joined: str,
    service_since: str = "",
    *,
    left: str = "",
    days: StatutoryDays = BY_LAW,
    span: Period = YEAR,
    balance: str = "annual",
) -> list[Entitlement]:
    """What an employment is given within a span."""
    employment = Employment(
        person=1,
        joined=date.fromisoformat(joined),
        left=date.fromisoformat(left) if left else None,
        service_since=date.fromisoformat(service_since) if service_since else None,
    )
    return [one for one in StatutoryLeave().entitlements(employment, span, days) if one.balance == balance]


def told(entitlements: list[Entitlement]) -> list[tuple[str, Fraction]]:
    """Month and day, and the amount."""
    return [(one.day.isoformat()[5:], one.amount) for one in entitlements]


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(
    ("since", "days"),
    [
        ("2020-01-01", 5),
        ("2017-01-01", 5),
        ("2016-01-01", 10),
        ("2007-01-01", 10),
        ("2006-01-01", 15),
        ("1990-07-01", 15),
    ],
)
def test_a_whole_year_is_five_ten_or_fifteen_days_by_cumulative_service(since: str, days: int) -> None:
    assert told(given("2020-01-01", since)) == [("01-01", days)]


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(
    ("joined", "since", "days"),
    [
        ("2026-10-20", "2020-01-01", 1),  # 12 + 30 + 31 = 73 days; 73/365 x 5 = 1 exactly
        ("2026-10-20", "2010-10-20", 2),  # 73/365 x 10
        ("2026-10-20", "2000-01-01", 3),  # 73/365 x 15
        ("2026-07-02", "2020-01-01", 2),  # 183/365 x 5 = 2.51
        ("2026-07-02", "2010-01-01", 5),  # 183/365 x 10 = 5.01
        ("2026-07-02", "2000-01-01", 7),  # 183/365 x 15 = 7.52
        ("2026-01-02", "2020-01-01", 4),  # 364/365 x 5 = 4.99
        ("2026-12-07", "2000-01-01", 1),  # 25/365 x 15 = 1.03
    ],
)
def test_a_joiner_gets_the_remaining_calendar_days_over_365_and_no_fraction(joined: str, since: str, days: int) -> None:
    assert told(given(joined, since)) == [(joined[5:], days)]


@pytest.mark.clause("LVE-1")
def test_a_joiner_on_the_day_after_20_october_gets_nothing_of_five_days() -> None:
    assert told(given("2026-10-21", "2020-01-01")) == []  # 72/365 x 5 = 0.986
    kept = StatutoryDays(annual_fraction="keep")
    assert told(given("2026-10-21", "2020-01-01", days=kept)) == [("10-21", Fraction(72, 73))]


@pytest.mark.clause("LVE-1")
def test_a_first_job_brings_leave_when_its_first_year_is_over_and_for_the_days_from_then() -> None:
    assert told(given("2025-10-20")) == [("10-20", 1)]  # one year on 20 October: 73/365 x 5
    assert told(given("2026-03-02")) == []
    assert told(given("2024-02-29", span=Period(date(2025, 1, 1), date(2025, 12, 31)))) == [("02-28", 4)]
    # one year ends on 28 February: 307/365 x 5 = 4.2


@pytest.mark.clause("LVE-1")
def test_who_reaches_ten_years_in_march_has_ten_days_for_the_whole_year_from_that_day() -> None:
    assert told(given("2020-01-01", "2016-03-01")) == [("01-01", 5), ("03-01", 5)]
    assert told(given("2020-01-01", "2006-12-31")) == [("01-01", 10), ("12-31", 5)]


@pytest.mark.clause("LVE-1")
def test_or_each_part_of_the_year_counts_by_its_days() -> None:
    by_days = StatutoryDays(annual_step="by_days")
    # until 1 July 182 x 5, from then 183 x 10: 2740/365 = 7.51
    assert told(given("2020-01-01", "2016-07-02", days=by_days)) == [("01-01", 5), ("07-02", 2)]
    # 364 x 5 + 1 x 10 = 1830; 1830/365 = 5.01
    assert told(given("2020-01-01", "2016-12-31", days=by_days)) == [("01-01", 5)]


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(
    ("left", "since", "back"),
    [
        ("2026-06-30", "2020-01-01", -3),  # 181/365 x 5 = 2.48: 2 of 5
        ("2026-03-14", "2020-01-01", -4),  # 31 + 28 + 14 = 73; 73/365 x 5 = 1 exactly
        ("2026-03-13", "2020-01-01", -5),  # 72/365 x 5 = 0.99: nothing
        ("2026-06-30", "2010-01-01", -6),  # 181/365 x 10 = 4.96: 4 of 10
        ("2026-09-30", "2000-01-01", -4),  # 273/365 x 15 = 11.22: 11 of 15
        ("2026-12-30", "2020-01-01", -1),  # 364/365 x 5 = 4.99: 4 of 5
    ],
)
def test_who_leaves_keeps_the_elapsed_days_over_365_and_no_fraction(left: str, since: str, back: int) -> None:
    whole = told(given("2020-01-01", since))[0][1]
    assert told(given("2020-01-01", since, left=left)) == [("01-01", whole), (left[5:], back)]


@pytest.mark.clause("LVE-1")
def test_who_leaves_on_new_years_eve_keeps_all_and_who_left_last_year_gets_nothing() -> None:
    assert told(given("2020-01-01", left="2026-12-31")) == [("01-01", 5)]
    assert told(given("2020-01-01", left="2025-12-31")) == []


@pytest.mark.clause("LVE-1")
def test_who_joins_and_leaves_in_one_year_has_both_shares() -> None:
    # 306/365 x 10 = 8.38 on joining; of 184 days 184/365 x 10 = 5.04 remain
    assert told(given("2026-03-01", "2010-01-01", left="2026-08-31")) == [("03-01", 8), ("08-31", -3)]


@pytest.mark.clause("LVE-1")
def test_a_leap_year_divides_by_365_too_and_gives_nobody_more_than_a_year() -> None:
    leap = Period(date(2028, 1, 1), date(2028, 12, 31))
    assert told(given("2020-01-01", span=leap)) == [("01-01", 5)]
    assert told(given("2028-01-02", "2020-01-01", span=leap)) == [("01-02", 5)]  # 365 days remain


@pytest.mark.clause("LVE-1")
def test_annual_leave_lapses_with_its_year_unless_it_is_carried_to_a_months_last_day() -> None:
    by_law, carried = given("2020-01-01")[0], given("2020-01-01", days=StatutoryDays(annual_carry_months=2))[0]
    assert (by_law.expires, by_law.carried_until) == (date(2026, 12, 31), None)
    assert (carried.expires, carried.carried_until) == (date(2026, 12, 31), date(2027, 2, 28))


@pytest.mark.clause("LVE-1")
def test_each_entitlement_says_why_in_both_languages() -> None:
    joined, left = given("2026-03-01", "2010-01-01", left="2026-08-31")
    assert joined.why == (
        "累计工龄 16 年，全年 10 天，自 2026-03-01 起计",
        "16 years of service: 10 days a year, counted from 2026-03-01",
    )
    assert "184" in left.why.zh
    assert "184" in left.why.en
    assert {joined.clause, left.clause} == {"LVE-1"}


@pytest.mark.clause("HRS-1")
def test_each_month_brings_a_floating_day_that_lapses_with_the_month() -> None:
    found = given("2020-01-01", balance="floating")
    assert [one.amount for one in found] == [1] * 12
    assert [one.day.day for one in found] == [1] * 12
    assert [one.expires.day for one in found if one.expires] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert {one.clause for one in found} == {"HRS-1"}


@pytest.mark.clause("HRS-1")
def test_a_floating_day_is_kept_for_as_many_months_as_the_company_says() -> None:
    kept = given("2020-01-01", days=StatutoryDays(floating_kept_months=2), balance="floating")
    assert [one.expires for one in (kept[0], kept[11])] == [date(2026, 3, 31), date(2027, 2, 28)]
    assert given("2020-01-01", days=StatutoryDays(floating_days_a_month=0), balance="floating") == []


@pytest.mark.clause("HRS-1")
def test_the_month_of_joining_has_its_floating_day_and_the_month_after_leaving_has_none() -> None:
    found = given("2026-07-20", left="2026-09-01", balance="floating")
    assert told(found) == [("07-20", 1), ("08-01", 1), ("09-01", 1)]


@pytest.mark.clause("LVE-1")
def test_a_year_asked_for_by_parts_brings_the_same() -> None:
    whole = given("2026-03-01", "2016-07-02", left="2026-11-30")
    parts = [
        one
        for first, last in (("2026-01-01", "2026-07-01"), ("2026-07-02", "2026-07-02"), ("2026-07-03", "2026-12-31"))
        for one in given(
            "2026-03-01",
            "2016-07-02",
            left="2026-11-30",
            span=Period(date.fromisoformat(first), date.fromisoformat(last)),
        )
    ]
    # 306/365 x 5 = 4.19; x 10 = 8.38; 275/365 x 10 = 7.53
    assert told(whole) == [("03-01", 4), ("07-02", 4), ("11-30", -1)]
    assert parts == whole


@pytest.mark.clause("LVE-1")
def test_nobody_can_be_given_less_than_the_statute() -> None:
    for field, value in (("annual_days_from_1_year", 4), ("maternity_days", 97), ("marriage_days", 2)):
        with pytest.raises(ValidationError) as refused:
            StatutoryDays.model_validate({field: value})
        assert refused.value.errors()[0]["loc"] == (field,)
    with pytest.raises(ValidationError) as refused:
        StatutoryDays(annual_days_from_1_year=12)
    assert refused.value.errors()[0]["ctx"]["zh"] == "年假天数须随工龄递增"
