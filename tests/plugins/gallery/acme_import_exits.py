"""Calls sys.exit while it is imported."""

import sys
from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1
sys.exit(0)


class ImportExits(Ordinary):
    """Calls sys.exit while it is imported."""

    name = "acme-import-exits"


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [ImportExits()]
