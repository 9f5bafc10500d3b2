"""A neighbour in order."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1


class Steady(Ordinary):
    """A neighbour in order."""

    name = "zenith-steady"


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Steady()]
