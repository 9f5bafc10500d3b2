"""The days of a sheet and its totals as messages."""

from collections.abc import Sequence
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.messages import text
from bylaw_attendance.rules.sheet import TOTALS
from bylaw_attendance.rules.shown_sheet import ShownCard, ShownDay, ShownHalf
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
SIDES = {Side.IN: sheets_pb2.CARD_SIDE_IN, Side.OUT: sheets_pb2.CARD_SIDE_OUT}
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


def day_message(day: ShownDay) -> Any:
    """A day."""
    return sheets_pb2.Day(
        work_date=day.work_date.isoformat(),
        kind=sheets_pb2.DayKind.ValueType(day.kind),
        clause=day.clause,
        shift_pattern=f"shiftPatterns/{day.pattern}" if day.pattern else "",
        halves=map(_half, day.halves),
        other_punch_times=day.others,
    )


def _half(half: ShownHalf) -> Any:
    return sheets_pb2.Half(
        start_time=half.start,
        end_time=half.end,
        card_points=map(_card, half.cards),
        verdict=FINDINGS[half.verdict],
        clause=half.clause,
    )


def _card(card: ShownCard) -> Any:
    return sheets_pb2.CardPoint(
        side=SIDES[card.side],
        due_time=card.due,
        punch_time=card.punch,
        finding=FINDINGS[card.kind],
        minutes=card.minutes,
        clause=card.clause,
        explanation=text(*explained(card)),
    )


def totals_message(totals: Sequence[int]) -> Any:
    """What a month comes to."""
    named = zip(TOTALS, totals, strict=True)
    return sheets_pb2.Totals(**{TOTAL_FIELDS[name]: value for name, value in named if name in TOTAL_FIELDS})
