"""A swap of the rota as a message of the contract."""

from typing import Any

from bylaw.attendance.v1 import swaps_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.rota.rota_swap import Signature, Swap


def swap_message(made: Swap) -> Any:
    """A swap as it stands."""
    message = swaps_pb2.RotaSwap(
        name=made.name,
        person=resource_name("people", made.asker),
        employee_number=made.numbers[0],
        other_person=resource_name("people", made.other),
        other_employee_number=made.numbers[1],
        work_dates=map(str, made.days),
        reason=made.reason,
        state=swaps_pb2.RotaSwapState.ValueType(made.state),
        create_time=timestamp(made.asked_at),
        agree_time=timestamp(made.agreed_at) if made.agreed_at else None,
        consent=_consent(made.asker_consent),
        other_consent=_consent(made.other_consent),
        etag=str(made.revision),
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.signature.at)
        message.ended_by = _person(ending.signature)
        message.end_text = ending.text
    return message


def swap_changed_message(made: Swap) -> Any:
    """What the feed tells: whose and of which days, and not why."""
    return swaps_pb2.RotaSwapChanged(
        name=made.name,
        person=resource_name("people", made.asker),
        other_person=resource_name("people", made.other),
        work_dates=map(str, made.days),
        state=swaps_pb2.RotaSwapState.ValueType(made.state),
    )


def _consent(signature: Signature | None) -> Any:
    if signature is None:
        return None
    return swaps_pb2.RotaSwapConsent(consented_by=_person(signature), consent_time=timestamp(signature.at))


def _person(signature: Signature) -> str:
    return resource_name("people", caller_by_key(signature.by).person)
