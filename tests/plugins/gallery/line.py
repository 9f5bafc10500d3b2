"""How a plugin gets at the line between its worker and the service: nothing keeps it from that."""

import os
import stat
from pathlib import Path


def line() -> int:
    """The worker's own end of its line to the service."""
    numbers = [int(path.name) for path in Path("/proc/self/fd").iterdir()]
    return next(each for each in numbers if each > 2 and _is_socket(each))


def _is_socket(number: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False
