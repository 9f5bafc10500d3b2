"""Starts `up` with its smallest pieces in a process of its own, and looks at what it leaves behind."""

import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.cli.starting import eventually

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Run:
    """One run of the program: what it said so far, and its processes."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    said: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Everything said so far."""
        return "".join(self.said)

    def says(self, part: str, *, within_seconds: float = 60.0) -> None:
        """Wait until it has said something."""
        eventually(lambda: part in self.text() or self.process.poll() is not None, within_seconds=within_seconds)
        assert part in self.text(), self.text()

    def answers(self) -> bool:
        """Say whether the page answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def family(self) -> list[psutil.Process]:
        """It and everything it started, the database included."""
        itself = psutil.Process(self.process.pid)
        return [itself, *itself.children(recursive=True)]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_up(data: Path, *, port: int | None = None, host: str = "127.0.0.1", **environment: str) -> Iterator[Run]:
    """Run `up` with its smallest pieces; on leaving it is interrupted, as by Ctrl-C, and waited for."""
    port = port or free_port()
    command = ["tests.cli.small", str(data), str(port), host]
    with _running(command, port, data, environment) as run:
        yield run


@contextmanager
def run_bylaw_up(data: Path, *more: str, port: int | None = None, **environment: str) -> Iterator[Run]:
    """Run the real `bylaw up`, likewise; `more` are further options."""
    port = port or free_port()
    command = ["bylaw_cli", "up", "--data", str(data), "--port", str(port), *more]
    with _running(command, port, data, environment) as run:
        yield run


@contextmanager
def _running(command: list[str], port: int, data: Path, environment: dict[str, str]) -> Iterator[Run]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,  # as in a terminal of its own
    )
    run = Run(process, port, data)
    reader = threading.Thread(target=lambda: run.said.extend(process.stdout or ()), daemon=True)
    reader.start()
    with process:
        try:
            yield run
        finally:
            process.send_signal(2)
            process.wait(60)
            reader.join(60)


def gone(processes: list[psutil.Process]) -> bool:
    """Say whether all of these have ended."""
    return not any(map(_lives, processes))


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != "zombie"
    except psutil.NoSuchProcess:  # it ended between the two questions
        return False
