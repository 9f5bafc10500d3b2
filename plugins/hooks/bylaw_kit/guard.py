"""Runs a command for as long as its starter lives: a process of its own, started by path.

Its standard input is a pipe whose other end only the starter holds. When that closes, because the starter is done,
was interrupted or was killed, the command is killed with all that it started. A session of its own keeps Ctrl-C in the
terminal from reaching it before its starter. Standard library alone: without site-packages it starts in milliseconds.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def adopt() -> None:
    """Have the kernel hand over to this guard whoever its command leaves behind; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_with_guard() -> None:
    """Ask the kernel to kill the command should this guard be killed; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end(number: int) -> None:
    """Kill the command and its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)


def end_who_fled() -> None:
    """Kill whoever left the command's group: the kernel hands them to this guard once who started them is gone."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while found := children.read_text(encoding="ascii").split() if children.exists() else ():
        for number in map(int, found):
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)


def end_when_starter_is_gone(number: int) -> None:
    """Wait for the pipe to close, then kill."""
    while os.read(0, 4096):  # not sys.stdin: its lock, held here, would be fatal to the interpreter's own end
        pass
    end(number)


def main() -> int:
    """Run the command that the arguments are; its status, or 128 and the signal that ended it."""
    adopt()
    command = subprocess.Popen(  # noqa: S603 - what our own code asks for
        sys.argv[1:],
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=end_with_guard,  # noqa: PLW1509 - no thread has been started yet
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: end(command.pid))
    threading.Thread(target=end_when_starter_is_gone, args=(command.pid,), daemon=True).start()
    os.waitid(os.P_PID, command.pid, os.WEXITED | os.WNOWAIT)  # not reaped yet: its number is nobody else's
    end(command.pid)
    code = command.wait()
    end_who_fled()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
