"""The distribution's entry point: registers every version of the fixed week."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from bylaw_fixed_week.parameters import Week, WorkSegment
from bylaw_fixed_week.pattern import FixedWeek

__all__ = ["FixedWeek", "Week", "WorkSegment", "bylaw_api", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """The fixed week, version 1."""
    return [FixedWeek()]
