"""What others may learn from attendance, as facts that leave with their commit."""

from collections.abc import Sequence
from uuid import UUID

from bylaw.attendance.v1 import corrections_pb2, feed_pb2, rota_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_attendance.hours_message import hours_notice_message
from bylaw_attendance.messages import assignment_message, import_message, rota_month_message
from bylaw_attendance.rules.assignment import Assignment
from bylaw_attendance.rules.correction import Correction
from bylaw_attendance.rules.hours_notice import HoursNotice
from bylaw_attendance.rules.imports import PunchImport
from bylaw_attendance.rules.rota import RotaMonthChange


def punches_imported(made: PunchImport) -> Fact:
    """An import has ended."""
    event = feed_pb2.Event(punches_imported=import_message(made))
    return Fact("punches_imported", str(made.id), event.SerializeToString())


def pattern_assigned(made: Assignment) -> Fact:
    """A pattern was assigned, or an assignment ended, was withdrawn, or goes on; why it was withdrawn is not told."""
    event = feed_pb2.Event(pattern_assigned=assignment_message(made))
    event.pattern_assigned.ClearField("withdraw_reason")
    return Fact("pattern_assigned", str(made.identifier), event.SerializeToString())


def rota_changed(unit: UUID | None, months: Sequence[RotaMonthChange]) -> Fact:
    """A unit's rota was published (None: a cell was taken back): whose months, and not what they say."""
    changed = rota_pb2.RotaChanged(unit=resource_name("units", unit), months=map(rota_month_message, months))
    event = feed_pb2.Event(rota_changed=changed)
    return Fact("rota_changed", str(unit or months[0].person), event.SerializeToString())


def punch_correction_changed(made: Correction) -> Fact:
    """A correction was asked for, accepted, refused or withdrawn: whose and of which month, and not why."""
    changed = corrections_pb2.PunchCorrectionChanged(
        name=made.name,
        person=resource_name("people", made.person),
        month=f"{made.month:%Y-%m}",
        state=corrections_pb2.PunchCorrectionState.ValueType(made.state),
    )
    event = feed_pb2.Event(punch_correction_changed=changed)
    return Fact("punch_correction_changed", str(made.identifier), event.SerializeToString())


def hours_notice_changed(made: HoursNotice) -> Fact:
    """A notice of hours was published or withdrawn; why it was withdrawn is not told."""
    event = feed_pb2.Event(hours_notice_changed=hours_notice_message(made))
    event.hours_notice_changed.ClearField("withdraw_reason")
    return Fact("hours_notice_changed", str(made.identifier), event.SerializeToString())
