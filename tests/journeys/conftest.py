"""Where journeys run: against `bylaw up` on this machine, and against the containers where there is an engine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from bylaw_cli.audit_heads import HEADS_FILE
from bylaw_cli.reached_database import reached_database

from tests.conftest import CONTAINERS, has_container, in_containers
from tests.databases import ground, plain
from tests.journeys import records
from tests.journeys.client import Client
from tests.journeys.company import Company, loaded_in, running_company
from tests.journeys.containers import Containers, brought_up
from tests.journeys.installed import Installation, free_port
from tests.journeys.lasting import Lasting
from tests.journeys.layering import Layering

TARGETS = ("up", CONTAINERS)
SECONDS_WITH_IMAGES = 1200
HERE, LASTING = Path(__file__).parent, pytest.StashKey[Lasting]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every journey runs against both forms of the product; what cannot run here is said at the end."""
    if "installation" in metafunc.fixturenames:
        targets = [target for target in TARGETS if target == "up" or has_container(metafunc.config)]
        metafunc.parametrize("installation", targets, indirect=True, scope="module")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys over the real files need the files; those in containers the time in which images are built.

    Those in a company that lasts come behind all others, so that it is there only while it is used.
    """
    for item in items:
        if in_containers(item.nodeid):
            item.add_marker(pytest.mark.timeout(SECONDS_WITH_IMAGES))
    items[:] = [
        item for item in items if "layering" not in getattr(item, "fixturenames", ()) or in_containers(item.nodeid)
    ]
    if not records.present():
        items[:] = [item for item in items if "year" not in getattr(item, "fixturenames", ())]
    later = {item.path for item in items if {"company", "playground"} & {*getattr(item, "fixturenames", ())}}
    items.sort(key=lambda item: HERE in item.path.parents and item.path in later)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End what journeys share where the next test uses none of it."""
    shared = item.config.stash.setdefault(LASTING, Lasting())
    if nextitem is None or HERE not in nextitem.path.parents:
        shared.end()
    elif not in_containers(nextitem.nodeid):
        shared.end(CONTAINERS)


@pytest.fixture(scope="session", autouse=True)
def lasting(pytestconfig: pytest.Config) -> Iterator[Lasting]:
    """What journeys share; ended at the latest when all tests are."""
    made = pytestconfig.stash.setdefault(LASTING, Lasting())
    yield made
    made.end()


@pytest.fixture(scope="module")
def containers(lasting: Lasting) -> Containers:
    """Those that all journeys share, one after another."""
    found: Containers = lasting.get(CONTAINERS, brought_up)
    return found


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One in each form of the product, in which nobody has done anything, without the demonstration company."""
    with _up() if request.param == "up" else request.getfixturevalue("containers").empty() as found:
        yield found


@pytest.fixture(scope="module")
def client(installation: Installation) -> Iterator[Client]:
    """A signed-in administrator of an installation in which nobody has done anything: there is nobody else."""
    signed_in = Client(installation.address, "administrator", installation.password)
    assert [person["login"] for person in signed_in.all("/v1/people", "people")] == ["administrator"]
    assert not list(signed_in.all("/v1/units", "units"))
    yield signed_in
    signed_in.http.close()


@pytest.fixture(scope="module")
def layering(installation: Installation) -> Layering:
    """A layer above the image of attendance; whoever asks for it runs in containers alone."""
    assert installation.layering
    return installation.layering


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demonstration company that was loaded once for all processes that run tests."""
    own = tmp_path_factory.getbasetemp()
    return loaded_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def company(lasting: Lasting, loaded: Path) -> Company:
    """The demonstration company as it was loaded; whoever uses it only reads."""
    found: Company = lasting.get("company", lambda: running_company(loaded))
    return found


@pytest.fixture(scope="module")
def playground(lasting: Lasting, loaded: Path) -> Company:
    """A demonstration company that anybody may change."""
    found: Company = lasting.get("playground", lambda: running_company(loaded))
    return found


@contextmanager
def _up() -> Iterator[Installation]:
    port = free_port()
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
