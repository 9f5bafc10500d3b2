"""Where journeys run: against `bylaw up` on this machine, and against the containers where there is an engine."""

import fcntl
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import psycopg
import pytest
from bylaw_cli.audit_heads import HEADS_FILE
from bylaw_cli.reached_database import reached_database

from tests.conftest import has_container
from tests.databases import ground, plain
from tests.journeys import records
from tests.journeys.client import Client
from tests.journeys.company import Company, running_company
from tests.journeys.layering import Layering

ROOT = Path(__file__).parents[2]
TARGETS = ("up", "compose")
COMPOSE_SECONDS = 1200
COMPOSE_FILES = (ROOT / "docker-compose.yml", ROOT / "tests" / "journeys" / "quick-health.yml")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every journey runs against both forms of the product; what cannot run here is said at the end."""
    if "installation" in metafunc.fixturenames:
        targets = [target for target in TARGETS if target == "up" or has_container(metafunc.config)]
        metafunc.parametrize("installation", targets, indirect=True, scope="module")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys over the real files need the files; those in containers the time in which images are built."""
    for item in items:
        if "compose" in getattr(getattr(item, "callspec", None), "params", {}).values():
            item.add_marker(pytest.mark.timeout(COMPOSE_SECONDS))
    items[:] = [item for item in items if "layering" not in getattr(item, "fixturenames", ()) or _in_containers(item)]
    if not records.present():
        items[:] = [item for item in items if "year" not in getattr(item, "fixturenames", ())]


def _in_containers(item: pytest.Item) -> bool:
    return "compose" in getattr(getattr(item, "callspec", None), "params", {}).values()


@dataclass(frozen=True)
class Installation:
    """A fresh installation: where it answers, its administrator's password, and the command `bylaw` beside it.

    `sql` is the database's administrator; `kept_heads` what is kept of the audit outside the database;
    `layering` puts a layer above an image, where there are images.
    """

    address: str
    password: str
    bylaw: Callable[..., subprocess.CompletedProcess[str]]
    sql: Callable[[str], None]
    kept_heads: Callable[[], str]
    layering: Layering | None = None


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One in each form of the product, without the demonstration company."""
    with {"up": _up, "compose": _compose}[request.param]() as found:
        yield found


@pytest.fixture(scope="module")
def client(installation: Installation) -> Iterator[Client]:
    """A signed-in administrator of a fresh installation."""
    signed_in = Client(installation.address, "administrator", installation.password)
    yield signed_in
    signed_in.http.close()


@pytest.fixture(scope="module")
def layering(installation: Installation) -> Layering:
    """A layer above the image of attendance; whoever asks for it runs in containers alone."""
    assert installation.layering
    return installation.layering


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
def _up() -> Iterator[Installation]:
    port = _free_port()
    with TemporaryDirectory(prefix="bylaw-journey-", dir=ground(), ignore_cleanup_errors=True) as folder:
        environment = {**os.environ, "BYLAW_PORT": str(port), "BYLAW_DATA": folder}
        bylaw = [sys.executable, "-m", "bylaw_cli"]

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([*bylaw, *arguments], env=environment, capture_output=True, text=True, check=False)

        process = subprocess.Popen(
            [*bylaw, "up", "--no-demonstration"], env=environment, stdout=subprocess.PIPE, text=True
        )
        with process:
            try:
                _wait_for_ready(process)
                password = (Path(folder) / "administrator.password").read_text().strip()
                sql, heads = partial(_embedded_sql, Path(folder)), partial(_text_of, Path(folder) / HEADS_FILE)
                yield Installation(f"http://127.0.0.1:{port}", password, run, sql, heads)
            finally:
                process.terminate()
                process.wait(60)


def _embedded_sql(folder: Path, statement: str) -> None:
    with reached_database(folder, None) as address, psycopg.connect(plain(address)) as admin:
        admin.execute(statement.encode())


def _text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _wait_for_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C" in line:
            return
    raise AssertionError(f"bylaw up ended with {process.wait()} before it was ready")


def _settings(port: int, project: str) -> dict[str, str]:
    names = ("POSTGRES", "PEOPLE", "ATTENDANCE", "ADMINISTRATOR")
    return {
        **os.environ,
        **{f"BYLAW_{name}_PASSWORD": secrets.token_urlsafe(24) for name in names},
        "BYLAW_MASTER_KEY": secrets.token_urlsafe(33),
        "BYLAW_ADDRESS_KEY": secrets.token_urlsafe(33),
        "BYLAW_PORT": str(port),
        "BYLAW_HEADS_EVERY": "1m",
        "COMPOSE_PROJECT_NAME": project,
        "COMPOSE_FILE": os.pathsep.join(map(str, COMPOSE_FILES)),
        "DOCKER_BUILDKIT": "0",
        "COMPOSE_DOCKER_CLI_BUILD": "0",
    }


@contextmanager
def _compose() -> Iterator[Installation]:
    """The containers under a project name, a port and passwords of their own."""
    port, project = _free_port(), f"bylaw-journey-{os.getpid()}"
    environment = _settings(port, project)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", str(ROOT / "deploy" / "compose"), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def compose(*arguments: str) -> None:
        done = run(*arguments)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]

    def bylaw(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run("run", "--rm", "tools", *arguments)

    def sql(statement: str) -> None:
        compose(
            "exec", "-T", "postgres", "psql", "-U", "postgres", "-d", "bylaw", "-v", "ON_ERROR_STOP=1", "-c", statement
        )

    def heads() -> str:
        return run("exec", "-T", "heads", "cat", f"/heads/{HEADS_FILE}").stdout

    with TemporaryDirectory(prefix="bylaw-layer-") as folder:
        layering = Layering(run, Path(folder), project)
        address, password = f"http://127.0.0.1:{port}", environment["BYLAW_ADMINISTRATOR_PASSWORD"]
        try:
            with _alone_with_images() as are_built:
                if not are_built:
                    compose("build")
            compose("up", "--detach")
            _wait_for_address(port)
            yield Installation(address, password, bylaw, sql, heads, layering)
        finally:
            compose("kill")
            compose("down", "--volumes")
            layering.remove()


@contextmanager
def _alone_with_images() -> Iterator[bool]:
    """One process at a time; says whether another, or an earlier journey, has built the images in this run of tests."""
    this_run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    with (Path(gettempdir()) / "bylaw-images-built-for").open("a+") as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        marker.seek(0)
        yield marker.read() == this_run
        marker.truncate(0)
        marker.write(this_run)


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
