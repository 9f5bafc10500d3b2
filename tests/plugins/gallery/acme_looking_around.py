"""Tells what it sees of the world it runs in."""

import json
import os
from pathlib import Path
from typing import Any

from bylaw_hooks import Both, ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1


class LookingAround(Ordinary):
    """Tells what it sees of the world it runs in."""

    name = "acme-looking-around"
    title = Both(
        str(os.getpid()),
        json.dumps(
            {
                "environment": dict(os.environ),
                "folder": str(Path.cwd()),
                "files": [str(file) for file in Path().iterdir()],
                "session": os.getsid(0),
            }
        ),
    )


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [LookingAround()]
