"""Where journeys run: against `bylaw up` on this machine, and against the containers where there is an engine."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import why_no_container
from tests.journeys import records
from tests.journeys.client import Client
from tests.journeys.company import Company, running_company

ROOT = Path(__file__).parents[2]
TARGETS = ("up", "compose")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every journey runs against both forms of the product; what cannot run here is said at the end."""
    if "client" in metafunc.fixturenames:
        targets = [target for target in TARGETS if target == "up" or why_no_container() is None]
        metafunc.parametrize("client", targets, indirect=True, scope="module")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys over the real files need the files."""
    if not records.present():
        items[:] = [item for item in items if "year" not in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    """A signed-in administrator of a fresh installation."""
    with {"up": _up, "compose": _compose}[request.param]() as (address, password):
        signed_in = Client(address, "administrator", password)
        yield signed_in
        signed_in.http.close()


@pytest.fixture(scope="session")
def company() -> Iterator[Company]:
    """The demonstration company as it was loaded; whoever uses it only reads."""
    with running_company() as found:
        yield found


@pytest.fixture(scope="session")
def playground() -> Iterator[Company]:
    """A demonstration company that anybody may change."""
    with running_company() as found:
        yield found


@contextmanager
def _up() -> Iterator[tuple[str, str]]:
    port = _free_port()
    with TemporaryDirectory(prefix="bylaw-journey-", ignore_cleanup_errors=True) as folder:
        environment = {**os.environ, "BYLAW_PORT": str(port), "BYLAW_DATA": folder}
        command = [sys.executable, "-m", "bylaw_cli", "up", "--no-demonstration"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        with process:
            try:
                _wait_for_ready(process)
                yield f"http://127.0.0.1:{port}", (Path(folder) / "administrator.password").read_text().strip()
            finally:
                process.terminate()
                process.wait(60)


def _wait_for_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C" in line:
            return
    raise AssertionError(f"bylaw up ended with {process.wait()} before it was ready")


@contextmanager
def _compose() -> Iterator[tuple[str, str]]:
    """The containers under a project name, a port and passwords of their own."""
    port, project = _free_port(), f"bylaw-journey-{os.getpid()}"
    names = ("POSTGRES", "PEOPLE", "ATTENDANCE", "ADMINISTRATOR")
    given = {f"BYLAW_{name}_PASSWORD": secrets.token_urlsafe(24) for name in names}
    environment = {
        **os.environ,
        **given,
        "BYLAW_MASTER_KEY": secrets.token_urlsafe(33),
        "BYLAW_PORT": str(port),
        "COMPOSE_PROJECT_NAME": project,
        "DOCKER_BUILDKIT": "0",
        "COMPOSE_DOCKER_CLI_BUILD": "0",
    }

    def compose(*arguments: str) -> None:
        command = ["bash", str(ROOT / "deploy" / "compose"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]

    try:
        compose("up", "--build", "--detach")
        _wait_for_address(port)
        yield f"http://127.0.0.1:{port}", given["BYLAW_ADMINISTRATOR_PASSWORD"]
    finally:
        compose("down", "--volumes", "--timeout", "5")


def _wait_for_address(port: int) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError("the containers did not become ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
