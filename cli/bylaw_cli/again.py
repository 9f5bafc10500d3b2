"""A command of ours carried out again and again, each time by a process of its own, until it is told to end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GIVE_UP_SECONDS = 60.0
RETRY_SECONDS = 60.0
"""After a time that failed the next one comes sooner: a database that was away is soon back."""


@dataclass(frozen=True)
class Again:
    """What is carried out and how often; `told` is what it must know by its environment, which others cannot read.

    A process of its own, because whoever waits may fork workers, which must not inherit half of a connection, and
    because waiting then costs next to no memory.
    """

    arguments: Sequence[str]
    told: Mapping[str, str]
    every_seconds: float
    first_seconds: float = 0.0
    silent: bool = False

    def until(self, ends: threading.Event) -> None:
        """Goes on until the event is set."""
        pause = self.first_seconds
        while not ends.wait(pause):
            pause = self.every_seconds if self.once() else min(self.every_seconds, RETRY_SECONDS)

    def until_told(self) -> None:
        """Goes on until SIGTERM or SIGINT, and does it once more at the end."""
        ends = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ends.set())
        self.until(ends)
        self.once()

    def once(self) -> bool:
        """Carries it out once; whether it went well. What went wrong it has said itself.

        A group of its own, so that the Ctrl-C of a terminal, by which its starter is told to end, leaves it its time.
        """
        command = [sys.executable, "-m", "bylaw_cli", *self.arguments]
        said_to = subprocess.DEVNULL if self.silent else None
        environment = {**os.environ, **self.told}
        try:
            done = subprocess.run(  # noqa: S603
                command, env=environment, check=False, stdout=said_to, timeout=GIVE_UP_SECONDS, process_group=0
            )
        except (OSError, subprocess.SubprocessError) as error:
            sys.stderr.write(f"bylaw {' '.join(self.arguments[:2])}: {type(error).__name__}\n")
            return False
        return done.returncode == 0
