"""A trading office in Shenzhen lives by the fixed week: February 2026, with the Spring Festival in its midst."""

import pytest
from bylaw_fixed_week import FixedWeek, Week
from bylaw_hooks import DayKind

from tests.plugins.companies.sheets import Month, Sheet, each

HOLIDAYS = dict.fromkeys(range(15, 24), DayKind.HOLIDAY) | {14: DayKind.MAKE_UP_WORK, 28: DayKind.MAKE_UP_WORK}
FEBRUARY = Month(FixedWeek(), Week(), (2026, 2), holidays=HOLIDAYS)
WORKED = [*range(2, 8), *range(9, 15), *range(24, 29)]
"""Seventeen days: Mondays to Saturdays, but for the nine of the festival; both make-up days are Saturdays."""
USUAL = "08:20 12:02 13:50 18:03"
DAY = 210 + 240
"""Minutes of a day: 08:30 to 12:00 and 14:00 to 18:00."""


def usual(*but: int) -> list[str]:
    return each([day for day in WORKED if day not in but], USUAL)


@pytest.mark.clause("HRS-1", "HRS-3", "HRS-4")
def test_wang_fang_is_always_on_time_and_works_all_seventeen_days() -> None:
    sheet = FEBRUARY.sheet(*usual())
    assert sheet.totals.days_planned == sheet.totals.days_worked == 17
    assert sheet.totals.worked_minutes == 17 * DAY == 7_650
    assert sheet.resting() == [1, 8, *range(15, 24)]
    assert [sheet.why(day) for day in (8, 14, 16, 22, 28)] == [
        "rest HRS-1",
        "work HRS-3",
        "rest HRS-3",
        "rest HRS-3",
        "work HRS-3",
    ]


def chen_jie(*, handed_over: bool) -> Sheet:
    """His month: one thing goes wrong a day."""
    return FEBRUARY.sheet(
        *usual(3, 4, 5, 6, 9, 10),
        "3 08:40:59 12:02 13:50 18:03",
        "4 08:41 12:02 13:50 18:03",
        "5 08:20 12:02 13:50 17:55",
        "6 08:20 12:02 13:50 17:54:59",
        "9 08:20 12:02",
        "10 08:20 13:50 18:03",
        handed_over=handed_over,
    )


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
def test_chen_jie_meets_every_rung_of_the_ladders() -> None:
    sheet = chen_jie(handed_over=False)
    assert sheet.cards(2) == [
        "08:20 on time HRS-5",
        "12:02 on time HRS-4",
        "13:50 on time HRS-5",
        "18:03 on time HRS-4",
    ]
    assert sheet.verdicts(3) == ["late ATT-2, 200 worked", "on time HRS-4, 240 worked"]
    assert sheet.cards(3)[0] == "08:40 late 15 ATT-2"
    assert sheet.cards(4)[0] == "08:41 leave required 16 ATT-2"
    assert sheet.verdicts(5)[1] == "early ATT-3, 235 worked"
    assert sheet.cards(6)[3] == "17:54 leave required 6 ATT-3"
    assert sheet.verdicts(9) == ["on time HRS-4, 210 worked", "absent ATT-4, 0 worked"]
    assert sheet.cards(10)[:2] == ["08:20 on time HRS-5", "- missing card ATT-1"]
    totals = sheet.totals
    assert (totals.late_count, totals.late_minutes, totals.early_count, totals.early_minutes) == (1, 15, 1, 5)
    assert (totals.leave_required_count, totals.missing_cards, totals.absent_halves) == (2, 1, 1)
    assert totals.worked_minutes == 7_650 - 10 - 11 - 5 - 6 - 240 - 210 == 7_168


@pytest.mark.clause("ATT-2", "ATT-3", "SHT-1")
def test_when_the_sheet_is_handed_over_the_leave_he_never_took_is_absence() -> None:
    sheet = chen_jie(handed_over=True)
    assert sheet.verdicts(4)[0] == "absent ATT-2, 0 worked"
    assert sheet.verdicts(6)[1] == "absent ATT-3, 0 worked"
    assert (sheet.totals.leave_required_count, sheet.totals.absent_halves) == (0, 3)
    assert sheet.totals.worked_minutes == 7_650 - 10 - 210 - 5 - 240 - 240 - 210 == 6_735


@pytest.mark.clause("ATT-4")
def test_on_the_tenth_at_noon_nobody_is_absent_for_the_afternoon_yet() -> None:
    sheet = FEBRUARY.sheet(*usual(10), "10 08:20", until=(10, "12:00"))
    assert sheet.cards(10) == ["08:20 on time HRS-5", "- pending HRS-4", "- pending HRS-5", "- pending HRS-4"]
    assert sheet.totals.absent_halves == 0
