"""What tests of `bylaw replay` need: a small company behind a real gateway, a worker, and the command in a process."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from bylaw_gateway import GatewaySettings, create_app
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, AttendanceService, attendance_service
from tests.builders.people import identifier
from tests.databases import Databases

Application = Callable[..., Any]
Bylaw = Callable[..., Result]


@contextmanager
def small_company(postgres: Databases) -> Iterator[AttendanceService]:
    """Anna works a week of January in the shop, and never comes."""
    with attendance_service(postgres, fill=_company_in) as made:
        yield made


def _company_in(made: AttendanceService) -> None:
    people = made.people
    shop, site = people.unit("SHOP").name, people.site().name
    people.person("A-1", shop, site, since="2026-01-05", until="2026-01-10")
    made.assign(since="2026-01-01")
    made.imported(b"A-1\t2026-01-05 03:00:00\t0\t1\n", "HQ", complete_until_date="2026-02-28")


@contextmanager
def listening(
    attendance: AttendanceService, around: Callable[[Application], Application] | None = None
) -> Iterator[int]:
    """The gateway over both services, with something `around` it; the port on which it answers."""
    channels = {
        path.split("/")[1]: channel
        for service, channel in (
            (attendance.service, attendance.channel),
            (attendance.people.service, attendance.people.channel),
        )
        for path in service.server.methods
    }
    gateway: Application = create_app(channels, GatewaySettings())
    server = make_server("127.0.0.1", 0, around(gateway) if around else gateway, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()


def token_of(attendance: AttendanceService, person: str = "") -> str:
    """An access token of somebody who may do everything with attendance."""
    held = HeldGrant(Scope.COMPANY, None, ATTENDANCE_PERMISSIONS | {"people.units.read", "people.staff.read"})
    ((_, bearer),) = attendance.people.as_caller(held, person=identifier(person) if person else None)
    return bearer.removeprefix("Bearer ")


def typed(port: int) -> Bylaw:
    """The command in this process, signed in by an access token in the environment."""

    def run(*arguments: str, language: Language = "en") -> Result:
        return CliRunner().invoke(
            build(language, ["replay"]), ["replay", *arguments, "--url", f"http://127.0.0.1:{port}"]
        )

    return run


def in_a_process(attendance: AttendanceService, port: int, *arguments: str, language: str = "en") -> Any:
    """The command in a process of its own, which Ctrl-C may end."""
    command = [sys.executable, "-m", "bylaw_cli", "replay", *arguments, "--url", f"http://127.0.0.1:{port}"]
    environment = {**os.environ, "BYLAW_TOKEN": token_of(attendance), "BYLAW_LANGUAGE": language}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@contextmanager
def working(attendance: AttendanceService) -> Iterator[None]:
    """A worker that takes replays."""
    ended = Event()

    def work() -> None:
        while not ended.wait(0.05):
            attendance.service.runner.run_one(["replay"])

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def states(attendance: AttendanceService) -> list[Any]:
    """How all replays stand."""
    with attendance.service.database.read() as connection:
        return list(connection.exec_driver_sql("select state from replays order by id").scalars())
