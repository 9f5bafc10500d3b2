"""Statutory leave: every kind the law knows, annual leave by service, a floating day each month (LVE-1, HRS-1)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from bylaw_hooks import Both
from bylaw_hooks.leave import Employment, Entitlement, LeaveKind, LeavePolicy, Period, clamped

from bylaw_statutory_leave.annual import annual
from bylaw_statutory_leave.kinds import FLOATING, kinds
from bylaw_statutory_leave.parameters import StatutoryDays

WHY_FLOATING = Both("每月一天机动调休", "a floating day off each month")


class StatutoryLeave(LeavePolicy[StatutoryDays]):
    """Version 1; a change of what it answers is a version 2 beside it."""

    name, version, title = "statutory-leave", 1, Both("法定假", "Statutory leave")
    parameters = StatutoryDays

    def kinds(self, parameters: StatutoryDays) -> tuple[LeaveKind, ...]:
        return tuple(kinds(parameters))

    def entitlements(self, employment: Employment, span: Period, parameters: StatutoryDays) -> Iterator[Entitlement]:
        found = [
            *(one for year in span.years() for one in annual(employment, year, parameters) if one.day in span),
            *_floating(employment, span, parameters),
        ]
        return iter(sorted(found, key=lambda one: (one.day, one.balance)))


def _floating(employment: Employment, span: Period, days: StatutoryDays) -> Iterator[Entitlement]:
    """A day on the month's first, or on joining (HRS-1); it lapses with its month unless it is kept."""
    whole = Period(date(span.first.year, 1, 1), span.last)
    for first in whole.months() if days.floating_days_a_month else ():
        month_end = clamped(first.year, first.month, 31)
        day = max(first, employment.joined)
        if day in span and day <= month_end and employment.employed_on(day):
            amount, expires = Fraction(days.floating_days_a_month), _later(month_end, days.floating_kept_months)
            yield Entitlement(FLOATING, day, amount, WHY_FLOATING, expires=expires, clause="HRS-1")


def _later(month_end: date, months: int) -> date:
    """The end of a month so many months later."""
    count = month_end.year * 12 + month_end.month - 1 + months
    return clamped(count // 12, count % 12 + 1, 31)
