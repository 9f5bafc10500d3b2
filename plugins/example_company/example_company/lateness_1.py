"""Lateness exchanged for leave: minutes of each month for whoever came late, asked for afterwards (ATT-2)."""

from collections.abc import Iterator
from fractions import Fraction

from bylaw_hooks import Both, setting
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveKind,
    LeaveParameters,
    LeavePolicy,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Taken,
    clamped,
)

CODE, TITLE = "example-lateness", Both("迟到换假", "Lateness for leave")


class Lateness(LeaveParameters):
    """How much may be exchanged, at once and in a month, and how long after the day."""

    minutes_a_month: int = setting(
        "每月可换的分钟数", "Minutes that may be exchanged a month", default=60, ge=1, le=480
    )
    minutes_at_once: int = setting("每次至多换多少分钟(含)", "At once up to so many minutes", default=30, ge=1, le=240)
    days_to_ask: int = setting("事后多少天内可申请", "To be asked for within so many days", default=3, ge=0, le=31)


class LatenessForLeave(LeavePolicy[Lateness]):
    """The hours that were missed become leave: the sign-in is due when they end. What a month leaves over lapses."""

    name, version, title, parameters = "example-lateness", 1, TITLE, Lateness

    def kinds(self, parameters: Lateness) -> tuple[LeaveKind, ...]:
        return (
            LeaveKind(
                CODE,
                TITLE,
                unit="hour",
                balance=CODE,
                balance_in="minutes",
                notice_days=-parameters.days_to_ask,
                clause="ATT-2",
            ),
        )

    def entitlements(self, employment: Employment, span: Period, parameters: Lateness) -> Iterator[Entitlement]:
        for first in span.months():
            if employment.employed_on(first):
                last = clamped(first.year, first.month, 31)
                yield Entitlement(
                    CODE, first, Fraction(parameters.minutes_a_month), TITLE, expires=last, clause="ATT-2"
                )

    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: Lateness
    ) -> tuple[Objection, ...]:
        """Besides what is inherited: a lateness is short, and what is longer is leave of another kind."""
        inherited = super().admit(request, measured, standing=standing, parameters=parameters)
        most = parameters.minutes_at_once
        if sum(one.minutes for one in measured) <= most:
            return inherited
        why = Both(
            f"每次至多换 {most} 分钟；更久请改请其他假", f"at most {most} minutes at once; ask for other leave for more"
        )
        return (*inherited, Objection("EXAMPLE_LATENESS_TOO_LONG", why, "ATT-2"))
