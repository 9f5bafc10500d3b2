"""Duties, which people answers in the service's own name (PLN-2); and whom it asks for leave (LVE-2)."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

import grpc
from bylaw.people.v1 import (
    decisions_pb2,
    duties_pb2,
    duties_pb2_grpc,
)
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name
from bylaw_hooks.leave import Step

from bylaw_attendance.rules.closing.hand_over import HAND_OVER_DAY

DAY_MINUTES = 1_440
MONTHLY_ON_THE_THIRD = duties_pb2.DutySchedule(
    rhythm=duties_pb2.DUTY_RHYTHM_MONTHLY, month_day=HAND_OVER_DAY, time="18:00"
)
BEHIND_HOLIDAYS = duties_pb2.DutySchedule(on_rest_days=duties_pb2.ON_REST_DAYS_AFTER, holidays_only=True)
ASKED: Mapping[str, decisions_pb2.ProcessStep] = MappingProxyType(
    {
        Step.UNIT_HEAD: decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_HEAD),
        Step.HEAD_ABOVE: decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_HEAD, levels_up=1),
        Step.HR: decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_ROLE, role="roles/hr"),
        Step.OPERATIONS_DIRECTOR: decisions_pb2.ProcessStep(
            kind=decisions_pb2.STEP_KIND_ROLE, role="roles/operations-director"
        ),
    }
)
"""Whom people asks for each step of a leave policy (LVE-2)."""
NOTHING_TO_CLOSE = frozenset({"DUTY_OCCURRENCE_NOT_FOUND", "DUTY_OCCURRENCE_CLOSED"})
"""It was not due yet when the duty was declared, or a head was excused from it."""


class PeopleDuties:
    """People's duties engine, in the service's own name."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = duties_pb2_grpc.DutiesStub(people)

    def declare_hand_over(self, unit: UUID, *, rolls_at: UUID | None = None) -> None:
        """See `DutyDesk`."""
        schedule = duties_pb2.DutySchedule()
        schedule.CopyFrom(MONTHLY_ON_THE_THIRD)
        if rolls_at:
            schedule.MergeFrom(BEHIND_HOLIDAYS)
            schedule.site = resource_name("sites", rolls_at)
        duty = duties_pb2.Duty(
            clause="SHT-1",
            title=LocalizedText(zh="移交上月考勤", en="Hand last month's attendance over"),
            instructions=LocalizedText(
                zh="逐日审核本单位上月的考勤表，并移交人力资源；移交后自动记为完成。",
                en="Review the unit's sheets of last month day by day and hand them over to human resources; it is done"
                " by the hand-over itself.",
            ),
            head_of=resource_name("units", unit),
            schedule=schedule,
            remind_minutes=DAY_MINUTES,
        )
        self._neighbours.ask(self._stub.DeclareDuty, duties_pb2.DeclareDutyRequest(key=_hand_over(unit), duty=duty))

    def close_hand_over(self, unit: UUID, due: date, *, record: str, by: UUID | None) -> None:
        """See `DutyDesk`."""
        request = duties_pb2.CloseDutyOccurrenceRequest(
            key=_hand_over(unit),
            due_date=due.isoformat(),
            proof=duties_pb2.DutyProof(record=record),
            done_by=resource_name("people", by),
        )
        try:
            self._neighbours.ask(self._stub.CloseDutyOccurrence, request)
        except Refusal as refusal:
            if refusal.reason not in NOTHING_TO_CLOSE:
                raise


def _hand_over(unit: UUID) -> str:
    """Under which key the duty of a unit is declared."""
    return f"hand-over-{unit}"
