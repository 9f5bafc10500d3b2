"""Looks for what was asked for of a day that is explained: overtime with what was found of it, and leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.ports.leave_store import LeaveRequestStore
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.rules.explaining.explaining_asked import AskedOfDay, AskedOvertime
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.leave.leave_request import Leave
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, OvertimeState
from bylaw_attendance.use_cases.overtime.overtime_days import FoundOvertime, JudgedDays, OvertimeDays
from bylaw_attendance.use_cases.sheets.judge_month import Judged
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth


class AskedRequests(NamedTuple):
    """What is on record of a person and day."""

    overtime: list[OvertimeRequest]
    leave: list[Leave]


@dataclass(frozen=True, slots=True)
class ExplainAsked:
    """Of overtime whatever became of it, of leave what waits or was agreed."""

    overtime: OvertimeStore
    leave: LeaveRequestStore
    days: OvertimeDays

    def load(self, connection: sa.Connection, person: UUID, day: date) -> AskedRequests:
        """What is on record, of one snapshot with the rest of the day."""
        found = [self.leave.find(connection, one) for one in self.leave.on_days(connection, day, day, [person])]
        return AskedRequests(self.overtime.on_day(connection, person, day), [one for one in found if one])

    def explained(
        self, asked: AskedRequests, day: date, month: LoadedMonth, judged: Judged, plans: Mapping[bytes, PlanBody]
    ) -> AskedOfDay:
        """With what was found of it."""
        days = self.days.days_of(month, judged, plans)
        agreed = [one for one in asked.overtime if one.state is OvertimeState.AGREED]
        overtime = [_asked(one, days) for one in asked.overtime]
        return AskedOfDay(overtime, days.unasked_on(day, agreed).minutes, asked.leave)


def _asked(one: OvertimeRequest, days: JudgedDays) -> AskedOvertime:
    found = days.found(one) if one.state is OvertimeState.AGREED else FoundOvertime()
    return AskedOvertime(one, found.minutes, found.settled, found.changed is not None)
