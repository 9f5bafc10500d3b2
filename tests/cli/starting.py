"""Starts the embedded PostgreSQL in a process of its own, which tests may kill."""

import os
import pwd
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PROGRAM = """
import sys
from pathlib import Path
from bylaw_cli.data_folder import DataFolder
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.wording import Refused
try:
    with DataFolder(Path(sys.argv[1])) as folder:
        postgres = EmbeddedPostgres(folder.path, lock_descriptor=folder.lock_descriptor)
        print(postgres.start(), flush=True)
        sys.stdin.read()
        postgres.stop()
except Refused as refused:
    print(refused.wording.both(), flush=True)
"""


@contextmanager
def starter(folder: Path, *, user: str | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run the program; its first line of output is the address, or the refusal."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        env={**os.environ, "HOME": "/"},
    )
    with process:
        try:
            yield process
        finally:
            if process.stdin and not process.stdin.closed:
                process.stdin.close()
            process.wait(60)


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the first line that the program printed."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def servers_in(folder: Path) -> list[psutil.Process]:
    """Return the PostgreSQL servers started on a folder, each with its own processes."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "postgres" and any(str(folder) in word for word in process.info["cmdline"] or ()):
            with suppress(psutil.NoSuchProcess):  # it ended while it was looked at
                found += [process, *process.children(recursive=True)]
    return found


def eventually(holds: Callable[[], object], *, within_seconds: float = 20.0) -> None:
    """Wait until something holds; fail when it does not in time."""
    give_up = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < give_up, "it did not come about in time"
        time.sleep(0.05)
