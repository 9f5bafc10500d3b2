"""Ends its process while it is imported."""

import os
from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1
os._exit(0)


class ImportLeaves(Ordinary):
    """Ends its process while it is imported."""

    name = "acme-import-leaves"


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [ImportLeaves()]
