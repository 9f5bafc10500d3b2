"""The distribution's entry point: registers every version of statutory leave."""

from typing import Any

from bylaw_hooks import hookimpl
from bylaw_hooks.leave import LeavePolicy

from bylaw_statutory_leave.parameters import StatutoryDays
from bylaw_statutory_leave.policy import StatutoryLeave

__all__ = ["StatutoryDays", "StatutoryLeave", "bylaw_api", "register_leave_policies"]
bylaw_api = 1


@hookimpl
def register_leave_policies() -> list[LeavePolicy[Any]]:
    """Statutory leave, version 1."""
    return [StatutoryLeave()]
