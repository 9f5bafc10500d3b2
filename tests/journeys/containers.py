"""The containers of the journeys: built and brought up once, as the page says, and empty again for every journey.

Empty means: every process anew, a database copied from the one in which nobody had done anything, and no file left in
any volume. What is not done for each journey again is what takes long: containers, migrations, waiting for health.
"""

import os
import secrets
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import docker
from bylaw_cli.audit_heads import HEADS_FILE
from docker.models.containers import Container

from tests.databases import IMAGE
from tests.journeys.installed import Installation, free_port
from tests.journeys.layering import Layering

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
AS_SHIPPED = ROOT / "docker-compose.yml"
QUICK, UNASKED = (os.pathsep.join((str(AS_SHIPPED), str(HERE / name))) for name in ("quick.yml", "unasked.yml"))
SERVICES = ("people", "attendance", "inventory", "orders", "gateway", "heads")
COMPOSE = ("bash", str(ROOT / "deploy" / "compose"))
EMPTIED = "drop database if exists bylaw with (force)", "create database bylaw template pristine"


class Containers:
    """The containers under a project name, a port and passwords of their own."""

    def __init__(self) -> None:
        self._project, self._port = f"bylaw-journeys-{os.getpid()}", free_port()
        self._environment = _settings(self._port, self._project)
        self._engine = docker.from_env(timeout=120)

    def bring_up(self) -> None:
        """Has them built and started from nothing, and keeps what is then in the database."""
        self._done("build")
        self._done("up", "--detach")
        self._wait_until_ready()
        self._each("stop", timeout=30)
        self._environment["COMPOSE_FILE"] = UNASKED
        self._make_anew(*SERVICES)
        self._psql("postgres", "alter database bylaw rename to pristine")

    def take_down(self) -> None:
        """Leaves nothing of them on this machine but the images."""
        self.compose("kill")
        self._done("down", "--volumes")
        self._engine.close()

    @contextmanager
    def empty(self) -> Iterator[Installation]:
        """An installation in which nobody has done anything yet; afterwards nothing of it runs on."""
        with TemporaryDirectory(prefix="bylaw-layer-") as folder:
            layering = Layering(self.compose, Path(folder), self._project)
            try:
                self._psql("postgres", *EMPTIED)
                self._each("start")
                self._wait_until_ready()
                yield self._installation(layering)
            finally:
                self._each("stop", timeout=0)
                self._empty_volumes()
                if layering.used:
                    self._make_anew("attendance")
                    layering.remove()

    def compose(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command over the containers."""
        return subprocess.run(
            [*COMPOSE, *arguments], cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False
        )

    def _installation(self, layering: Layering) -> Installation:
        return Installation(
            address=f"http://127.0.0.1:{self._port}",
            password=self._environment["BYLAW_ADMINISTRATOR_PASSWORD"],
            bylaw=lambda *arguments: self.compose("run", "--rm", "tools", *arguments),
            sql=lambda statement: self._psql("bylaw", statement),
            kept_heads=lambda: self._said("heads", "cat", f"/heads/{HEADS_FILE}"),
            layering=layering,
        )

    def _done(self, *arguments: str) -> None:
        done = self.compose(*arguments)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]

    def _make_anew(self, *services: str) -> None:
        """Has containers of these made, which do not run yet."""
        self._done("up", "--no-start", "--no-deps", *services)

    def _each(self, act: str, **how: int) -> None:
        """Has something done to the containers of all services at once."""
        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda service: getattr(self._container(service), act)(**how), SERVICES))

    def _container(self, service: str) -> Container:
        labels = [f"com.docker.compose.project={self._project}", f"com.docker.compose.service={service}"]
        (found,) = self._engine.containers.list(all=True, filters={"label": labels})
        return found

    def _psql(self, database: str, *statements: str) -> None:
        told = [word for statement in statements for word in ("-c", statement)]
        code, said = self._container("postgres").exec_run(
            ["psql", "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", *told]
        )
        assert code == 0, said

    def _said(self, service: str, *command: str) -> str:
        code, said = self._container(service).exec_run(list(command))
        return said.decode() if code == 0 else ""

    def _empty_volumes(self) -> None:
        ours = {"label": f"com.docker.compose.project={self._project}"}
        volumes = {one.name: {"bind": f"/emptied/{one.name}"} for one in self._engine.volumes.list(filters=ours)}
        command = ["find", "/emptied", "-mindepth", "2", "-delete"]
        self._engine.containers.run(IMAGE, command, entrypoint="", user="root", volumes=volumes, remove=True)

    def _wait_until_ready(self) -> None:
        ends = time.monotonic() + 120
        while time.monotonic() < ends:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the containers did not become ready")


@contextmanager
def brought_up() -> Iterator[Containers]:
    """Containers that are there until they are used no more."""
    made = Containers()
    try:
        made.bring_up()
        yield made
    finally:
        made.take_down()


def _settings(port: int, project: str) -> dict[str, str]:
    names = ("POSTGRES", "PEOPLE", "ATTENDANCE", "INVENTORY", "ORDERS", "ADMINISTRATOR")
    return {
        **os.environ,
        **{f"BYLAW_{name}_PASSWORD": secrets.token_urlsafe(24) for name in names},
        "BYLAW_MASTER_KEY": secrets.token_urlsafe(33),
        "BYLAW_ADDRESS_KEY": secrets.token_urlsafe(33),
        "BYLAW_PORT": str(port),
        "BYLAW_HEADS_EVERY": "20s",
        "COMPOSE_PROJECT_NAME": project,
        "COMPOSE_FILE": QUICK,
        "DOCKER_BUILDKIT": "0",
        "COMPOSE_DOCKER_CLI_BUILD": "0",
    }
