"""What an explained day says besides its sentences, as fields of its messages: local times, names, what is known."""

from collections.abc import Mapping
from typing import Any

from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import SUBJECTS, pattern_name, text
from bylaw_attendance.rules.explaining.explaining import ExplainedCard, ExplainedDay, ExplainedHalf, SiteClock
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch
from bylaw_attendance.rules.explaining.explaining_source import Source
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.rules.sheets.shown_sheet import local_text

Fields = Mapping[str, Any]
NO_PARAMETERS = "{}"


def plan(day: ExplainedDay) -> Fields:
    """By what it was planned; nothing where it was not."""
    source = day.source
    if source is None:
        return {}
    made, offered = source.assignment, source.offered
    return {
        "assignment": made.name if made else f"{_person(day)}/rotaCells/{day.shown.work_date}",
        "subject": _subject(day, source),
        "start_date": made.first_day.isoformat() if made else "",
        "end_date": made.last_day.isoformat() if made and made.last_day else "",
        "shift_pattern": pattern_name(source.followed.pattern),
        "title": text(offered.title_zh, offered.title_en) if offered else None,
        "distribution": source.distribution,
        "cell": day.facts.cell if day.facts else "",
        "gone": source.gone,
    }


def level(day: ExplainedDay) -> int:
    """Where it is said what the person follows; the numbers are the contract's."""
    return day.source.level if day.source else 0


def parameters(day: ExplainedDay) -> str:
    """All parameters of its pattern, as JSON."""
    return day.source.followed.parameters if day.source else NO_PARAMETERS


def _person(day: ExplainedDay) -> str:
    return resource_name("people", day.person.person)


def _subject(day: ExplainedDay, source: Source) -> str:
    made = source.assignment
    if made is None:
        return _person(day)
    return resource_name(SUBJECTS[made.kind], made.subject) if made.kind in SUBJECTS else ""


def calendar_kind(day: ExplainedDay) -> str:
    """What the calendar says of it; nothing where nothing was planned."""
    return day.facts.kind.value if day.facts else ""


def window(day: ExplainedDay, half: ExplainedHalf) -> Fields:
    """The window of a half; nothing where it is not known."""
    segment = half.segment
    if segment is None:
        return {}
    return {
        "open_time": local_text(segment.opens, day.time_zone),
        "middle_time": local_text(segment.middle, day.time_zone),
        "close_time": local_text(segment.closes, day.time_zone),
        "settle_time": local_text(60 * segment.settles, day.time_zone),
    }


def limits(day: ExplainedDay, card: ExplainedCard) -> Fields:
    """The limits of a card, where they are known."""
    found = card.limits
    if found is None:
        return {}
    return {
        "limits_known": True,
        "on_time_limit_time": local_text(found.on_time, day.time_zone),
        "tier_limit_time": local_text(found.tier, day.time_zone),
        "tier_minutes": found.minutes,
    }


def punch(day: ExplainedDay, one: ExplainedPunch) -> Fields:
    """The half that a punch has to do with, and what it repeats."""
    half, repeated = one.half, one.repeated
    return {
        "work_date": half.found.work_date.isoformat() if half else "",
        "half_start_time": local_text(60 * half.found.start, day.time_zone)[:16] if half else "",
        "repeated_time": local_text(repeated, day.time_zone) if repeated is not None else "",
    }


def clock(day: ExplainedDay, one: SiteClock) -> Fields:
    """A clock and how far it has reported."""
    until, retired = one.reported_until, one.retire_date
    return {
        "device": one.device,
        "report_time": local_text(epoch_of(until), day.time_zone) if until else "",
        "retire_date": retired.isoformat() if retired else "",
    }


def decided_until(day: ExplainedDay) -> str:
    """Up to when all clocks of the site have reported; nothing where nothing can be told."""
    minute = day.progress.decided_until
    return local_text(60 * minute, day.time_zone) if minute else ""
