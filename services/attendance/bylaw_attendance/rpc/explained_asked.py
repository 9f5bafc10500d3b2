"""What was asked for of an explained day as messages: overtime, and leave."""

from typing import Any

from bylaw.attendance.v1 import explanations_pb2, leave_pb2, overtime_pb2
from bylaw_chassis.values import resource_name

from bylaw_attendance.explaining import asked as sentences
from bylaw_attendance.messages.records import text, text_if_any
from bylaw_attendance.rules.explaining.explaining import ExplainedDay
from bylaw_attendance.rules.explaining.explaining_asked import OVERTIME_CLAUSE, AskedOvertime, taken_on
from bylaw_attendance.rules.leave.leave_request import Leave


def overtime_message(day: ExplainedDay, one: AskedOvertime) -> Any:
    """A request with what of it counts."""
    request = one.request
    return explanations_pb2.OvertimeExplanation(
        overtime_request=request.name,
        state=overtime_pb2.OvertimeState.ValueType(request.state),
        compensation=overtime_pb2.OvertimeCompensation.ValueType(request.wish.compensation),
        percent=request.day.percent,
        asked_minutes=request.minutes,
        found_minutes=one.found,
        settled=one.settled,
        decision=resource_name("decisions", request.decision),
        clause=OVERTIME_CLAUSE,
        explanation=text(*sentences.overtime(day, one)),
        remedy=text_if_any(*sentences.overtime_remedy(day, one)),
    )


def leave_message(day: ExplainedDay, one: Leave) -> Any:
    """A request with where it stands."""
    return explanations_pb2.LeaveExplanation(
        leave_request=one.name,
        state=leave_pb2.LeaveRequestState.ValueType(one.state),
        decision=resource_name("decisions", one.decision),
        clause=one.terms.clause,
        minutes=taken_on(one, day.shown.work_date).minutes,
        explanation=text(*sentences.leave(day, one)),
    )
