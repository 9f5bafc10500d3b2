"""Deadlines that count a worker's own time: what it waits for a processor is the machine's doing, not the worker's."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 8
"""However busy the machine is, nobody waits longer than so many times the time that was given."""
PATIENCE_WITH_MANY = 1
"""Of a batch that was stopped nobody is blamed: each of its people is asked alone. So the clock alone decides."""
_NANOSECONDS = 1_000_000_000


def held_up_seconds(process: int) -> float:
    """For how long a process has been ready to run and had to wait for a processor; 0 where nobody can tell."""
    try:
        return _told(process)[1] / _NANOSECONDS
    except (OSError, ValueError, IndexError):
        return 0.0


def can_tell() -> bool:
    """Whether this machine counts how long processes wait: Linux does, unless its kernel was built without."""
    try:
        return _told("self")[2] > 0
    except (OSError, ValueError, IndexError):
        return False


def _told(process: int | str) -> list[int]:
    """How long it ran and how long it waited, in nanoseconds, and how often it ran."""
    return [int(number) for number in Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()]


class Deadline:
    """So many seconds of a process's own time from now on, and by the clock never more than `patience` times that."""

    def __init__(
        self,
        seconds: float,
        process: int,
        *,
        patience: int = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        held_up: Callable[[int], float] = held_up_seconds,
    ) -> None:
        self.seconds, self.longest_seconds = seconds, patience * seconds
        self._process, self._clock, self._held_up = process, clock, held_up
        self._begun, self._held_up_before = clock(), held_up(process)

    def left(self) -> float:
        """Seconds until one has to look again; 0 or less: its time is up."""
        passed = self._clock() - self._begun
        if passed < self.seconds:
            return self.seconds - passed
        return min(self.seconds + self._waited(), self.longest_seconds) - passed

    def had_its_time(self) -> bool:
        """Whether the process could have run for all of the time it was given."""
        return self._clock() - self._begun - self._waited() >= self.seconds

    def _waited(self) -> float:
        return self._held_up(self._process) - self._held_up_before
