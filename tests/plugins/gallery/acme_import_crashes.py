"""Crashes while it is imported."""

import ctypes
from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1
ctypes.string_at(0)


class ImportCrashes(Ordinary):
    """Crashes while it is imported."""

    name = "acme-import-crashes"


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [ImportCrashes()]
