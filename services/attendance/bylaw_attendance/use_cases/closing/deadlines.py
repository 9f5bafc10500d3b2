"""Which days move the deadlines of a month at a place: public holidays, where the company has it so (SHT-1, SHT-2)."""

from datetime import date, timedelta

from bylaw_hooks import DayKind

from bylaw_attendance.ports.records import Calendar
from bylaw_attendance.rules.closing.hand_over import IsHoliday, hand_over_day, never, next_month
from bylaw_attendance.rules.judging.assignment import Place

LONGEST_HOLIDAY = timedelta(days=45)


def holidays_behind(calendar: Calendar, month: date, place: Place, *, roll: bool) -> IsHoliday:
    """The holidays of a place behind a month; none where deadlines stay where they are."""
    if not roll:
        return never
    first = next_month(month)
    kinds = calendar(place.calendar, first, first + LONGEST_HOLIDAY).kinds
    return lambda day: kinds.get(day) is DayKind.HOLIDAY


def hand_over_at(calendar: Calendar, month: date, place: Place, *, roll: bool) -> date:
    """The last day on which a month is handed over in time at a place."""
    return hand_over_day(month, holidays_behind(calendar, month, place, roll=roll))
