"""The distribution's entry point: registers every version of the company's patterns."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from example_company.bakery_1 import Bakery1
from example_company.bakery_2 import Bakery2

__all__ = ["Bakery1", "Bakery2", "bylaw_api", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """The bakery, as it was until its ovens got a break and as it is since."""
    return [Bakery1(), Bakery2()]
