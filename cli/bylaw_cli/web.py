"""The gateway as worker processes under granian: started, watched, told to end."""

import http.client
import logging
import os
import signal
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.mp import MPServer

from bylaw_cli.certificates import Certificate

BLOCKING_THREADS = 16
KILL_SECONDS = 15
THREAD_SECONDS = 600
READY_SECONDS = 120.0


@dataclass(frozen=True)
class Listening:
    """Where the gateway answers, and with how many processes."""

    host: str
    port: int
    workers: int
    certificate: Certificate | None = None

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine."""
        return self.address_by(self.reached_by)

    def address_by(self, host: str) -> str:
        """The address by one of the machine's names."""
        return f"{'https' if self.certificate else 'http'}://{_bracketed(host)}:{self.port}"

    @property
    def reached_by(self) -> str:
        """The host by which this machine itself reaches the gateway."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_server(target: str, listening: Listening) -> MPServer:
    """Return the server for a WSGI factory `module:function`; nothing is started yet."""
    server = MPServer(
        target,
        factory=True,
        address=listening.host,
        port=listening.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.auto,
        workers=listening.workers,
        blocking_threads=BLOCKING_THREADS,
        # Grown threads stay: while granian adds one, a request may wait for the one after it.
        blocking_threads_idle_timeout=THREAD_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
        ssl_cert=listening.certificate.certificate if listening.certificate else None,
        ssl_key=listening.certificate.key if listening.certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    os.register_at_fork(after_in_child=_listen_to_starter_alone)
    # A closed terminal ends us; granian would start the workers anew.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    # A worker that is told to end while it starts does; that is no fault worth a line.
    logging.getLogger("_granian").addFilter(lambda _: not server.interrupt_signal)
    return server


def _listen_to_starter_alone() -> None:
    """Let a worker be ended by its starter, at any time, and not by the terminal.

    A Ctrl-C of the terminal and the starter's word right behind it would meet in granian's handler and hang it, so the
    worker is a process group of its own. And until granian listens, the inherited handlers would swallow the word.
    """
    os.setpgid(0, 0)

    def leave(*_: object) -> None:
        sys.exit(0)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def end(server: MPServer) -> None:
    """Ask the server to end, from another thread."""
    server.interrupt_signal = True
    server.main_loop_interrupt.set()


def when_ready(listening: Listening, then: Callable[[], None]) -> None:
    """Call `then` once `/readyz` answers 200; in a thread, since the server occupies this one."""

    def wait() -> None:
        give_up = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up:
            if _answers(listening):
                then()
                return
            time.sleep(0.05)

    threading.Thread(target=wait, name="readiness", daemon=True).start()


def _answers(listening: Listening) -> bool:
    connection = _connection(listening)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _connection(listening: Listening) -> http.client.HTTPConnection:
    if listening.certificate is None:
        return http.client.HTTPConnection(listening.reached_by, listening.port, timeout=2)
    trusting = ssl.create_default_context(cafile=listening.certificate.authority)
    return http.client.HTTPSConnection(listening.reached_by, listening.port, timeout=2, context=trusting)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
