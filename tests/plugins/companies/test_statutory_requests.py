"""Requests for leave under the statutory policy: what each takes, what speaks against it, and who is asked."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from bylaw_hooks import Excused, Segment
from bylaw_hooks.leave import Employment, LeaveBalance, LeaveDay, LeaveRequest, Standing, Step, Taken
from bylaw_kit.cutting import excused_span
from bylaw_statutory_leave import StatutoryDays, StatutoryLeave

from tests.plugins.companies.leave_days import planned

POLICY, BY_LAW = StatutoryLeave(), StatutoryDays()
LI = Employment(1, date(2020, 1, 1))
AMPLE = tuple(LeaveBalance(code, Fraction(10_000)) for code in ("annual", "floating", "lieu"))


def request(kind: str, first: str, last: str = "", **more: Any) -> LeaveRequest:
    """Somebody asks, in good time unless it is said otherwise."""
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    return LeaveRequest(kind, *days, **{"asked_on": date(2026, 1, 1), **more})


def measured(asked: LeaveRequest, days: tuple[LeaveDay, ...] | None = None) -> tuple[Taken, ...]:
    """What it takes of ordinary weeks."""
    if days is None:
        days = planned(asked.first.isoformat(), asked.last.isoformat())
    return POLICY.measure(asked, days, BY_LAW)


def taken(asked: LeaveRequest, days: tuple[LeaveDay, ...] | None = None) -> tuple[Fraction, int]:
    """Days and minutes in all."""
    found = measured(asked, days)
    return sum((one.days for one in found), Fraction(0)), sum(one.minutes for one in found)


def said(asked: LeaveRequest, **standing: Any) -> list[str]:
    """The reasons against it."""
    how = Standing(**{"employment": LI, "balances": AMPLE, **standing})
    return [one.reason for one in POLICY.admit(asked, measured(asked), standing=how, parameters=BY_LAW)]


@pytest.mark.clause("LVE-1")
def test_a_morning_is_half_a_day_and_210_minutes_an_afternoon_half_a_day_and_240() -> None:
    assert taken(request("annual", "2026-03-02", ends="first-half")) == (Fraction(1, 2), 210)
    assert taken(request("annual", "2026-03-02", starts="second-half")) == (Fraction(1, 2), 240)
    assert taken(request("annual", "2026-03-02")) == (1, 450)


@pytest.mark.clause("LVE-1")
def test_from_monday_noon_to_wednesday_noon_is_two_days() -> None:
    asked = request("annual", "2026-03-02", "2026-03-04", starts="second-half", ends="first-half")
    assert [(one.days, one.minutes) for one in measured(asked)] == [
        (Fraction(1, 2), 240),
        (1, 450),
        (Fraction(1, 2), 210),
    ]


@pytest.mark.clause("LVE-1")
def test_half_a_day_on_a_day_of_rest_takes_nothing_and_is_refused() -> None:
    asked = request("annual", "2026-03-01", ends="first-half")  # a Sunday
    assert [(one.days, one.minutes) for one in measured(asked)] == [(0, 0)]
    assert said(asked) == ["LEAVE_TAKES_NOTHING"]


@pytest.mark.clause("LVE-1")
def test_holidays_and_days_of_rest_are_not_counted_as_annual_leave() -> None:
    # 28, 29, 30 September; the holidays from 1 to 7 October; Thursday 8 to Saturday 10; Sunday 11
    assert taken(request("annual", "2026-09-28", "2026-10-11")) == (6, 6 * 450)


@pytest.mark.clause("LVE-1")
def test_a_week_over_new_year_counts_its_working_days() -> None:
    # Monday 28 December to Saturday 2 January; Sunday 3; no holiday is told here
    assert taken(request("annual", "2026-12-28", "2027-01-03")) == (6, 6 * 450)


@pytest.mark.clause("LVE-1")
def test_maternity_leave_counts_every_day_of_the_calendar() -> None:
    asked = request("maternity", "2026-03-01", "2026-06-06", evidence=True)  # 31 + 30 + 31 + 6 = 98
    assert taken(asked)[0] == 98
    assert said(asked) == []
    assert said(replace(asked, last=date(2026, 6, 7))) == ["LEAVE_TOO_LONG"]


@pytest.mark.clause("LVE-1")
def test_hours_are_their_part_of_the_days_minutes_and_the_midday_break_is_free() -> None:
    assert taken(request("lieu", "2026-03-02", hours=(600, 720))) == (Fraction(120, 450), 120)
    assert taken(request("lieu", "2026-03-02", hours=(690, 870))) == (Fraction(60, 450), 60)  # 11:30 to 14:30
    assert said(request("lieu", "2026-03-02", hours=(725, 835))) == ["LEAVE_TAKES_NOTHING"]


@pytest.mark.clause("LVE-1")
def test_half_a_night_shift_of_one_piece_is_its_half_and_the_night_of_the_clock_change_is_shorter() -> None:
    nights = planned("2026-03-28", "2026-03-28", halves=(("22:00", "06:00"),), zone="Europe/Berlin")
    asked = request("annual", "2026-03-28", ends="first-half")
    assert taken(asked, nights) == (Fraction(1, 2), 210)
    assert taken(request("annual", "2026-03-28"), nights) == (1, 420)  # 22:00 to 06:00 without the skipped hour


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize("hours", ["08:00-16:00", "08:30-12:00 14:00-18:00", "08:00-10:00 10:30-12:00 13:00-17:00"])
@pytest.mark.parametrize("part", ["day", "first-half", "second-half"])
def test_what_is_measured_is_what_is_cut_out_of_the_plan(hours: str, part: Any) -> None:
    walls = tuple((one[:5], one[6:]) for one in hours.split())
    day = planned("2026-03-02", "2026-03-02", halves=walls)[0]
    first, after = excused_span(
        day.facts, Excused("LVE-1", part), tuple(Segment(s, e, s, 15, 5, "HRS-4", "HRS-5") for s, e in day.segments)
    )
    ends = "first-half" if part == "first-half" else "second-half"
    starts = "second-half" if part == "second-half" else "first-half"
    found = measured(request("annual", "2026-03-02", starts=starts, ends=ends), (day,))[0]
    assert found.spans
    assert found.minutes == sum(max(0, min(e, after) - max(s, first)) for s, e in day.segments)


@pytest.mark.clause("LVE-1")
def test_two_equal_halves_are_refused_and_two_different_ones_are_not() -> None:
    morning = request("annual", "2026-03-02", ends="first-half")
    afternoon = request("annual", "2026-03-02", starts="second-half")
    assert said(morning, taken=measured(morning)) == ["LEAVE_OVERLAPS"]
    assert said(morning, taken=measured(afternoon)) == []
    assert said(request("annual", "2026-03-02"), taken=measured(afternoon)) == ["LEAVE_OVERLAPS"]
    assert said(request("lieu", "2026-03-02", hours=(840, 900)), taken=measured(afternoon)) == ["LEAVE_OVERLAPS"]
    assert said(request("lieu", "2026-03-02", hours=(660, 840)), taken=measured(afternoon)) == []


@pytest.mark.clause("LVE-1")
def test_maternity_leave_overlaps_on_a_sunday_too() -> None:
    sunday = request("maternity", "2026-03-01", evidence=True)
    assert said(sunday, taken=measured(sunday)) == ["LEAVE_OVERLAPS"]


@pytest.mark.clause("LVE-1")
def test_annual_leave_is_asked_for_three_days_ahead_and_sick_leave_up_to_three_days_after() -> None:
    assert said(request("annual", "2026-03-05", asked_on=date(2026, 3, 2))) == []
    assert said(request("annual", "2026-03-05", asked_on=date(2026, 3, 3))) == ["LEAVE_NOTICE"]
    assert said(request("sick", "2026-03-05", asked_on=date(2026, 3, 8), evidence=True)) == []
    assert said(request("sick", "2026-03-05", asked_on=date(2026, 3, 9), evidence=True)) == ["LEAVE_NOTICE"]


@pytest.mark.clause("LVE-1")
def test_sick_leave_needs_a_certificate_beyond_the_days_that_the_company_waives() -> None:
    asked = request("sick", "2026-03-05", "2026-03-06")
    assert said(asked) == ["LEAVE_EVIDENCE"]
    for waived, against in ((1, ["LEAVE_EVIDENCE"]), (2, [])):
        lenient = StatutoryDays(sick_days_without_evidence=waived)
        found = POLICY.admit(asked, measured(asked), standing=Standing(LI), parameters=lenient)
        assert [one.reason for one in found] == against


@pytest.mark.clause("LVE-1")
def test_nobody_takes_more_than_is_there_and_is_told_both_figures() -> None:
    asked = request("annual", "2026-03-02", "2026-03-04")
    standing = Standing(LI, (LeaveBalance("annual", Fraction(5, 2)),))
    (found,) = POLICY.admit(asked, measured(asked), standing=standing, parameters=BY_LAW)
    assert (found.reason, found.clause) == ("LEAVE_BALANCE", "LVE-1")
    assert found.why == ("余额不足：需 3 天，可用 2.5 天", "it takes 3 days and 2.5 are there")
    assert said(asked, balances=(LeaveBalance("annual", Fraction(3)),)) == []
    assert said(request("personal", "2026-03-02"), balances=()) == []


@pytest.mark.clause("HRS-1")
def test_the_floating_day_is_refused_by_its_own_clause() -> None:
    asked = request("floating", "2026-03-02")
    (found,) = POLICY.admit(asked, measured(asked), standing=Standing(LI), parameters=BY_LAW)
    assert (found.reason, found.clause) == ("LEAVE_BALANCE", "HRS-1")


@pytest.mark.clause("LVE-1")
def test_each_kind_is_asked_for_in_its_unit_and_within_the_employment() -> None:
    assert said(request("annual", "2026-03-02", hours=(510, 600))) == ["LEAVE_UNIT"]
    assert said(request("marriage", "2026-03-02", ends="first-half", evidence=True)) == ["LEAVE_UNIT"]
    leaving = replace(LI, left=date(2026, 3, 3))
    assert said(request("annual", "2026-03-03"), employment=leaving) == []
    assert said(request("annual", "2026-03-03", "2026-03-04"), employment=leaving) == ["LEAVE_OUTSIDE_EMPLOYMENT"]


@pytest.mark.clause("LVE-1")
def test_marriage_bereavement_and_paternity_have_their_most_days() -> None:
    for kind, last, longer in (
        ("marriage", "2026-03-04", "2026-03-05"),
        ("bereavement", "2026-03-04", "2026-03-05"),
        ("paternity", "2026-03-16", "2026-03-17"),
    ):
        assert said(request(kind, "2026-03-02", last, evidence=True)) == []
        assert said(request(kind, "2026-03-02", longer, evidence=True)) == ["LEAVE_TOO_LONG"]


@pytest.mark.clause("LVE-2")
@pytest.mark.parametrize(
    ("kind", "last", "steps"),
    [
        ("annual", "2026-03-04", [Step.UNIT_HEAD]),  # 3 days
        ("annual", "2026-03-05", [Step.UNIT_HEAD, Step.HEAD_ABOVE]),
        ("annual", "2026-03-12", [Step.UNIT_HEAD, Step.HEAD_ABOVE]),  # 10 days without the Sunday
        ("annual", "2026-03-13", [Step.UNIT_HEAD, Step.HEAD_ABOVE, Step.HR]),
        ("marriage", "2026-03-02", [Step.UNIT_HEAD, Step.HR]),
    ],
)
def test_who_approves_depends_on_kind_and_length(kind: str, last: str, steps: list[Step]) -> None:
    asked = request(kind, "2026-03-02", last)
    assert list(POLICY.approval(asked, measured(asked), BY_LAW)) == steps


@pytest.mark.clause("LVE-1")
def test_every_kind_of_the_rulebook_is_there_titled_in_both_languages() -> None:
    kinds = {kind.code: kind for kind in POLICY.kinds(BY_LAW)}
    assert {
        "annual",
        "sick",
        "personal",
        "marriage",
        "bereavement",
        "maternity",
        "paternity",
        "floating",
        "lieu",
    } <= set(kinds)
    assert all(kind.title.zh and kind.title.en for kind in kinds.values())
    assert kinds["lieu"].balance_in == "minutes"
    assert not kinds["personal"].paid
    assert "paternity" not in {kind.code for kind in POLICY.kinds(StatutoryDays(paternity_days=0))}


def test_a_request_that_contradicts_itself_is_none() -> None:
    for fault in ({"first": date(2026, 3, 3)}, {"hours": (600, 540)}, {"starts": "second-half", "ends": "first-half"}):
        with pytest.raises(ValueError, match="day"):
            replace(request("annual", "2026-03-02"), **fault)
    with pytest.raises(ValueError, match="hours"):
        request("lieu", "2026-03-02", "2026-03-03", hours=(600, 660))
