"""Types a page's commands as they stand into a shell, against a Bylaw that was started for it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.docs.pages import Page

WRITTEN = "127.0.0.1:8080"
"""The address the pages speak of."""

START_SECONDS = 120.0


@contextmanager
def started(folder: Path, *, python: str = sys.executable, **wishes: str) -> Iterator[int]:
    """A running Bylaw with its data below a folder, from the environment of `python`; answers its port."""
    port = _free_port()
    environment = {**os.environ, "BYLAW_PORT": str(port), "BYLAW_WORKERS": "1", **wishes}
    with (folder / "up.log").open("wb") as log:
        command = [python, "-m", "bylaw_cli", "up"]
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(running, port, folder / "up.log")
        yield port
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(60)


def typed(page: Page, folder: Path, port: int, *first: Path) -> str:
    """What the commands of a page print, all in one shell; each of them has to end well."""
    return typed_in([text for text in page.fences("bash") if "make up" not in text], folder, port, *first)


def typed_in(
    steps: Sequence[str], folder: Path, port: int, *first: Path, python: str = sys.executable, **more: str
) -> str:
    """What these commands print, all in one shell.

    Programs are looked for in the folders `first`, then beside `python`, then where they are else.
    """
    script = "set -euo pipefail\n" + "".join(steps).replace(WRITTEN, f"127.0.0.1:{port}")
    environment = {**os.environ, "BYLAW_URL": f"http://127.0.0.1:{port}", "BYLAW_LANGUAGE": "en", **more}
    environment["PATH"] = os.pathsep.join(map(str, (*first, Path(python).parent, os.environ["PATH"])))
    done = subprocess.run(
        ["bash", "-c", script], check=False, capture_output=True, text=True, cwd=folder, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while not _is_ready(port):
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < give_up, log.read_text()
        time.sleep(0.1)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
