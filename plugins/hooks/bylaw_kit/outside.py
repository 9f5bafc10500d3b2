"""An outside that is not there, hangs up or says nothing: what a delivery channel meets in a rule, off the network."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any

LOCAL, BACKLOG = "127.0.0.1", 8


class Manner(Enum):
    """How the outside is."""

    ABSENT = "nobody is there"
    HANGS_UP = "it hangs up at once"
    SILENT = "it says nothing"


@contextmanager
def outside(manner: Manner) -> Iterator[list[Any]]:
    """Whoever connects to whatever address meets this outside; the list holds what addresses were tried."""
    tried: list[Any] = []
    with socket.socket() as server:
        server.bind((LOCAL, 0))
        server.listen(BACKLOG)
        there = server.getsockname()
        if manner is Manner.HANGS_UP:
            threading.Thread(target=_hang_up, args=(server,), daemon=True).start()

        def connect(self: socket.socket, address: Any) -> None:
            tried.append(address)
            if manner is Manner.ABSENT:
                raise ConnectionRefusedError
            _CONNECT(self, there)

        with _stood_in(connect):
            yield tried


_CONNECT = socket.socket.connect


def _hang_up(server: socket.socket) -> None:
    with suppress(OSError):  # the end of the rule closes it
        while True:
            server.accept()[0].close()


@contextmanager
def _stood_in(connect: Any) -> Iterator[None]:
    """Names of the outside lead to this machine, and every connection to where the rule has it go."""
    asked = socket.getaddrinfo
    socket.getaddrinfo = _local  # type: ignore[assignment]
    socket.socket.connect = connect  # type: ignore[method-assign]
    try:
        yield
    finally:
        del socket.socket.connect  # what it inherits stands again
        socket.getaddrinfo = asked


def _local(_host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
    number = int(port) if str(port).isdigit() else 0
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (LOCAL, number))]
