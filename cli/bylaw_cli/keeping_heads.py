"""While `bylaw up` runs, the heads of the audit go once an hour into a file of the data folder."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bylaw_cli.audit_heads import HEADS_FILE, heads_now, keep
from bylaw_cli.up import Access

FIRST_SECONDS, EVERY_SECONDS = 60.0, 3_600.0
GIVE_UP_SECONDS = 60.0


@contextmanager
def heads_kept(access: Access, *, first_seconds: float = FIRST_SECONDS) -> Iterator[None]:
    """Keeps them for a block, from so many seconds on, and once more at its end.

    Meanwhile by a process of its own: this one forks workers, which must not inherit half of a connection.
    """
    ends = threading.Event()
    threading.Thread(target=_keep_on, args=(access, ends, first_seconds), name="audit heads", daemon=True).start()
    try:
        yield
    finally:
        ends.set()
        keep_now(access)


def keep_now(access: Access) -> None:
    """Keeps them once; a database that has gone away, or a damaged file, is no reason not to end in order."""
    try:
        keep(access.folder / HEADS_FILE, heads_now(access.admin_url, access.master_key))
    except Exception as error:  # noqa: BLE001 - whatever it is, the doctor says more about it
        sys.stderr.write(f"audit-heads.jsonl: {type(error).__name__}\n")


def _keep_on(access: Access, ends: threading.Event, pause: float) -> None:
    while not ends.wait(pause):
        _keep_in_a_process(access.folder, access)
        pause = EVERY_SECONDS


def _keep_in_a_process(folder: Path, access: Access) -> None:
    """`bylaw audit heads --keep`, told what it must know by its environment, which others cannot read."""
    told = {**os.environ, "BYLAW_DATABASE_URL": access.admin_url, "BYLAW_MASTER_KEY": access.master_key}
    command = [sys.executable, "-m", "bylaw_cli", "audit", "heads", "--keep", "--data", str(folder)]
    try:
        subprocess.run(command, env=told, check=False, stdout=subprocess.DEVNULL, timeout=GIVE_UP_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"audit-heads.jsonl: {type(error).__name__}\n")
