"""A correction of a missed punch as a message of the contract."""

from typing import Any

from bylaw.attendance.v1 import corrections_pb2, punches_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.closing.correction import Correction


def correction_message(made: Correction) -> Any:
    """A correction as it stands."""
    message = corrections_pb2.PunchCorrection(
        name=made.name,
        person=resource_name("people", made.person),
        employee_number=made.number,
        local_time=f"{made.local:%Y-%m-%d %H:%M:%S}",
        direction=punches_pb2.Direction.ValueType(made.direction),
        reason=made.reason,
        evidence=made.evidence,
        state=corrections_pb2.PunchCorrectionState.ValueType(made.state),
        month=f"{made.month:%Y-%m}",
        instant=timestamp(made.instant),
        time_zone=made.time_zone,
        create_time=timestamp(made.asked_at),
        etag=str(made.revision),
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.at)
        message.ended_by = resource_name("people", caller_by_key(ending.by).person)
        message.end_text = ending.text
        message.punch = resource_name("punches", made.identifier if made.became_punch else None)
    if acceptance := made.acceptance:
        message.accept_time.FromDatetime(acceptance.at)
        message.accepted_by = resource_name("people", caller_by_key(acceptance.by).person)
    return message
