"""How much time off overtime is worth: minute for minute unless the company gives more, none for holidays (HRS-7)."""

from fractions import Fraction

import pytest
from bylaw_attendance.app import AttendanceSettings
from bylaw_attendance.rules.overtime.overtime import Percent, TimeOff
from pydantic import ValidationError

from tests.builders.attendance import settings

URL = "postgresql://localhost/attendance"


@pytest.mark.clause("HRS-7")
def test_time_off_is_minute_for_minute_unless_the_company_gives_more() -> None:
    assert TimeOff().due(Percent.WORKING_DAY, 107) == TimeOff().due(Percent.REST_DAY, 107) == 107
    generous = settings(
        URL,
        overtime_time_off_balance="banked-hours",
        overtime_time_off_working_day_percent=150,
        overtime_time_off_rest_day_percent=200,
    ).overtime_time_off
    assert generous.balance == "banked-hours"
    assert generous.due(Percent.WORKING_DAY, 107) == Fraction(321, 2)
    assert generous.due(Percent.REST_DAY, 60) == 120


@pytest.mark.clause("HRS-7")
def test_a_statutory_holiday_is_paid_and_never_credited() -> None:
    assert TimeOff(rest_day_percent=300).due(Percent.STATUTORY_HOLIDAY, 480) == 0


@pytest.mark.parametrize("name", ["working_day", "rest_day"])
def test_less_than_was_worked_is_no_sound_setting(name: str) -> None:
    with pytest.raises(ValidationError):
        settings(URL, **{f"overtime_time_off_{name}_percent": 99})
    assert AttendanceSettings.model_fields["overtime_time_off_balance"].default == "lieu"
