"""Waits for ever while it is imported."""

import time
from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1
time.sleep(600)


class ImportHangs(Ordinary):
    """Waits for ever while it is imported."""

    name = "acme-import-hangs"


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [ImportHangs()]
