"""The punches of an explained day, and what of it is still open, as messages."""

from typing import Any

from bylaw.attendance.v1 import explanations_pb2
from bylaw_chassis.values import resource_name

from bylaw_attendance.explaining import fields, sentences
from bylaw_attendance.messages.records import text, text_if_any
from bylaw_attendance.rpc.sheet_days import SIDES
from bylaw_attendance.rules.explaining.explaining import ExplainedDay
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch


def punch_message(day: ExplainedDay, one: ExplainedPunch) -> Any:
    """A punch and what became of it."""
    return explanations_pb2.PunchExplanation(
        punch=resource_name("punches", one.punch.id),
        local_time=one.punch.local_time,
        device=one.punch.device,
        source=one.punch.source,
        outcome=explanations_pb2.PunchOutcome.ValueType(one.outcome),
        side=SIDES[one.side],
        explanation=text(*sentences.fate(day, one)),
        **fields.punch(day, one),
    )


def progress_message(day: ExplainedDay) -> Any:
    """How far the clocks have reported, and what follows at the hand-over."""
    progress = day.progress
    return explanations_pb2.DayProgress(
        decided_until_time=fields.decided_until(day),
        clocks=[explanations_pb2.ClockProgress(**fields.clock(day, one)) for one in progress.clocks],
        pending_count=sentences.pending(day),
        explanation=text(*sentences.progress(day)),
        hand_over_date=progress.hand_over.isoformat(),
        handed_over=progress.handed_over,
        without_leave=progress.without_leave,
        consequence=text_if_any(*sentences.consequence(day)),
    )
