"""By what an explained day was planned, and why it is worked or not, as messages."""

from typing import Any

from bylaw.attendance.v1 import explanations_pb2
from google.protobuf import json_format

from bylaw_attendance.explaining import fields, sentences
from bylaw_attendance.messages.records import text, text_if_any
from bylaw_attendance.rules.explaining.explaining import ExplainedDay


def plan_message(day: ExplainedDay) -> Any:
    """The source of a day's plan; only a sentence where there is none."""
    message = explanations_pb2.PlanExplanation(
        source=explanations_pb2.PlanSource.ValueType(fields.level(day)),
        explanation=text(*sentences.planned(day)),
        **fields.plan(day),
    )
    json_format.Parse(fields.parameters(day), message.parameters)
    return message


def reason_message(day: ExplainedDay) -> Any:
    """Why the day is worked or not."""
    return explanations_pb2.DayReason(
        calendar_kind=fields.calendar_kind(day),
        calendar=day.calendar,
        provisional=day.provisional,
        clause=day.shown.clause,
        hours_notice=day.shown.hours_notice,
        company_day=day.shown.company_day,
        leave_requests=[one.name for one in day.shown.leave],
        explanation=text_if_any(*sentences.reason(day)),
    )
