"""Worker processes as the service holds them: started clean, asked with a deadline, killed with all they started."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from bylaw_kit.places import place_in

from bylaw_plugin_host.deadlines import Deadline
from bylaw_plugin_host.discovery import Found
from bylaw_plugin_host.frames import Frame, Header, Line
from bylaw_plugin_host.kin import kin

ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
)
"""All that a worker sees of ours: no address, no token. One thread for numpy: workers share the machine."""
KEPT_OUTPUT_BYTES = 16_384
FALLING_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker gets: so long to start, so long for a call (a floor, and more for each person), so much memory.

    Where a call costs a process, its people are asked alone, each for `alone_seconds`, in `side_by_side` workers at
    once, and for `finding_seconds` in all. Seconds of a call are a worker's own: see `deadlines`.
    """

    start_seconds: float = 30.0
    floor_seconds: float = 1.0
    person_seconds: float = 0.02
    alone_seconds: float = 0.5
    finding_seconds: float = 15.0
    side_by_side: int = 2
    memory_bytes: int = 1 << 30

    def seconds_for(self, people: int) -> float:
        """The deadline of a call about so many people."""
        return self.floor_seconds + people * self.person_seconds


class Worker:
    """One process for one distribution, started and left to warm up; its first word is its manifest."""

    def __init__(self, found: Found, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        self._folder = _empty_folder()
        with theirs:
            try:
                self._process = _started(found, limits, theirs.fileno(), folder=self._folder)
            except OSError:
                self._remove_folder()
                ours.close()
                raise
        self._line = Line(ours)
        self._warm_until = time.monotonic() + limits.start_seconds
        self._hearing_seconds = limits.floor_seconds
        self._output = _Output(self._process.stdout)

    @property
    def number(self) -> int:
        """Its process id, which is its group's too."""
        return self._process.pid

    def introduce(self) -> Frame:
        """Its first word, in the time it has to start; raises LineBroken or LineSlow.

        A spare is heard when it is needed, maybe long after that time: what it said lies ready and is still taken.
        """
        return self._line.hear(until=max(self._warm_until, time.monotonic() + self._hearing_seconds))

    def ask(
        self, header: Header, columns: Sequence[memoryview], until: Deadline, *, meanwhile: Callable[[], None]
    ) -> Frame:
        """Its answer; raises LineBroken, or LineSlow at the deadline. While it works, `meanwhile` is done."""
        self._line.say({**header, "seconds": until.longest_seconds}, columns, until=until)
        meanwhile()
        return self._line.hear(until=until)

    def hang_up(self) -> None:
        """Have whoever waits for its answer wait no longer; may be called from any thread."""
        self._line.hang_up()

    def ended(self) -> bool:
        """Whether it ended by itself. It is not reaped yet, so that its number is nobody else's."""
        try:
            return os.waitid(os.P_PID, self.number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:  # somebody reaped it
            return True

    def kill(self, *, falling: bool = False, hanging: bool = False) -> str:
        """End it and all in its group; says how it ended, and where in the plugin's code it was if it could tell.

        One that is `falling` gets a moment to do so by itself, one that is `hanging` a moment to write where.
        """
        until = time.monotonic() + (FALLING_SECONDS if falling else 0)
        while not (fell_by_itself := self.ended()) and time.monotonic() < until:
            time.sleep(0.002)
        fled = kin(self.number)  # a child that has left the group; it is nobody's once its worker is gone
        if hanging and not fell_by_itself:
            self._have_it_write_where()
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.number, signal.SIGKILL)
        for number in fled:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        status = self._process.wait()
        self._line.close()
        self._output.end()
        self._remove_folder()
        how = f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
        place = place_in(self.output)
        return f"{how if fell_by_itself else 'killed'} at {place}" if place else how if fell_by_itself else "killed"

    def _remove_folder(self) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _have_it_write_where(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGABRT)
        until = time.monotonic() + FALLING_SECONDS
        while not self.ended() and time.monotonic() < until:
            time.sleep(0.002)

    @property
    def output(self) -> str:
        """The end of what it printed."""
        return self._output.kept.decode(errors="replace")


def _empty_folder() -> str | None:
    """One of its own, so that what a plugin does to the folder it works in is done to nobody else's files.

    None where no folder can be made: on a machine where everything is read-only there is nothing to be done to.
    """
    try:
        return tempfile.mkdtemp(prefix="bylaw-worker-")
    except OSError:
        return None


def _started(found: Found, limits: Limits, line: int, *, folder: str | None) -> subprocess.Popen[bytes]:
    arguments = [str(line), str(limits.start_seconds), found.folder, found.distribution, str(limits.memory_bytes)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-u", "-m", "bylaw_plugin_host.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(line,),
        env=dict(ENVIRONMENT),
        cwd=folder or "/",
        start_new_session=True,
    )


class _Output:
    """Reads all that is printed, so that nobody who prints has to wait, and keeps the end of it."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self.kept = b""
        self._reading = threading.Thread(target=self._read, args=(stream,), name="plugin-output", daemon=True)
        self._reading.start()

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            while said := os.read(stream.fileno(), 65_536):
                self.kept = (self.kept + said)[-KEPT_OUTPUT_BYTES:]

    def end(self) -> None:
        """Wait a little for the last words; a child that fled its group may hold the stream longer."""
        self._reading.join(0.2)
