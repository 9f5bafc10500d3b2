"""Units' months and versions of closed sheets as messages of the contract."""

from fractions import Fraction
from typing import Any

from bylaw.attendance.v1 import closing_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name
from bylaw_hooks.exporting import OvertimeFound

from bylaw_attendance.messages.hours import wall_hours
from bylaw_attendance.messages.records import fault_message, text, timestamp, totals_message
from bylaw_attendance.rules.clocks.awaited_clock import AwaitedClock
from bylaw_attendance.rules.closing.closing import ShownVersion, sheet_name_of, unit_month_name
from bylaw_attendance.rules.exact import exact_text
from bylaw_attendance.rules.leave.leave_request import leave_name
from bylaw_attendance.rules.sheets.sheet_changes import NO_CHANGES, CorrectedDay, LeaveMoved, SheetChanges
from bylaw_attendance.use_cases.closing.closed_forms import KINDS
from bylaw_attendance.use_cases.sheets.unit_month import ShownUnitMonth, Standing

NUMBERS = {kind: number for number, kind in KINDS.items()}


def unit_month_message(shown: ShownUnitMonth, *, with_sheets: bool) -> Any:
    """A unit's month."""
    message = closing_pb2.UnitMonth(
        name=unit_month_name(shown.unit, shown.month),
        unit=resource_name("units", shown.unit),
        unit_code=shown.code,
        month=f"{shown.month:%Y-%m}",
        state=closing_pb2.UnitMonthState.ValueType(shown.state),
        hand_over_date=shown.deadlines.hand_over.isoformat(),
        objection_date=shown.deadlines.objection.isoformat(),
        people_count=len(shown.standings),
        closed_count=len(shown.standings) - len(shown.open_ones),
        waiting_objection_count=sum(one.waits for one in shown.standings),
        sheets=[standing_message(shown, one) for one in shown.standings] if with_sheets else (),
        awaited_clocks=map(_awaited, shown.awaited),
    )
    if kept := shown.kept:
        message.hand_over_time.FromDatetime(kept.handed_over_at)
        message.handed_over_by = whoever(kept.handed_over_by)
        message.remark = kept.remark
        if kept.closed_at:
            message.close_time.FromDatetime(kept.closed_at)
            message.closed_by = whoever(kept.closed_by or "")
    return message


def _awaited(one: AwaitedClock) -> Any:
    return closing_pb2.AwaitedClock(
        clock=resource_name("clocks", one.clock),
        site=resource_name("sites", one.site),
        site_code=one.site_code,
        device=one.device,
        report_time=timestamp(one.reported_until),
    )


def standing_message(shown: ShownUnitMonth, one: Standing) -> Any:
    """How a person's sheet stands."""
    return closing_pb2.SheetStanding(
        sheet=sheet_name_of(one.person.person, shown.month),
        employee_number=one.person.number,
        display_name=one.person.display_name,
        inputs_digest=one.digest.hex(),
        pending_count=one.pending_count,
        fault=fault_message(one.judged.refusal if one.judged else None),
        reviewed=one.is_reviewed,
        review_time=timestamp(one.review.reviewed_at) if one.review else None,
        reviewed_by=whoever(one.review.reviewed_by) if one.review else "",
        remark=one.review.remark if one.review else "",
        version=one.closed.version if one.closed else 0,
        objection=resource_name("objections", one.objection[0]) if one.objection else "",
        agreement=closing_pb2.SheetAgreement.ValueType(shown.agreement_of(one)),
    )


def version_message(shown: ShownVersion) -> Any:
    """A version of a closed sheet."""
    return closing_pb2.SheetVersion(
        name=f"{shown.sheet}/versions/{shown.version}",
        employee_number=shown.number,
        display_name=shown.display_name,
        month=f"{shown.month:%Y-%m}",
        version=shown.version,
        cause=closing_pb2.SheetVersionCause.ValueType(shown.cause),
        reason=shown.reason,
        create_time=timestamp(shown.made_at),
        created_by=whoever(shown.made_by),
        totals=totals_message(shown.totals, shown.excused),
        difference=totals_message(shown.difference, shown.more_excused),
        counted_month=f"{shown.counted_in:%Y-%m}" if shown.counted_in else "",
        inputs_digest=shown.digest.hex(),
        changes=changes_message(shown.changes) if shown.changes != NO_CHANGES else None,
        overtime=map(_overtime_message, shown.overtime),
    )


def _overtime_message(one: OvertimeFound) -> Any:
    return closing_pb2.OvertimeDifference(
        work_date=str(one.work_date),
        percent=one.percent,
        time_off=one.compensation == "time-off",
        agreed_minutes=one.agreed_minutes,
        found_minutes=one.found_minutes,
    )


def changes_message(changes: SheetChanges) -> Any:
    """What a correction changed."""
    return closing_pb2.SheetChanges(
        added_punches=[resource_name("punches", one) for one in changes.added],
        struck_punches=[resource_name("punches", one) for one in changes.struck],
        days=map(_day_message, changes.days),
        leave=map(_leave_message, changes.leave),
    )


def _leave_message(moved: LeaveMoved) -> Any:
    return closing_pb2.LeaveMoved(
        leave_request=leave_name(moved.request),
        kind=moved.kind,
        title=text(*moved.title),
        date=str(moved.work_date),
        minutes=moved.minutes,
        days=exact_text(Fraction(moved.days)),
        counts_as_worked=moved.counts_as_worked,
        taken_off=moved.taken_off,
    )


def _day_message(day: CorrectedDay) -> Any:
    hours = day.hours.spans if day.hours else ()
    return closing_pb2.CorrectedDay(
        work_date=str(day.work_date),
        kind=closing_pb2.CorrectedDayKind.ValueType(NUMBERS[day.kind]),
        rota_word=day.word,
        hours=map(wall_hours, hours),
        day_off=bool(day.hours and not hours),
        as_planned=day.as_planned,
    )


def whoever(key: str) -> str:
    """`people/{person}`; empty for a service."""
    return resource_name("people", caller_by_key(key).person)
