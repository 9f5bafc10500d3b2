"""Fixtures for every test: a PostgreSQL server for the session, fresh databases on it, a folder for data."""

import gc
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

os.environ["TESTCONTAINERS_RYUK_DISABLED"] = "true"  # read when testcontainers is imported

import docker
import pytest
import sqlalchemy as sa
from docker.errors import DockerException
from xdist.scheduler import LoadFileScheduling

from tests.browsers import browser_path
from tests.databases import IMAGE, Databases, container_server, embedded_server, ground

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what tests start would compile all of Bylaw anew each time
sys.dont_write_bytecode = False
gc.set_threshold(50_000, 20, 50)  # all that is collected stays; to look through it again and again takes seconds

SERVERS = {"embedded-18": "embedded", "container-15": "container"}
COMPILED: dict[tuple[str | None, int | None], tuple[sa.Dialect, dict[Any, Any]]] = {}
LEFT_OUT = pytest.StashKey[int]()
LONGEST_FIRST = ("journeys", "cli", "docs", "plugins", "integration", "gateway")
CONTAINERS = "compose"
"""The parameter of tests that run against the containers of docker-compose.yml."""


@cache
def why_no_container() -> str | None:
    """Say why PostgreSQL 15 cannot run here, or None where it can."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # docker leaves its socket open where nobody answers
        why = _ask_engine()
        gc.collect()
    return why


def _ask_engine() -> str | None:
    try:
        client = docker.from_env(timeout=5)
        client.images.get(IMAGE)
        client.close()
    except (DockerException, OSError) as error:
        return type(error).__name__
    return None


def has_container(config: pytest.Config) -> bool:
    """Say whether PostgreSQL 15 runs here; of several processes that run tests each is told the same."""
    told = getattr(config, "workerinput", {})
    return (told["why_no_container"] if told else why_no_container()) is None


def pytest_runtestloop() -> None:
    """Spare every test the search for garbage among the tests themselves, a fifth of what they cost."""
    gc.collect()
    gc.freeze()


@sa.event.listens_for(sa.Engine, "engine_connect")
def compile_once(connection: sa.Connection) -> None:
    """Let all engines of one server share what they compiled: each test makes its own, a service in use has one."""
    engine = connection.engine
    dialect, compiled = COMPILED.setdefault((engine.url.host, engine.url.port), (engine.dialect, {}))
    if "compiled_cache" not in engine.get_execution_options():
        engine.dialect = connection.dialect = dialect
        engine.update_execution_options(compiled_cache=compiled)
        connection.execution_options(compiled_cache=compiled)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests of the database on the embedded server; those marked `postgresql15` on the container too."""
    if "postgres" not in metafunc.fixturenames:
        return
    servers = ["embedded-18"]
    if metafunc.definition.get_closest_marker("postgresql15"):
        if has_container(metafunc.config):
            servers.append("container-15")
        else:
            stash = metafunc.config.stash
            stash[LEFT_OUT] = stash.get(LEFT_OUT, 0) + 1
    metafunc.parametrize("postgres", servers, indirect=True, scope="session")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Ask for the container once, before the processes that run the tests: each must collect the same ones."""
    node.workerinput["why_no_container"] = why_no_container()


class FilesAndContainers(LoadFileScheduling):
    """Gives each file to one process, and all that runs in the containers to one: they are brought up once."""

    def _split_scope(self, nodeid: str) -> str:
        return CONTAINERS if in_containers(nodeid) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesAndContainers:
    """Say how the tests are given to several processes."""
    return FilesAndContainers(config, log)


def in_containers(nodeid: str) -> bool:
    """Say whether a test runs against the containers of docker-compose.yml."""
    return CONTAINERS in nodeid.partition("[")[2].rstrip("]").split("-")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, the containers and then the journeys, and end with rules, which are soon done."""
    items.sort(key=lambda item: (not in_containers(item.nodeid), _how_soon_done(item.path)))


def _how_soon_done(path: Path) -> int:
    return next((place for place, folder in enumerate(LONGEST_FIRST) if folder in path.parts), len(LONGEST_FIRST))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a parameter of bytes by its place, not by its content: a packed file holds the second it was packed in."""
    return argname if isinstance(val, bytes) else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports what this one could not run."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process could not run; every process collects the same tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what this machine could not run."""
    if browser_path() is None:
        terminalreporter.write_line("There is no chromium here: tests of the console's pages were left out.")
    if left_out := terminalreporter.config.stash.get(LEFT_OUT, 0):
        why = why_no_container()
        line = f"PostgreSQL 15 in a container ({IMAGE}) is not to be had here ({why}): {left_out} test functions"
        terminalreporter.write_line(f"{line} ran on the embedded PostgreSQL 18 only.")


@pytest.fixture(scope="session")
def embedded() -> Iterator[Databases]:
    """The embedded PostgreSQL 18, one for the whole session."""
    with embedded_server() as admin_url, closing(Databases(admin_url)) as databases:
        yield databases


@pytest.fixture(scope="session")
def container() -> Iterator[Databases]:
    """PostgreSQL 15 in a container, one for the whole session."""
    with container_server() as admin_url, closing(Databases(admin_url)) as databases:
        yield databases


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Databases:
    """A server and its databases; which one comes from `pytest_generate_tests`."""
    databases: Databases = request.getfixturevalue(SERVERS[request.param])
    return databases


@pytest.fixture
def database_url(postgres: Databases) -> Iterator[str]:
    """The address of a fresh, empty database, dropped after the test."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder outside pytest's private one, so that PostgreSQL's account may pass."""
    path = Path(tempfile.mkdtemp(prefix="bylaw-data-", dir=ground()))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
