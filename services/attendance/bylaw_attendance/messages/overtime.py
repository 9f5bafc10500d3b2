"""A request for overtime, and the hours of a month, as messages of the contract."""

from typing import Any

from bylaw.attendance.v1 import overtime_pb2
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.overtime.overtime import Percent
from bylaw_attendance.rules.overtime.overtime_unasked import Unasked
from bylaw_attendance.rules.overtime.work_hours import OvertimeTotals, WorkHours, WorkWeek
from bylaw_attendance.use_cases.overtime.show_overtime import ShownOvertime
from bylaw_attendance.use_cases.overtime.show_work_hours import PersonHours


def overtime_message(shown: ShownOvertime) -> Any:
    """A request whole, with what was found of it."""
    made, found = shown
    wish, ending = made.wish, made.ending
    return overtime_pb2.OvertimeRequest(
        name=made.name,
        person=resource_name("people", made.person),
        employee_number=made.number,
        work_date=wish.work_date.isoformat(),
        hours="-".join(f"{wall // 60 % 24:02}:{wall % 60:02}" for wall in wish.span),
        compensation=overtime_pb2.OvertimeCompensation.ValueType(wish.compensation),
        reason=wish.reason,
        state=overtime_pb2.OvertimeState.ValueType(made.state),
        percent=made.day.percent,
        asked_minutes=made.minutes,
        found_minutes=found.minutes,
        settled=found.settled,
        day_changed=found.changed is not None,
        decision=resource_name("decisions", made.decision),
        etag=str(made.revision),
        ask_time=timestamp(made.asked_at),
        end_time=timestamp(ending.at) if ending else None,
    )


def work_hours_message(shown: PersonHours) -> Any:
    """The hours of somebody's month; of one that could not be judged only whose it is."""
    month = f"{shown.month:%Y-%m}"
    message = overtime_pb2.WorkHours(
        name=f"{resource_name('people', shown.person.person)}/workHours/{month}",
        employee_number=shown.person.number,
        display_name=shown.person.display_name,
        month=month,
        unsettled=shown.hours is None,
    )
    if shown.hours:
        message.MergeFrom(_hours(shown.hours))
    message.unasked_overtime.extend(map(_unasked, shown.unasked))
    return message


def _hours(hours: WorkHours) -> Any:
    return overtime_pb2.WorkHours(
        planned_minutes=hours.planned,
        worked_minutes=hours.worked,
        overtime=overtime_minutes(hours.overtime),
        weeks=map(_week, hours.weeks),
        average_weekly_tenths=hours.average,
        weekly_cap_tenths=hours.cap,
        cap_exceeded=hours.cap_exceeded,
    )


def overtime_minutes(totals: OvertimeTotals | None) -> Any:
    """What overtime comes to; nothing where there is none."""
    if totals is None:
        return None
    found = totals.by_percent
    return overtime_pb2.OvertimeMinutes(
        working_day_minutes=found[Percent.WORKING_DAY],
        rest_day_minutes=found[Percent.REST_DAY],
        statutory_holiday_minutes=found[Percent.STATUTORY_HOLIDAY],
        time_off_minutes=totals.time_off,
    )


def _unasked(one: Unasked) -> Any:
    day, percent, minutes = one
    return overtime_pb2.UnaskedOvertime(work_date=day.isoformat(), percent=percent, minutes=minutes)


def _week(week: WorkWeek) -> Any:
    return overtime_pb2.WorkWeek(
        start_date=week.first_day.isoformat(),
        end_date=week.last_day.isoformat(),
        planned_minutes=week.planned,
        worked_minutes=week.worked,
        overtime_minutes=week.overtime,
        free_days=week.free_days,
    )
