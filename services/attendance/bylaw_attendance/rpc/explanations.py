"""The call that explains a day of a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import explanations_pb2, sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clause_words import ClauseWording, wording_message
from bylaw_chassis.values import resource_name
from bylaw_chassis.wordings import ClauseWordings

from bylaw_attendance.explaining.asked import unasked
from bylaw_attendance.messages.records import text_if_any
from bylaw_attendance.rpc.explained_asked import leave_message, overtime_message
from bylaw_attendance.rpc.explained_halves import half_message
from bylaw_attendance.rpc.explained_plans import plan_message, reason_message
from bylaw_attendance.rpc.explained_punches import progress_message, punch_message
from bylaw_attendance.rules.explaining.explaining import ExplainedDay
from bylaw_attendance.use_cases.explaining.explain_day import ExplainDay
from bylaw_attendance.use_cases.forms import day_name

PERMISSION = "attendance.sheets.read"


@dataclass(frozen=True, slots=True)
class ExplanationCalls:
    """ExplainDay."""

    days: ExplainDay
    wordings: ClauseWordings

    def ExplainDay(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, day = day_name(request.name)
        explained = self.days.explain(person, day, call.caller.reach(PERMISSION))
        return day_message(explained, self.wordings.now().spoken(explained.clauses()))


def day_message(day: ExplainedDay, wordings: Iterable[ClauseWording]) -> Any:
    """A day, explained."""
    person, work_date = resource_name("people", day.person.person), day.shown.work_date
    return explanations_pb2.DayExplanation(
        name=f"{person}/days/{work_date}",
        sheet=f"{person}/sheets/{work_date:%Y-%m}",
        inputs_digest=day.digest.hex(),
        employee_number=day.person.number,
        display_name=day.person.display_name,
        time_zone=day.time_zone,
        work_date=work_date.isoformat(),
        kind=sheets_pb2.DayKind.ValueType(day.shown.kind),
        plan=plan_message(day),
        reason=reason_message(day),
        halves=[half_message(day, half) for half in day.halves],
        punches=[punch_message(day, punch) for punch in day.punches],
        progress=progress_message(day),
        clause_wordings=map(wording_message, wordings),
        overtime=[overtime_message(day, one) for one in day.asked.overtime],
        unasked_overtime_minutes=day.asked.unasked,
        unasked_overtime=text_if_any(*unasked(day)),
        leave=[leave_message(day, one) for one in day.asked.leave],
    )
