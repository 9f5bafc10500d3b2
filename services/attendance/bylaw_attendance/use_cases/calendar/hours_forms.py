"""The form of a notice of hours as it is asked for; what cannot be read is refused with the field."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id
from bylaw_hooks import spans_in_order

from bylaw_attendance.rules.calendar.hours_notice import (
    LONGEST_WORDING,
    MOST_DAYS,
    MOST_SPANS,
    HoursCause,
    NoticeLevel,
    NoticeSubject,
)
from bylaw_attendance.rules.judging.assignment import EVERYBODY
from bylaw_attendance.use_cases.forms import business_date, known_number

LEVELS = {"sites": NoticeLevel.SITE, "units": NoticeLevel.UNIT}
SPAN = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")
REST_MINUTES = 120
"""Between a notice's last hour and the first of the day after: a clock that is put forward cannot close it."""
Spans = tuple[tuple[int, int], ...]


def notice_subject(name: str, *, field: str) -> NoticeSubject:
    """`sites/{site}` or `units/{unit}`; empty: the whole organisation."""
    if not name:
        return NoticeLevel.ORGANISATION, EVERYBODY
    collection = name.partition("/")[0]
    if collection not in LEVELS:
        raise FieldInvalid(
            field=field,
            zh="应为 sites/{id}、units/{id} 或留空(全组织)",
            en="expected sites/{id}, units/{id}, or nothing for the whole organisation",
        )
    return LEVELS[collection], resource_id(name, collection, field=field)


def notice_subject_filter(name: str, *, field: str) -> NoticeSubject | None:
    """Such a subject, the whole organisation as `organisation`; nothing for an empty name: any subject."""
    if name == NoticeLevel.ORGANISATION.value:
        return NoticeLevel.ORGANISATION, EVERYBODY
    return notice_subject(name, field=field) if name else None


def notice_days(start: str, end: str, *, field: str) -> tuple[date, date]:
    """The first and the last day, at most 92; where no last one is given, the first alone."""
    first = business_date(start, field=f"{field}.start_date")
    last = business_date(end, field=f"{field}.end_date") if end else first
    if last < first:
        raise FieldInvalid(field=f"{field}.end_date", zh="不能早于首日", en="must not be before the first day")
    if last - first >= timedelta(MOST_DAYS):
        raise FieldInvalid(
            field=f"{field}.end_date", zh=f"至多 {MOST_DAYS} 天", en=f"expected at most {MOST_DAYS} days"
        )
    return first, last


def notice_hours(hours: Sequence[str], *, day_off: bool, field: str) -> Spans:
    """The hours in minutes on the wall after the day's midnight; none for a day off, which has to be said."""
    if day_off == bool(hours):
        raise FieldInvalid(
            field=f"{field}.hours",
            zh="请写明改为的时段，或注明全天休息，二者择一",
            en="give either the hours worked instead, or that the whole day is off",
        )
    if len(hours) > MOST_SPANS:
        raise FieldInvalid(
            field=f"{field}.hours", zh=f"至多 {MOST_SPANS} 个时段", en=f"expected at most {MOST_SPANS} spans"
        )
    for number, span in enumerate(hours):
        if not SPAN.fullmatch(span):
            raise FieldInvalid(
                field=f"{field}.hours[{number}]",
                zh="应为如 09:00-12:00 的时段",
                en="expected hours such as 09:00-12:00",
            )
    return _in_order(tuple(spans_in_order(hours)), field=f"{field}.hours")


def _in_order(spans: Spans, *, field: str) -> Spans:
    apart = all(end < start for (_, end), (start, _) in pairwise(spans))
    if spans and (not apart or spans[-1][1] > spans[0][0] + 1440 - REST_MINUTES):
        raise FieldInvalid(
            field=field,
            zh="时段须依次排列、互不相接，并在次日首个时段前至少两小时结束",
            en="hours must follow one another without touching, and end at least two hours before the first ones of"
            " the next day",
        )
    return spans


def notice_cause(number: int, *, field: str) -> HoursCause:
    """Why hours are changed; it has to be said."""
    if not number:
        raise FieldInvalid(field=field, zh="请写明原因", en="say why hours are changed")
    return HoursCause(known_number(number, HoursCause, field=field))


def notice_wording(zh: str, en: str, *, field: str) -> tuple[str, str]:
    """The notice in both languages."""
    for language, text in (("zh", zh), ("en", en)):
        if not text.strip() or len(text) > LONGEST_WORDING or not text.replace("\n", " ").isprintable():
            raise FieldInvalid(
                field=f"{field}.{language}",
                zh=f"应有内容，至多 {LONGEST_WORDING} 个可见字符",
                en=f"expected a text of at most {LONGEST_WORDING} visible characters",
            )
    return zh.strip(), en.strip()
