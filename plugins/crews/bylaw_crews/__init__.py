"""The distribution's entry point: registers every version of crews."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from bylaw_crews.parameters import REST, CrewShift, Cycle
from bylaw_crews.pattern import Crews

__all__ = ["REST", "CrewShift", "Crews", "Cycle", "bylaw_api", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """Crews, version 1."""
    return [Crews()]
