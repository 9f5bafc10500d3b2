"""An objection as a message of the contract."""

from typing import Any

from bylaw.attendance.v1 import objections_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.closing.objection import Objection


def objection_message(made: Objection) -> Any:
    """An objection as it stands."""
    message = objections_pb2.Objection(
        name=made.name,
        sheet=made.sheet,
        employee_number=made.number,
        days=[day.isoformat() for day in made.days],
        text=made.text,
        state=objections_pb2.ObjectionState.ValueType(made.state),
        create_time=timestamp(made.raised_at),
        etag=str(made.revision),
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.at)
        message.ended_by = resource_name("people", caller_by_key(ending.by).person)
        message.answer = ending.text
    return message
