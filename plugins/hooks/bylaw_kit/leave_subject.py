"""What a leave policy is tried with: employments, a month's days as they are planned, and requests of each kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from bylaw_hooks import DayFacts, DayKind
from bylaw_hooks.leave import (
    Change,
    Employment,
    Entitlement,
    LeaveBalance,
    LeaveDay,
    LeaveKind,
    LeaveParameters,
    LeavePolicy,
    LeaveRequest,
    Period,
    Standing,
    Taken,
)

from bylaw_kit.months import month_days

YEARS = Period(date(2026, 1, 1), date(2028, 12, 31))
LONG_AGO = date(2020, 1, 1)
EMPLOYMENTS = (
    Employment(1, LONG_AGO, changes=(Change(LONG_AGO, "temporary"), Change(date(2027, 3, 1), "formal"))),
    Employment(2, date(2026, 10, 20), service_since=date(2019, 5, 1), birthday=(2, 29)),
    Employment(3, date(2025, 10, 20), birthday=(12, 31)),
    Employment(4, LONG_AGO, service_since=date(2016, 7, 2), birthday=(1, 1)),
    Employment(5, date(2024, 2, 29), service_since=date(2008, 2, 29), birthday=(5, 4)),
    Employment(6, date(2026, 3, 1), date(2026, 8, 31), service_since=date(2010, 1, 1), birthday=(3, 1)),
    Employment(7, LONG_AGO, date(2027, 6, 30), birthday=(6, 30)),
)
LEAVING = (date(2026, 1, 1), date(2026, 3, 14), date(2026, 6, 30), date(2027, 12, 30), date(2028, 2, 29))
HOLIDAYS = {date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)}
HALVES, NIGHT = (("08:30", "12:00"), ("14:00", "18:00")), (("22:00", "23:59"),)
MONDAY, SATURDAY, SUNDAY, LAST = date(2026, 9, 21), date(2026, 9, 26), date(2026, 9, 27), date(2026, 10, 10)
AMPLE = Fraction(1_000_000)


@dataclass(frozen=True)
class LeaveSubject:
    """A version of a policy, and the parameters to try it under."""

    policy: LeavePolicy[Any]
    parameters: Sequence[LeaveParameters]

    def given(self, employment: Employment, span: Period, parameters: LeaveParameters) -> list[Entitlement]:
        """What somebody is entitled to within a span."""
        return list(self.policy.entitlements(employment, span, parameters))

    def tried(self) -> Iterator[tuple[LeaveKind, LeaveRequest, tuple[LeaveDay, ...], LeaveParameters]]:
        """Every request of the corpus, over a split day and over a night, under each of the parameters."""
        for parameters in self.parameters:
            for kind in self.policy.kinds(parameters):
                for request in requests(kind):
                    for halves in (HALVES, NIGHT):
                        yield kind, request, days(halves), parameters

    def reasons(
        self, request: LeaveRequest, measured: tuple[Taken, ...], standing: Standing, parameters: LeaveParameters
    ) -> list[str]:
        """Why it is not admitted."""
        found = self.policy.admit(request, measured, standing=standing, parameters=parameters)
        return [one.reason for one in found]


@cache
def days(halves: tuple[tuple[str, str], ...]) -> tuple[LeaveDay, ...]:
    """Two months, Monday to Saturday; their Sundays and seven holidays are days of rest."""
    both = (*month_days((2026, 9), "Asia/Shanghai", HOLIDAYS), *month_days((2026, 10), "Asia/Shanghai", HOLIDAYS))
    return tuple(LeaveDay(day, _segments(day, halves)) for day in both if day.inside)


def _segments(day: DayFacts, halves: tuple[tuple[str, str], ...]) -> tuple[tuple[int, int], ...]:
    rests = day.work_date.weekday() == 6 or day.kind is DayKind.HOLIDAY
    return () if rests else tuple((day.at(start), day.at(end)) for start, end in halves)


def requests(kind: LeaveKind) -> Iterator[LeaveRequest]:
    """A day, a day of rest, a week, a week over holidays; halves and hours where the kind has them."""
    for first, last in ((MONDAY, MONDAY), (SUNDAY, SUNDAY), (MONDAY, SATURDAY), (SUNDAY, LAST)):
        asked = LeaveRequest(kind.code, first, last, asked_on=LONG_AGO, evidence=True)
        yield asked
        if kind.unit != "day":
            yield replace(asked, starts="second-half")
            yield replace(asked, ends="first-half")
        if kind.unit == "hour" and first == last:
            yield replace(asked, hours=(600, 1_410))


def standing(policy: LeavePolicy[Any], parameters: LeaveParameters, *, less: Fraction = Fraction(0)) -> Standing:
    """Somebody long employed whose balances are ample, or come to no more than said."""
    codes = {kind.balance for kind in policy.kinds(parameters) if kind.balance}
    return Standing(EMPLOYMENTS[0], tuple(LeaveBalance(code, less or AMPLE) for code in sorted(codes)))


def cut(request: LeaveRequest, day: date) -> tuple[LeaveRequest, LeaveRequest]:
    """The request in two, the second from the day after."""
    return replace(request, last=day, ends="second-half"), replace(
        request, first=day + timedelta(days=1), starts="first-half"
    )


LeaveRule = Callable[[LeaveSubject], None]
