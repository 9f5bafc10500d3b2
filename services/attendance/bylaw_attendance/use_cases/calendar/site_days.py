"""The days of a month at a place, as its zone and its official calendar have them (HRS-3)."""

from datetime import date

from bylaw_hooks import DayFacts
from bylaw_kit.months import month_days

from bylaw_attendance.ports.records import Calendar
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import DAY, Place


def site_days(calendar: Calendar, month: date, place: Place) -> tuple[DayFacts, ...]:
    """The month's days, and not `inside` the day on either side."""
    official = calendar(place.calendar, month - DAY, last_day(month) + DAY)
    return month_days((month.year, month.month), place.time_zone, official.kinds)
