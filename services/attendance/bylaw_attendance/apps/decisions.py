"""What follows from each kind of decision that attendance asks people for; a part of `app.py`."""

from bylaw_chassis.decisions.wish import DecisionEnds

from bylaw_attendance.store import closed_months, leave_ledger, leave_people, leave_requests, overtime
from bylaw_attendance.use_cases.leave.ask_leave import KIND as LEAVE
from bylaw_attendance.use_cases.leave.end_leave import SettleLeave
from bylaw_attendance.use_cases.overtime.ask_overtime import KIND as OVERTIME
from bylaw_attendance.use_cases.overtime.end_overtime import SettleOvertime


def decision_ends() -> DecisionEnds:
    """What follows from each kind of decision that attendance asks for."""
    return {
        LEAVE: SettleLeave(leave_people, leave_requests, leave_ledger, closed_months),
        OVERTIME: SettleOvertime(overtime, closed_months),
    }
