"""Runs PostgreSQL for as long as its starter lives: a process of its own, started by path.

Its standard input is a pipe whose other end only the starter holds. When that closes, because the starter
stopped or was killed, PostgreSQL is asked to shut down and the socket folder is removed. A session of its own
keeps Ctrl-C in the terminal from reaching PostgreSQL before the requests in flight have ended.
Standard library alone: it runs without site-packages, and so starts in milliseconds.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import TypedDict

ORDERLY_SECONDS = 30
PR_SET_PDEATHSIG = 1


class Errand(TypedDict):
    """What the guard is asked to run: the command, as whom, and the folder to remove afterwards."""

    command: list[str]
    user_id: int | None
    group_id: int | None
    socket_folder: str


def end_with_guard() -> None:
    """Ask the kernel to interrupt PostgreSQL should this guard be killed.

    Linux only; elsewhere the next start ends what was left. Runs in the child after it changed its user,
    because a change of user clears the wish.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def start(errand: Errand) -> subprocess.Popen[bytes]:
    """Start PostgreSQL as the account of the errand."""
    return subprocess.Popen(  # noqa: S603 - our own command
        errand["command"],
        stdin=subprocess.DEVNULL,
        user=errand["user_id"],
        group=errand["group_id"],
        extra_groups=None if errand["user_id"] is None else [],
        preexec_fn=end_with_guard,  # noqa: PLW1509 - no thread has been started yet
    )


def end(server: subprocess.Popen[bytes]) -> None:
    """Shut PostgreSQL down; the last resort leaves its log to be replayed at the next start."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(ORDERLY_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)


def end_when_starter_is_gone(server: subprocess.Popen[bytes]) -> None:
    """Wait for the pipe to close, then shut down."""
    while os.read(0, 4096):  # not sys.stdin: its lock, held here, would be fatal to the interpreter's own end
        pass
    end(server)


def main() -> int:
    """Run one errand, given as JSON in the first argument."""
    errand: Errand = json.loads(sys.argv[1])
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server = start(errand)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.send_signal(signal.SIGINT))
    threading.Thread(target=end_when_starter_is_gone, args=(server,), daemon=True).start()
    code = server.wait()
    shutil.rmtree(errand["socket_folder"], ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
