"""What others may learn from attendance, as facts that leave with their commit."""

from collections.abc import Sequence
from uuid import UUID

from bylaw.attendance.v1 import (
    closing_pb2,
    corrections_pb2,
    feed_pb2,
    leave_pb2,
    objections_pb2,
    overtime_pb2,
    photos_pb2,
    rota_pb2,
)
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.company_days import company_day_message
from bylaw_attendance.messages.hours import hours_notice_message
from bylaw_attendance.messages.imports import import_message
from bylaw_attendance.messages.leave_policies import leave_assignment_message
from bylaw_attendance.messages.records import assignment_message, rota_month_message
from bylaw_attendance.messages.swaps import swap_changed_message
from bylaw_attendance.rules.calendar.company_day import CompanyDay
from bylaw_attendance.rules.calendar.hours_notice import HoursNotice
from bylaw_attendance.rules.closing.closing import ClosedSheet, UnitMonth, sheet_name_of, unit_month_name
from bylaw_attendance.rules.closing.correction import Correction
from bylaw_attendance.rules.closing.objection import Objection
from bylaw_attendance.rules.imports import PunchImport
from bylaw_attendance.rules.judging.assignment import Assignment
from bylaw_attendance.rules.leave.leave_request import Leave
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest
from bylaw_attendance.rules.photos.photo import Photo
from bylaw_attendance.rules.rota.rota import RotaMonthChange
from bylaw_attendance.rules.rota.rota_swap import Swap


def punches_imported(made: PunchImport) -> Fact:
    """An import has ended."""
    event = feed_pb2.Event(punches_imported=import_message(made))
    return Fact("punches_imported", str(made.id), event.SerializeToString())


def punch_import_revoked(made: PunchImport) -> Fact:
    """An import was taken back; why is not told."""
    event = feed_pb2.Event(punch_import_revoked=import_message(made))
    event.punch_import_revoked.revocation.ClearField("reason")
    return Fact("punch_import_revoked", str(made.id), event.SerializeToString())


def pattern_assigned(made: Assignment) -> Fact:
    """A pattern was assigned, or an assignment ended, was withdrawn, or goes on; why it was withdrawn is not told."""
    event = feed_pb2.Event(pattern_assigned=assignment_message(made))
    event.pattern_assigned.ClearField("withdraw_reason")
    return Fact("pattern_assigned", str(made.identifier), event.SerializeToString())


def leave_policy_assigned(made: Assignment) -> Fact:
    """A leave policy was assigned, or an assignment ended, was withdrawn, or goes on; why is not told."""
    event = feed_pb2.Event(leave_policy_assigned=leave_assignment_message(made))
    event.leave_policy_assigned.ClearField("withdraw_reason")
    return Fact("leave_policy_assigned", str(made.identifier), event.SerializeToString())


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


def sign_in_photo_changed(made: Photo) -> Fact:
    """A photo arrived, was accepted, refused or withdrawn, or expired: whose and of which month, not what it shows."""
    changed = photos_pb2.SignInPhotoChanged(
        name=made.name,
        person=resource_name("people", made.person),
        month=f"{made.day:%Y-%m}",
        state=photos_pb2.SignInPhotoState.ValueType(made.state),
    )
    event = feed_pb2.Event(sign_in_photo_changed=changed)
    return Fact("sign_in_photo_changed", str(made.identifier), event.SerializeToString())


def unit_month_changed(made: UnitMonth) -> Fact:
    """A unit's month was handed over or closed."""
    name = unit_month_name(made.unit, made.month)
    changed = closing_pb2.UnitMonthChanged(name=name, state=closing_pb2.UnitMonthState.ValueType(made.state))
    event = feed_pb2.Event(unit_month_changed=changed)
    return Fact("unit_month_changed", str(made.unit), event.SerializeToString())


def objection_changed(made: Objection) -> Fact:
    """An objection was made, answered or taken back: to whose sheet, and not what was said."""
    state = objections_pb2.ObjectionState.ValueType(made.state)
    changed = objections_pb2.ObjectionChanged(name=made.name, sheet=made.sheet, state=state)
    event = feed_pb2.Event(objection_changed=changed)
    return Fact("objection_changed", str(made.identifier), event.SerializeToString())


def closed_sheet_corrected(made: ClosedSheet) -> Fact:
    """A closed sheet was corrected on record: whose, and where the difference counts, and not why."""
    corrected = closing_pb2.ClosedSheetCorrected(
        sheet=sheet_name_of(made.person, made.month),
        version=made.version,
        counted_month=f"{made.counted_in:%Y-%m}" if made.counted_in else "",
    )
    event = feed_pb2.Event(closed_sheet_corrected=corrected)
    return Fact("closed_sheet_corrected", str(made.person), event.SerializeToString())


def rota_swap_changed(made: Swap) -> Fact:
    """A swap of the rota was asked for, moved on or ended."""
    event = feed_pb2.Event(rota_swap_changed=swap_changed_message(made))
    return Fact("rota_swap_changed", str(made.identifier), event.SerializeToString())


def hours_notice_changed(made: HoursNotice) -> Fact:
    """A notice of hours was published or withdrawn; why it was withdrawn is not told."""
    event = feed_pb2.Event(hours_notice_changed=hours_notice_message(made))
    event.hours_notice_changed.ClearField("withdraw_reason")
    return Fact("hours_notice_changed", str(made.identifier), event.SerializeToString())


def company_day_changed(made: CompanyDay) -> Fact:
    """Days of the company were published or withdrawn; why they were withdrawn is not told."""
    event = feed_pb2.Event(company_day_changed=company_day_message(made))
    event.company_day_changed.ClearField("withdraw_reason")
    return Fact("company_day_changed", str(made.identifier), event.SerializeToString())


def leave_request_changed(made: Leave) -> Fact:
    """Leave was asked for, decided, or days of it were given back: whose and of which days; neither kind nor why."""
    changed = leave_pb2.LeaveRequestChanged(
        name=made.name,
        person=resource_name("people", made.person),
        start_date=str(made.wish.first),
        end_date=str(made.wish.last),
        state=leave_pb2.LeaveRequestState.ValueType(made.state),
    )
    event = feed_pb2.Event(leave_request_changed=changed)
    return Fact("leave_request_changed", str(made.identifier), event.SerializeToString())


def overtime_request_changed(made: OvertimeRequest) -> Fact:
    """Overtime was asked for, decided, confirmed or taken back: whose and of which day, and not why."""
    changed = overtime_pb2.OvertimeRequestChanged(
        name=made.name,
        person=resource_name("people", made.person),
        work_date=str(made.wish.work_date),
        state=overtime_pb2.OvertimeState.ValueType(made.state),
    )
    event = feed_pb2.Event(overtime_request_changed=changed)
    return Fact("overtime_request_changed", str(made.identifier), event.SerializeToString())
