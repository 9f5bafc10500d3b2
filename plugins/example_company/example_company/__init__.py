"""The distribution's entry point: registers every version of the company's patterns, leave policies and layouts."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from bylaw_hooks.exporting import ExportLayout
from bylaw_hooks.leave import LeavePolicy

from example_company.bakery_1 import Bakery1
from example_company.bakery_2 import Bakery2
from example_company.birthday_1 import BirthdayLeave
from example_company.lateness_1 import LatenessForLeave
from example_company.payroll_1 import Payroll

__all__ = ["Bakery1", "Bakery2", "BirthdayLeave", "LatenessForLeave", "Payroll", "bylaw_api"]
__all__ += ["register_export_layouts", "register_leave_policies", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """The bakery, as it was until its ovens got a break and as it is since."""
    return [Bakery1(), Bakery2()]


@hookimpl
def register_leave_policies() -> list[LeavePolicy[Any]]:
    """A day off for the birthday, and lateness exchanged for leave."""
    return [BirthdayLeave(), LatenessForLeave()]


@hookimpl
def register_export_layouts() -> list[ExportLayout]:
    """What the payroll program reads."""
    return [Payroll()]
