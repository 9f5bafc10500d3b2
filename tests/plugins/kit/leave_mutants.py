"""One sound leave policy, and for each rule of its list a mutant that breaks the rule."""

# ruff: noqa: ARG002 - a mutant takes what the surface hands it, whether it needs it or not
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from bylaw_hooks import Both
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveParameters,
    LeavePolicy,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Step,
    Taken,
)

WHY = Both("每年", "each year")


class SoundLeave(LeavePolicy[LeaveParameters]):
    """Five days each 1 January, sick leave by the hour, and maternity leave by the calendar."""

    name, version, title, parameters = "acme-leave", 1, Both("无错", "Sound"), LeaveParameters

    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        return (
            LeaveKind("acme-annual", WHY, balance="acme-annual"),
            LeaveKind("acme-sick", WHY, unit="hour", evidence=WHY),
            LeaveKind("acme-maternity", WHY, unit="day", counts="calendar"),
        )

    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        for year in span.years():
            day = date(year, 1, 1)
            if day in span and employment.employed_on(day):
                yield Entitlement("acme-annual", day, Fraction(5), WHY, expires=date(year, 12, 31))


class TwoUnits(SoundLeave):
    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        return (*super().kinds(parameters), LeaveKind("acme-other", WHY, balance="acme-annual", balance_in="minutes"))


class Untitled(SoundLeave):
    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        return (LeaveKind("acme-annual", Both("年假", ""), balance="acme-annual"),)


class BeforeHire(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        return super().entitlements(replace(employment, joined=date(2000, 1, 1)), span, parameters)


class Floating(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        for one in super().entitlements(employment, span, parameters):
            yield replace(one, amount=73 / 365 * 5)  # type: ignore[arg-type]


class Lapsed(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        for one in super().entitlements(employment, span, parameters):
            yield replace(one, expires=one.day - timedelta(days=1))


class ByTheSpan(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        day = max(span.first, employment.joined)
        if day in span and employment.employed_on(day):
            yield Entitlement("acme-annual", day, Fraction(5), WHY)


class Measuring(SoundLeave):
    """A mutant that measures and then changes what it found."""

    def measure(
        self, request: LeaveRequest, days: tuple[LeaveDay, ...], parameters: LeaveParameters
    ) -> tuple[Taken, ...]:
        return self.spoil(super().measure(request, days, parameters), request)

    def spoil(self, measured: tuple[Taken, ...], request: LeaveRequest) -> tuple[Taken, ...]:
        """What the mutant makes of it."""
        raise AssertionError(request)


class Forgetting(Measuring):
    def spoil(self, measured: tuple[Taken, ...], request: LeaveRequest) -> tuple[Taken, ...]:
        return measured[:-1] if len(measured) > 1 else measured


class GivingOnRest(Measuring):
    def spoil(self, measured: tuple[Taken, ...], request: LeaveRequest) -> tuple[Taken, ...]:
        return tuple(replace(one, days=one.days or Fraction(1, 2)) for one in measured)


class LongWeekend(Measuring):
    """Who asks for a week is not charged for its Saturday."""

    def spoil(self, measured: tuple[Taken, ...], request: LeaveRequest) -> tuple[Taken, ...]:
        free = len(measured) > 4
        return tuple(
            replace(one, days=Fraction(0)) if free and one.work_date.weekday() == 5 else one for one in measured
        )


class UnevenHalves(Measuring):
    def spoil(self, measured: tuple[Taken, ...], request: LeaveRequest) -> tuple[Taken, ...]:
        if request.first == request.last and request.ends == "first-half":
            return tuple(replace(one, days=Fraction(1, 3)) for one in measured)
        return measured


class Admitting(SoundLeave):
    """A mutant that drops some of what it would have said."""

    unsaid = ""

    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: LeaveParameters
    ) -> tuple[Objection, ...]:
        said = super().admit(request, measured, standing=standing, parameters=parameters)
        return tuple(one for one in said if one.reason != self.unsaid)


class Twice(Admitting):
    unsaid = "LEAVE_OVERLAPS"


class Generous(Admitting):
    unsaid = "LEAVE_BALANCE"


class Curt(SoundLeave):
    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: LeaveParameters
    ) -> tuple[Objection, ...]:
        said = super().admit(request, measured, standing=standing, parameters=parameters)
        return tuple(replace(one, why=Both("不行", "")) for one in said)


class Unasked(SoundLeave):
    def approval(
        self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: LeaveParameters
    ) -> tuple[Step, ...]:
        return super().approval(request, measured, parameters)[:0]


class LongIsEasy(SoundLeave):
    def approval(
        self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: LeaveParameters
    ) -> tuple[Step, ...]:
        return (Step.UNIT_HEAD,) if len(measured) > 2 else (Step.UNIT_HEAD, Step.HR)


class GoldenHandshake(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        yield from super().entitlements(employment, span, parameters)
        if employment.left and employment.left in span:
            yield Entitlement("acme-annual", employment.left, Fraction(9), WHY)


class Moody(SoundLeave):
    def __init__(self) -> None:
        self.asked = 0

    def approval(
        self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: LeaveParameters
    ) -> tuple[Step, ...]:
        self.asked += 1
        return (Step.HR,) if self.asked % 2 else (Step.UNIT_HEAD,)


class Watching(SoundLeave):
    def approval(
        self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: LeaveParameters
    ) -> tuple[Step, ...]:
        return (Step.HR,) if time.time() < 0 else (Step.UNIT_HEAD,)


class Nameless(LeaveParameters):
    days: int = 5


class UntitledParameters(SoundLeave):
    parameters: Any = Nameless


LEAVE_MUTANTS: dict[str, tuple[type[SoundLeave], ...]] = {
    "L1": (TwoUnits, Untitled),
    "L2": (BeforeHire,),
    "L3": (Floating, Lapsed),
    "L4": (ByTheSpan,),
    "L5": (Forgetting,),
    "L6": (GivingOnRest,),
    "L7": (LongWeekend, UnevenHalves),
    "L8": (Twice,),
    "L9": (Generous,),
    "L10": (Curt,),
    "L11": (Unasked, LongIsEasy),
    "L12": (GoldenHandshake,),
    "L13": (Moody, Watching),
    "L14": (UntitledParameters,),
}
