"""Leave policies whose answers are larger than the service takes, by the rule that names it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bylaw_hooks import Both
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveKind,
    LeaveParameters,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Taken,
)
from bylaw_kit.bounds import FINEST, LONGEST_CODE, LONGEST_TEXT, MOST_ANSWERS, MOST_DAYS, MOST_KINDS

from tests.plugins.kit.leave_mutants import WHY, SoundLeave


class Wordy(SoundLeave):
    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        return (*super().kinds(parameters), LeaveKind("acme-long", Both("长" * (LONGEST_TEXT + 1), "Long")))


class Many(SoundLeave):
    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        more = (LeaveKind(f"acme-{number}", WHY) for number in range(MOST_KINDS))
        return (*super().kinds(parameters), *more)


class YearsAhead(SoundLeave):
    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:
        return (*super().kinds(parameters), LeaveKind("acme-early", WHY, notice_days=MOST_DAYS + 1))


class Dust(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        for one in super().entitlements(employment, span, parameters):
            yield replace(one, amount=Fraction(1, FINEST + 1))


class Drops(SoundLeave):
    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        for one in super().entitlements(employment, span, parameters):
            yield from [replace(one, amount=Fraction(1, MOST_ANSWERS))] * (MOST_ANSWERS + 1)


class Shouting(SoundLeave):
    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: LeaveParameters
    ) -> tuple[Objection, ...]:
        said = super().admit(request, measured, standing=standing, parameters=parameters)
        return tuple(replace(one, reason="X" * (LONGEST_CODE + 1)) for one in said)


SIZE_MUTANTS: dict[str, tuple[type[SoundLeave], ...]] = {
    "L1": (Wordy, Many, YearsAhead),
    "L2": (Drops,),
    "L3": (Dust,),
    "L10": (Shouting,),
}
