"""Leave in order, or spoilt in the way that its parameter says."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from bylaw_hooks import Both, hookimpl, setting
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

bylaw_api = 1
TITLE = Both("司庆假", "Anniversary leave")
DAY = LeaveKind("acme-day", TITLE, balance="acme-day")
HOURS = LeaveKind("acme-hours", TITLE, unit="hour", balance="acme-hours", balance_in="minutes")
KINDS = {
    "two of one code": (DAY, DAY),
    "no kind": (),
    "no words": (replace(DAY, title=Both("", "x")),),
    "foreign clause": (replace(DAY, clause="ACME-99"),),
    "absurd": (replace(DAY, most_days=0),),
    "two units": (DAY, replace(HOURS, balance="acme-day")),
    "no kinds but texts": ("acme-day",),
}
GIVEN = {
    "before": {"day": date(1999, 1, 1)},
    "nothing": {"amount": Fraction(0)},
    "a float": {"amount": 0.1},
    "to nobody": {"balance": "acme-other"},
    "half a minute": {"balance": "acme-hours", "amount": Fraction(1, 2)},
    "lapsed": {"expires": date(2026, 1, 1)},
    "without words": {"why": Both(" ", "x")},
    "without end": {},
    "without measure": {"amount": Fraction(1_000_000)},
}


class Spoilt(LeaveParameters):
    """How."""

    how: str = setting("方式", "How", default="")


class Leave(LeavePolicy[Spoilt]):
    """A day a year, and an hour."""

    name, version, title, parameters = "acme-leave", 1, TITLE, Spoilt

    def kinds(self, parameters: Spoilt) -> tuple[LeaveKind, ...]:
        how = parameters.how
        if how == "raising":
            raise ZeroDivisionError(how)
        if how == "ending":
            os._exit(3)
        while how == "hanging":
            pass
        found: Any = KINDS.get(how, (DAY, HOURS))
        return tuple(found)

    def entitlements(
        self,
        employment: Employment,  # noqa: ARG002 - whoever it is
        span: Period,
        parameters: Spoilt,
    ) -> Iterator[Entitlement]:
        sound = Entitlement("acme-day", span.last, Fraction(1), TITLE)
        yield replace(sound, **GIVEN.get(parameters.how, {}))
        while parameters.how == "without end":
            yield sound
        if parameters.how == "moody":
            yield replace(sound, amount=Fraction(random.randint(1, 10**6), 10**6))  # noqa: S311 - its moods are no secret

    def measure(self, request: LeaveRequest, days: tuple[LeaveDay, ...], parameters: Spoilt) -> tuple[Taken, ...]:
        first, *others = super().measure(request, days, parameters)
        spoilt = {
            "short": others,
            "twice": (first, first, *others),
            "more": (replace(first, minutes=first.minutes + 1), *others),
            "outside": (replace(first, spans=tuple((one + 900, two + 900) for one, two in first.spans)), *others),
            "double": (replace(first, days=Fraction(2)), *others),
            "on rest": tuple(replace(one, days=Fraction(1)) for one in (first, *others)),
        }
        return tuple(spoilt.get(parameters.how, (first, *others)))

    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: Spoilt
    ) -> tuple[Objection, ...]:
        how, words = parameters.how, Both("不行", "no")
        spoilt = {"unreasoned": Objection("no", words), "unsaid": Objection("NO", Both("", ""))}
        own = (spoilt[how],) if how in spoilt else ()
        return own + super().admit(request, measured, standing=standing, parameters=parameters)

    def approval(self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: Spoilt) -> tuple[Step, ...]:
        if parameters.how == "by itself":
            return ()
        steps = super().approval(request, measured, parameters)
        return steps * 2 if parameters.how == "by one twice" else steps


@hookimpl
def register_leave_policies() -> list[LeavePolicy[Any]]:
    return [Leave()]
