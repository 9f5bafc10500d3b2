"""A day off for the birthday: a leave policy says its kinds and what is given when; the rest is inherited."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from bylaw_hooks import Both, setting
from bylaw_hooks.leave import Employment, Entitlement, LeaveKind, LeaveParameters, LeavePolicy, Period, clamped

BIRTHDAY = Both("生日假", "Birthday leave")


class Birthday(LeaveParameters):
    """How long after the birthday the day may be taken."""

    days_to_take_it: int = setting("生日后多少天内可休", "To be taken within so many days", default=30, ge=0, le=365)


class BirthdayLeave(LeavePolicy[Birthday]):
    """Of 29 February the birthday is the 28th where there is none."""

    name, version, title, parameters = "example-birthday", 1, BIRTHDAY, Birthday

    def kinds(self, parameters: Birthday) -> tuple[LeaveKind, ...]:  # noqa: ARG002 - whatever is set, there is one
        return (LeaveKind("example-birthday", BIRTHDAY, unit="day", balance="example-birthday", notice_days=1),)

    def entitlements(self, employment: Employment, span: Period, parameters: Birthday) -> Iterator[Entitlement]:
        month, of_month = employment.birthday or (0, 0)
        for year in span.years() if month else ():
            day = clamped(year, month, of_month)
            if day in span and employment.employed_on(day):
                until = day + timedelta(days=parameters.days_to_take_it)
                yield Entitlement("example-birthday", day, Fraction(1), BIRTHDAY, expires=until)
