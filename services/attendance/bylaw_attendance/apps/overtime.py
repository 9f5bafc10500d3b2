"""Puts together what serves overtime and the hours of months, with its settings; a part of `app.py`."""

from collections.abc import Sequence

from bylaw.attendance.v1 import overtime_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import PEOPLE
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_attendance import calendars
from bylaw_attendance.apps.leave import LeaveParts
from bylaw_attendance.apps.together import Together
from bylaw_attendance.rpc.overtime import OvertimeCalls, WorkHoursCalls
from bylaw_attendance.rules.overtime.overtime import OvertimeLimits, TimeOff
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.store import closed_months, leave_ledger, leave_people, overtime
from bylaw_attendance.use_cases.leave.credit_time_off import CreditTimeOff
from bylaw_attendance.use_cases.overtime.ask_overtime import AskOvertime
from bylaw_attendance.use_cases.overtime.count_overtime import CountOvertime
from bylaw_attendance.use_cases.overtime.end_overtime import EndOvertime, EndOvertimeNeverAsked
from bylaw_attendance.use_cases.overtime.overtime_days import OvertimeDays
from bylaw_attendance.use_cases.overtime.show_overtime import ShowOvertime
from bylaw_attendance.use_cases.overtime.show_work_hours import ShowWorkHours

_LIMITS, _TIME_OFF = OvertimeLimits(), TimeOff()
HOUR_SECONDS, MINUTE_SECONDS = 3_600.0, 60.0


class OvertimeSettings(BaseModel):
    """The caps on overtime, and the time off that is given in its place (HRS-7)."""

    overtime_day_minutes: int = Field(
        _LIMITS.day_minutes,
        ge=0,
        le=1440,
        description="Minutes of overtime that a day takes of a person; 0: none.",
    )
    overtime_month_minutes: int = Field(
        _LIMITS.month_minutes, ge=0, le=44_640, description="Minutes of overtime that a month takes of a person."
    )

    overtime_time_off_balance: str = Field(
        _TIME_OFF.balance,
        min_length=1,
        max_length=64,
        pattern=r"^[a-z][a-z0-9-]*$",
        description="Code of the leave balance, in minutes, to which time off for overtime is credited.",
    )
    overtime_time_off_working_day_percent: int = Field(
        _TIME_OFF.working_day_percent,
        ge=100,
        le=300,
        description="Minutes of time off for a hundred minutes of overtime on a working day; 150: as it would be paid.",
    )
    overtime_time_off_rest_day_percent: int = Field(
        _TIME_OFF.rest_day_percent,
        ge=100,
        le=300,
        description="Minutes of time off for a hundred minutes of overtime on a day of rest; 200: as it would be paid.",
    )

    @property
    def overtime_time_off(self) -> TimeOff:
        """How time off is credited."""
        return TimeOff(
            self.overtime_time_off_balance,
            self.overtime_time_off_working_day_percent,
            self.overtime_time_off_rest_day_percent,
        )

    @property
    def overtime_limits(self) -> OvertimeLimits:
        """The caps."""
        return OvertimeLimits(self.overtime_day_minutes, self.overtime_month_minutes)


def counting_overtime(leave: LeaveParts) -> CountOvertime:
    """What counts the overtime of months."""
    return CountOvertime(leave.own.database, overtime, overtime_days(leave))


def overtime_days(leave: LeaveParts) -> OvertimeDays:
    """The days of months as overtime is found on them."""
    database, official = leave.own.database, (calendars.official_days, calendars.official_day)
    return OvertimeDays(database, leave.month, leave.book, *official)


def add_overtime(
    server: Server, leave: LeaveParts, limits: tuple[OvertimeLimits, RotaLimits], time_off: TimeOff
) -> Sequence[Timer]:
    """Adds the calls about overtime, which plans days and asks people as leave does; answers its timer."""
    own, finding, (caps, rota) = leave.own, leave.finding, limits
    database, decisions = own.database, leave.decisions(own.neighbours.channels[PEOPLE])
    days = overtime_days(leave)
    shown = ShowOvertime(database, finding, organisation, overtime, days)
    ask = AskOvertime(
        database, finding, organisation, days, overtime, closed_months, decisions, caps, rota.weekly_rest_days
    )
    end = EndOvertime(database, shown, overtime, closed_months, decisions)
    hours = ShowWorkHours(database, finding, organisation, counting_overtime(leave), days, rota.weekly_hours)
    calls = OvertimeCalls(ask, end, shown, own.page_tokens)
    server.add(
        overtime_pb2.DESCRIPTOR.services_by_name["Overtime"], Together(calls, WorkHoursCalls(hours, own.page_tokens))
    )
    never = EndOvertimeNeverAsked(database, overtime, decisions, own.is_current)
    credit = CreditTimeOff(database, overtime, shown, leave.policies, leave_people, leave_ledger, time_off)
    return (
        Timer("overtime-never-asked", MINUTE_SECONDS, never),
        Timer("overtime-time-off", HOUR_SECONDS, credit),
    )
