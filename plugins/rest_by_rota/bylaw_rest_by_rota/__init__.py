"""The distribution's entry point: registers every version of rest by rota."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from bylaw_rest_by_rota.parameters import Rota
from bylaw_rest_by_rota.pattern import REST, RestByRota

__all__ = ["REST", "RestByRota", "Rota", "bylaw_api", "register_shift_patterns"]
bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """Rest by rota, version 1."""
    return [RestByRota()]
