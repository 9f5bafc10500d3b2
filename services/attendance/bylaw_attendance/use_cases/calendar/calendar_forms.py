"""The form of what is asked of the calendar; what cannot be read is refused with the field."""

from datetime import date, timedelta
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_attendance.use_cases.forms import business_date

MOST_DAYS = 366


def calendar_unit(name: str, *, field: str) -> UUID | None:
    """`units/{unit}`; nothing for an empty name: everybody."""
    return resource_id(name, "units", field=field) if name else None


def calendar_days(start: str, end: str) -> tuple[date, date]:
    """The first and the last day, at most a year; where no last one is given, the first alone."""
    first = business_date(start, field="start_date")
    last = business_date(end, field="end_date") if end else first
    if last < first:
        raise FieldInvalid(field="end_date", zh="不能早于首日", en="must not be before the first day")
    if last - first >= timedelta(MOST_DAYS):
        raise FieldInvalid(field="end_date", zh=f"至多 {MOST_DAYS} 天", en=f"expected at most {MOST_DAYS} days")
    return first, last
