"""The how-to of the first month is typed as it stands, against a Bylaw started for it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page

PAGE = page(ROOT / "docs" / "how-to" / "first-month.md")
SNIPPETS = ROOT / "docs" / "how-to" / "snippets" / "first-month"
WRITTEN = "127.0.0.1:8080"
"""The address the page speaks of."""

START_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A folder with the page's files and a running Bylaw without the demonstration; its port."""
    shutil.copytree(SNIPPETS, tmp_path, dirs_exist_ok=True)
    port = free_port()
    wishes = {"BYLAW_DATA": "company", "BYLAW_DEMONSTRATION": "false", "BYLAW_PORT": str(port), "BYLAW_WORKERS": "1"}
    command = [sys.executable, "-m", "bylaw_cli", "up"]
    with (tmp_path / "up.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **wishes}, stdout=log, stderr=log)
    give_up = time.monotonic() + START_SECONDS
    while not is_ready(port):
        assert running.poll() is None, (tmp_path / "up.log").read_text()
        assert time.monotonic() < give_up, (tmp_path / "up.log").read_text()
        time.sleep(0.1)
    try:
        yield tmp_path, port
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(60)


def test_every_command_of_the_first_month_does_what_the_page_says(desk: tuple[Path, int]) -> None:
    folder, port = desk
    steps = [text for text in PAGE.fences("bash") if "make up" not in text]
    script = "set -euo pipefail\n" + "".join(steps).replace(WRITTEN, f"127.0.0.1:{port}")
    environment = {**os.environ, "BYLAW_URL": f"http://127.0.0.1:{port}", "BYLAW_LANGUAGE": "en"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], check=False, capture_output=True, text=True, cwd=folder, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for said in ("people.csv: 2 taken", "attlog.dat: 6 read, 6 taken", "late 7 min", "ATT-2", "planned days 26"):
        assert said in done.stdout
