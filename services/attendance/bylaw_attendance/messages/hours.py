"""A notice of hours as a message of the contract, for calls and for the feed."""

from typing import Any

from bylaw.attendance.v1 import facts_pb2, hours_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name
from bylaw_hooks import Hours

from bylaw_attendance.messages.records import text, timestamp
from bylaw_attendance.rules.calendar.hours_notice import HoursNotice, NoticeLevel

SUBJECTS = {NoticeLevel.SITE: "sites", NoticeLevel.UNIT: "units"}


def hours_notice_message(made: HoursNotice) -> Any:
    """A notice whole."""
    wish, withdrawal = made.wish, made.withdrawal
    level, subject = wish.subject
    return hours_pb2.HoursNotice(
        name=made.name,
        subject=resource_name(SUBJECTS[level], subject) if level in SUBJECTS else "",
        start_date=wish.first_day.isoformat(),
        end_date=wish.last_day.isoformat(),
        day_off=not wish.spans,
        hours=map(wall_hours, wish.spans),
        cause=hours_pb2.HoursCause.ValueType(wish.cause),
        wording=text(*wish.wording),
        etag=str(made.revision),
        publish_time=timestamp(made.published_at),
        published_by=resource_name("people", caller_by_key(made.published_by).person),
        withdraw_time=timestamp(withdrawal.at) if withdrawal else None,
        withdrawn_by=resource_name("people", caller_by_key(withdrawal.by).person) if withdrawal else "",
        withdraw_reason=withdrawal.reason if withdrawal else "",
    )


def noticed_hours(hours: Hours | None) -> Any:
    """What a notice makes of a day that is planned; nothing where there is none."""
    if hours is None:
        return None
    spans = [facts_pb2.FactsSpan(start_minutes=start, end_minutes=end) for start, end in hours.spans]
    return facts_pb2.FactsHours(clause=hours.clause, spans=spans)


def wall_hours(span: tuple[int, int]) -> str:
    """Such as 09:00-12:00."""
    return f"{_wall(span[0])}-{_wall(span[1])}"


def _wall(minutes: int) -> str:
    """What the wall shows; on the next day, too."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
