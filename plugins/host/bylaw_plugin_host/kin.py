"""Who was started by a process, and by whom those started: also they that have left its group."""

from collections.abc import Iterator
from pathlib import Path


def kin(number: int) -> list[int]:
    """Everybody below a process that lives, as Linux tells it; elsewhere nobody."""
    return list(_below(number))


def _below(number: int) -> Iterator[int]:
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            children = [int(one) for one in task.read_text(encoding="ascii").split()]
        except OSError:  # it has just ended
            continue
        for child in children:
            yield child
            yield from _below(child)
