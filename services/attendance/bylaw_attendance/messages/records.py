"""Facts of attendance as messages of the contract, for calls and for the feed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bylaw.attendance.v1 import policies_pb2, punches_pb2, rota_pb2, sheets_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name
from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp

from bylaw_attendance.rules.clocks.clocks import Clock
from bylaw_attendance.rules.closing.correction import SOURCE, correction_name
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.judging.policy_health import HealthEntry, refusal_of
from bylaw_attendance.rules.judging.punch_facts import Punch
from bylaw_attendance.rules.leave.shown_leave import NOTHING_EXCUSED, ExcusedMinutes, with_outside
from bylaw_attendance.rules.photos import photo
from bylaw_attendance.rules.rota.rota import PublishedCell, RotaMonthChange
from bylaw_attendance.rules.sheets.sheet import TOTALS

SUBJECTS = {SubjectKind.PERSON: "people", SubjectKind.UNIT: "units"}

TOTAL_FIELDS = {
    "days_planned": "planned_days",
    "halves_planned": "planned_halves",
    "halves_worked": "worked_halves",
    "late_count": "late_count",
    "late_minutes": "late_minutes",
    "early_count": "early_count",
    "early_minutes": "early_minutes",
    "leave_required_count": "leave_required_count",
    "missing_cards": "missing_card_count",
    "absent_halves": "absent_halves",
    "pending_points": "pending_count",
    "worked_minutes": "worked_minutes",
}


def timestamp(instant: datetime | None) -> Timestamp | None:
    """An instant; nothing for nothing."""
    if instant is None:
        return None
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def text(zh: str, en: str) -> Any:
    """A sentence in both languages."""
    return localized_text_pb2.LocalizedText(zh=zh, en=en)


def text_if_any(zh: str, en: str) -> Any:
    """A sentence in both languages; nothing for an empty one."""
    return text(zh, en) if en else None


def punch_message(punch: Punch, struck_at: datetime | None = None) -> Any:
    """A punch as it arrived, and since when it does not count."""
    return punches_pb2.Punch(
        name=resource_name("punches", punch.id),
        person=resource_name("people", punch.person),
        local_time=punch.local_time,
        instant=timestamp(punch.instant),
        utc_offset_minutes=punch.utc_offset_minutes,
        time_zone=punch.time_zone,
        device=punch.device,
        direction=punches_pb2.Direction.ValueType(punch.direction),
        status=punch.sent_status,
        source=punch.source,
        receive_time=timestamp(punch.received_at),
        punch_correction=correction_name(punch.id) if punch.source == SOURCE else "",
        sign_in_photo=resource_name("signInPhotos", punch.id if punch.source == photo.SOURCE else None),
        strike_time=timestamp(struck_at) if struck_at else None,
        punch_import=resource_name("punchImports", punch.import_id),
    )


def clock_message(clock: Clock) -> Any:
    """A clock."""
    return punches_pb2.Clock(
        name=resource_name("clocks", clock.id),
        device=clock.device,
        site=resource_name("sites", clock.site),
        report_time=timestamp(clock.reported_until),
        retire_date=clock.retire_date.isoformat() if clock.retire_date else "",
    )


def assignment_message(made: Assignment) -> Any:
    """An assignment with all of its parameters."""
    message = policies_pb2.PatternAssignment(
        name=made.name,
        subject=resource_name(SUBJECTS[made.kind], made.subject) if made.kind in SUBJECTS else "",
        shift_pattern=pattern_name(made.pattern),
        start_date=made.first_day.isoformat(),
        end_date=made.last_day.isoformat() if made.last_day else "",
        replay=resource_name("replays", made.replay),
        etag=str(made.revision),
        hours_system=policies_pb2.HoursSystem.ValueType(made.hours_system),
        hours_approval=made.hours_approval,
    )
    json_format.Parse(made.parameters, message.parameters)
    if withdrawal := made.withdrawal:
        message.withdraw_time.FromDatetime(withdrawal.at)
        message.withdrawn_by = resource_name("people", caller_by_key(withdrawal.by).person)
        message.withdraw_reason = withdrawal.reason
    return message


def totals_message(totals: Sequence[int] | None, excused: ExcusedMinutes = NOTHING_EXCUSED) -> Any:
    """What a month comes to, and what is excused of it; nothing where it was not counted."""
    if totals is None:
        return None
    named = dict(zip(TOTALS, with_outside(totals, excused), strict=True))
    fields = {field: named[name] for name, field in TOTAL_FIELDS.items()}
    return sheets_pb2.Totals(**fields, excused_minutes=excused.excused, outside_minutes=excused.outside)


def fault_message(refusal: Refusal | None) -> Any:
    """Why a month could not be judged; nothing where it was."""
    if refusal is None:
        return None
    said = text(refusal.message_zh, refusal.message_en)
    return sheets_pb2.SheetFault(reason=refusal.reason, clause=refusal.clause, message=said)


def pattern_name(identity: str) -> str:
    """`shiftPatterns/{name@version}`; nothing for none."""
    return f"shiftPatterns/{identity}" if identity else ""


def cell_message(published: PublishedCell) -> Any:
    """A published cell with all of its parameters."""
    cell, person = published.cell, resource_name("people", published.cell.person)
    message = rota_pb2.RotaCell(
        name=f"{person}/rotaCells/{cell.work_date.isoformat()}",
        person=person,
        work_date=cell.work_date.isoformat(),
        code=cell.code,
        shift_pattern=pattern_name(cell.pattern),
        publish_time=timestamp(published.published_at) if published.published_at else None,
        employee_number=published.number,
        short_notice=published.short_notice,
    )
    if cell.pattern:
        json_format.Parse(cell.parameters, message.parameters)
    return message


def rota_month_message(changed: RotaMonthChange) -> Any:
    """A person's month of the rota that was changed."""
    return rota_pb2.RotaMonth(
        person=resource_name("people", changed.person), month=f"{changed.month:%Y-%m}", revision=changed.revision
    )


def health_message(entry: HealthEntry) -> Any:
    """A failure of a pattern, in the words of the refusal that it came to."""
    fault = entry.fault
    told = refusal_of(fault, entry.number)
    return policies_pb2.PolicyHealthEntry(
        name=resource_name("policyHealth", entry.identifier),
        shift_pattern=pattern_name(fault.policy),
        distribution=fault.distribution,
        reason=fault.reason,
        rule=fault.rule,
        message=text(told.message_zh, told.message_en),
        person=resource_name("people", entry.person),
        employee_number=entry.number,
        month=f"{entry.month:%Y-%m}",
        work_date=fault.work_date.isoformat() if fault.work_date else "",
        first_seen_time=timestamp(entry.first_seen),
        last_seen_time=timestamp(entry.last_seen),
        seen_count=entry.seen_count,
        end_time=timestamp(entry.ended_at),
    )
