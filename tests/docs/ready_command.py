"""A `bylaw` for pages of many commands: it has been loaded before, and each command runs in a process that it forks.

To load the program takes three quarters of what a command takes. What is typed, where, with which environment, input,
output and exit code is as ever; that the installed program itself starts is shown by the pages that do without this.
"""

import gc
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

TYPED = """#!{python} -ISs
import _socket, os, sys
words = [os.getcwd(), *sys.argv[1:], "", *(f"{{name}}={{value}}" for name, value in os.environ.items())]
told = os.fsencode("\\0".join(words))
line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
line.connect({address!r})
held = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
line.sendmsg([len(told).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, held)])
while told:
    told = told[line.send(told):]
code = line.recv(1)
os._exit(code[0] if code else 1)
"""
"""The program that is typed: it hands over what it was told and what it holds, and ends as the command does."""


@contextmanager
def ready_command(folder: Path) -> Iterator[Path]:
    """A folder with such a `bylaw` in it, which waits for commands meanwhile."""
    address, program = str(folder / "line"), folder / "bylaw"
    program.write_text(TYPED.format(python=sys.executable, address=address), encoding="utf-8")
    program.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(address)
        line.listen()
        command = [sys.executable, "-m", __name__, str(line.fileno())]
        with subprocess.Popen(command, pass_fds=[line.fileno()], stdin=subprocess.PIPE):
            yield folder  # it ends with what it reads from here, however this process ends


def wait(line: socket.socket) -> None:
    """Forks for each command that is typed, until whoever started this process is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks this process how a command ended
    while line in select.select([line, sys.stdin], [], [])[0]:
        caller, _ = line.accept()
        if os.fork() == 0:
            os._exit(answer(caller))
        caller.close()


def answer(caller: socket.socket) -> int:
    """Becomes the process of a command: its words, folder, environment, input and outputs."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, held, _, _ = socket.recv_fds(caller, 4, 3)
    told = os.fsdecode(b"".join(_received(caller, int.from_bytes(length, "big"))))
    said, _, environment = told.partition("\0\0")
    folder, *words = said.split("\0")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(pair.partition("=")[::2] for pair in environment.split("\0"))
    for number, each in enumerate(held):
        os.dup2(each, number)
    code = _run(words)
    caller.send(bytes([code]))
    return code


def _received(caller: socket.socket, length: int) -> Iterator[bytes]:
    while length > 0 and (part := caller.recv(length)):
        length -= len(part)
        yield part


def _run(words: list[str]) -> int:
    main = import_module("bylaw_cli.main").main
    sys.argv = ["bylaw", *words]
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does it
        traceback.print_exc()
        code = 1
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def load() -> None:
    """Loads what commands are made of; what is loaded stays, and is not looked through again for each."""
    import_module("bylaw_cli.main").build("en")
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    load()
    wait(socket.socket(fileno=int(sys.argv[1])))
