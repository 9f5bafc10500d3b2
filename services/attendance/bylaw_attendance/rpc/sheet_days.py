"""The days of a sheet as messages."""

from collections.abc import Mapping
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.messages.leave import day_leave_message
from bylaw_attendance.messages.records import pattern_name, text
from bylaw_attendance.rules.sheets.shown_sheet import ShownCard, ShownDay, ShownHalf
from bylaw_attendance.wording import explained

FINDINGS = {
    Kind.UNASKED: sheets_pb2.FINDING_UNSPECIFIED,
    Kind.ON_TIME: sheets_pb2.FINDING_ON_TIME,
    Kind.EARLY: sheets_pb2.FINDING_EARLY,
    Kind.LATE: sheets_pb2.FINDING_LATE,
    Kind.MISSING_CARD: sheets_pb2.FINDING_MISSING_CARD,
    Kind.LEAVE_REQUIRED: sheets_pb2.FINDING_LEAVE_REQUIRED,
    Kind.ABSENT: sheets_pb2.FINDING_ABSENT,
    Kind.PENDING: sheets_pb2.FINDING_PENDING,
}
SIDES: dict[Side | None, Any] = {
    None: sheets_pb2.CARD_SIDE_UNSPECIFIED,
    Side.IN: sheets_pb2.CARD_SIDE_IN,
    Side.OUT: sheets_pb2.CARD_SIDE_OUT,
}


def day_message(day: ShownDay, corrected: Mapping[str, str]) -> Any:
    """A day; `corrected` names the corrections that punches came of, by local time."""
    return sheets_pb2.Day(
        work_date=day.work_date.isoformat(),
        kind=sheets_pb2.DayKind.ValueType(day.kind),
        clause=day.clause,
        shift_pattern=pattern_name(day.pattern),
        halves=[half_message(half, corrected) for half in day.halves],
        other_punch_times=day.others,
        hours_notice=day.hours_notice,
        company_day=day.company_day,
        leave=map(day_leave_message, day.leave),
    )


def half_message(half: ShownHalf, corrected: Mapping[str, str]) -> Any:
    """A half with its cards."""
    return sheets_pb2.Half(
        start_time=half.start,
        end_time=half.end,
        card_points=[card_message(card, corrected) for card in half.cards],
        verdict=FINDINGS[half.verdict],
        clause=half.clause,
    )


def card_message(card: ShownCard, corrected: Mapping[str, str]) -> Any:
    """A card; the correction that its punch came of is named."""
    return sheets_pb2.CardPoint(
        side=SIDES[card.side],
        due_time=card.due,
        punch_time=card.punch,
        finding=FINDINGS[card.kind],
        minutes=card.minutes,
        clause=card.clause,
        explanation=text(*explained(card)),
        punch_correction=corrected.get(card.punch, ""),
    )
