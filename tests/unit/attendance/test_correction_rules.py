"""When a missed punch may be corrected: how far back, how many a month, and what the punch is then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bylaw_attendance.rules.closing.correction import (
    SAME_STAMP,
    Correction,
    CorrectionLimits,
    CorrectionState,
    Ending,
    employed_at,
)
from bylaw_attendance.rules.closing.correction_refusals import CorrectionQuotaUsed, CorrectionTooLate
from bylaw_attendance.rules.rota.rota_refusals import PersonNotEmployed
from bylaw_chassis.organisation.facts import Stay
from bylaw_chassis.values import new_id
from bylaw_hooks.parameters import CardParameters

MONTH = date(2026, 2, 1)


def correction(instant: datetime, offset_minutes: int = 480) -> Correction:
    return Correction(new_id(), new_id(), instant, offset_minutes, "Asia/Shanghai", 1, "x", "", instant)


@pytest.mark.clause("ATT-1")
def test_the_last_day_that_may_be_corrected_is_so_many_days_back_and_not_one_more() -> None:
    limits, today = CorrectionLimits(3, 31), date(2026, 3, 2)
    limits.check_day(date(2026, 1, 30), today)
    with pytest.raises(CorrectionTooLate) as told:
        limits.check_day(date(2026, 1, 29), today)
    assert told.value.variables == {"day": "2026-01-29", "first_day": "2026-01-30", "days": "31"}


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize(("quota", "counting", "fits"), [(3, 2, True), (3, 3, False), (0, 0, False), (1, 0, True)])
def test_a_month_takes_its_quota_and_none_where_the_quota_is_none(quota: int, counting: int, *, fits: bool) -> None:
    used = [correction(datetime(2026, 2, day + 1, 0, 21, tzinfo=UTC)) for day in range(counting)]
    limits = CorrectionLimits(quota, 31)
    if fits:
        limits.check_month(MONTH, used)
        return
    with pytest.raises(CorrectionQuotaUsed) as told:
        limits.check_month(MONTH, used)
    for words in (told.value.message_zh, told.value.message_en):
        assert "2026-02" in words
        assert all(f"{one.local:%Y-%m-%d %H:%M}" in words for one in used)


def test_a_correction_counts_in_the_month_that_the_wall_shows() -> None:
    """Half past midnight on the 1st of March in Shanghai, when it is February still in Greenwich."""
    assert correction(datetime(2026, 2, 28, 16, 30, tzinfo=UTC)).month == date(2026, 3, 1)
    assert correction(datetime(2026, 3, 1, 1, 0, tzinfo=UTC), -300).month == date(2026, 2, 1)


@pytest.mark.clause("ATT-1")
def test_the_punch_is_of_no_clock_and_bears_the_corrections_identifier() -> None:
    made, now = correction(datetime(2026, 2, 27, 0, 21, tzinfo=UTC)), datetime(2026, 3, 2, 4, tzinfo=UTC)
    punch = made.punch(now)
    assert (punch.id, punch.person, punch.instant) == (made.identifier, made.person, made.instant)
    assert (punch.source, punch.device, punch.status, punch.direction) == ("correction", "", "", 1)
    assert (punch.local_text, punch.local_time, punch.received_at) == (*["2026-02-27 08:21:00"] * 2, now)


def test_what_waits_stands_before_what_has_ended_and_the_newer_before_the_older() -> None:
    older, newer, over = (correction(datetime(2026, 2, day, tzinfo=UTC)) for day in (2, 3, 4))
    over = over._replace(ending=Ending(CorrectionState.REFUSED, over.asked_at, "somebody", "no"))
    assert sorted([older, over, newer], key=lambda one: one.place, reverse=True) == [newer, older, over]


def test_what_is_one_stamp_is_so_by_the_patterns_that_ship() -> None:
    assert timedelta(minutes=CardParameters().repeat_minutes) == SAME_STAMP


def test_whoever_is_not_employed_on_the_day_is_told_when_they_are() -> None:
    stays = [
        Stay(new_id(), date(2026, 2, 1), None, new_id(), None),
        Stay(new_id(), date(2025, 1, 1), date(2025, 6, 30), new_id(), None),
    ]
    assert employed_at(stays, date(2025, 6, 30), person="A-1") == stays[1]
    with pytest.raises(PersonNotEmployed) as told:
        employed_at(stays, date(2025, 7, 1), person="A-1")
    assert "2025-01-01 to 2025-06-30, since 2026-02-01" in told.value.message_en
