"""The distribution's entry point: registers every version of flexible hours."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from bylaw_flexible_hours.parameters import Flexible
from bylaw_flexible_hours.pattern import FlexibleHours

__all__ = ["Flexible", "FlexibleHours", "bylaw_api", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """Flexible hours, version 1."""
    return [FlexibleHours()]
