"""The distribution's entry point: registers every version of the company's patterns and leave policies."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from bylaw_hooks.leave import LeavePolicy

from example_company.bakery_1 import Bakery1
from example_company.bakery_2 import Bakery2
from example_company.birthday_1 import BirthdayLeave

__all__ = ["Bakery1", "Bakery2", "BirthdayLeave", "bylaw_api", "register_leave_policies", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """The bakery, as it was until its ovens got a break and as it is since."""
    return [Bakery1(), Bakery2()]


@hookimpl
def register_leave_policies() -> list[LeavePolicy[Any]]:
    """A day off for the birthday."""
    return [BirthdayLeave()]
