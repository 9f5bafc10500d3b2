"""Starts a process that ends with its starter, whatever ends that, and that nobody has to wait for when it prints."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import IO

GUARD = (sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py")))
KEPT_BYTES, LONGEST_BYTES, MOST_BYTES = 16_384, 1 << 20, 64 << 20
LOOKING_SECONDS = 0.2


class Guarded:
    """A command under its guard: what it answers on its standard output, and the end of what else it prints."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self._kept = process, b""
        self.flooded = False
        """Whether it was ended for printing more than anybody reads."""
        self._reading = threading.Thread(target=self._read, name="output", daemon=True)
        self._reading.start()

    def lines(self) -> Iterator[str]:
        """What it answers, line by line, until it ends; of a line that never ends nothing."""
        begun = b""
        for said in self._said(self._process.stdout):
            *whole, begun = (begun + said).split(b"\n")
            begun = begun if len(begun) < LONGEST_BYTES else b""
            yield from (line.decode(errors="replace") for line in whole)

    def ended(self, seconds: float | None = None) -> int:
        """Its status, 128 and more where a signal ended it; subprocess.TimeoutExpired where it takes longer."""
        status = self._process.wait(seconds)
        self._reading.join()
        return status

    @property
    def number(self) -> int:
        """The guard's process id."""
        return self._process.pid

    @property
    def printed(self) -> str:
        """The end of what it printed."""
        return self._kept.decode(errors="replace")

    def _read(self) -> None:
        count = 0
        for said in self._said(self._process.stderr):
            self._kept = (self._kept + said)[-KEPT_BYTES:]
            count += len(said)
            if count > MOST_BYTES and not self.flooded:
                self.flooded = True
                self._process.terminate()

    def _said(self, stream: IO[bytes] | None) -> Iterator[bytes]:
        """All that comes while the guard lives: somebody who fled from it may hold the stream for longer."""
        while stream:
            over = self._process.poll() is not None
            if select([stream], [], [], 0 if over else LOOKING_SECONDS)[0]:
                said = os.read(stream.fileno(), 65_536)
                if not said:
                    return
                yield said
            elif over:
                return


@contextmanager
def guarded(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Iterator[Guarded]:
    """Start it in an empty folder; it and all that it started is killed at the end of this, or of this process."""
    with (
        TemporaryDirectory(prefix="bylaw-kit-", ignore_cleanup_errors=True) as empty,
        subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*GUARD, *command],
            cwd=empty,
            env=None if environment is None else dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        one = Guarded(process)
        try:
            yield one
        finally:
            if process.stdin:
                process.stdin.close()
            one.ended()
