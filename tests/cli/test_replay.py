"""`bylaw replay` over the real gateway and service: figures, workbook, JSON, and what Ctrl-C does."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from bylaw.attendance.v1 import replays_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from bylaw_gateway import GatewaySettings, create_app
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from werkzeug.serving import make_server

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, AttendanceService, attendance_service
from tests.builders.what_if import WhatIf
from tests.cli.starting import eventually
from tests.databases import Databases

Bylaw = Callable[..., Result]


@contextmanager
def listening(attendance: AttendanceService) -> Iterator[int]:
    """The gateway over both services; the port on which it answers."""
    channels = {
        path.split("/")[1]: channel
        for service, channel in (
            (attendance.service, attendance.channel),
            (attendance.people.service, attendance.people.channel),
        )
        for path in service.server.methods
    }
    server = make_server("127.0.0.1", 0, create_app(channels, GatewaySettings()), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    """Anna works a week of January in the shop, and never comes."""
    with attendance_service(postgres) as made:
        people = made.people
        shop, site = people.unit("SHOP").name, people.site().name
        people.person("A-1", shop, site, since="2026-01-05", until="2026-01-10")
        made.assign(since="2026-01-01")
        made.imported(b"A-1\t2026-01-05 03:00:00\t0\t1\n", "HQ", complete_until_date="2026-02-28")
        yield made


def token_of(attendance: AttendanceService) -> str:
    """An access token of somebody who may do everything with attendance."""
    held = HeldGrant(Scope.COMPANY, None, ATTENDANCE_PERMISSIONS | {"people.units.read"})
    ((_, bearer),) = attendance.people.as_caller(held)
    return bearer.removeprefix("Bearer ")


@pytest.fixture
def bylaw(attendance: AttendanceService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bylaw]:
    """The command, signed in by an access token."""
    monkeypatch.setenv("BYLAW_TOKEN", token_of(attendance))
    with listening(attendance) as port:

        def run(*arguments: str, language: Language = "en") -> Result:
            return CliRunner().invoke(build(language), ["replay", *arguments, "--url", f"http://127.0.0.1:{port}"])

        yield run


@pytest.fixture
def runner(attendance: AttendanceService) -> Iterator[None]:
    """A worker that takes replays."""
    ended = Event()

    def work() -> None:
        while not ended.wait(0.05):
            attendance.service.runner.run_one(["replay"])

    thread = Thread(target=work)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.fixture
def five_days(tmp_path: Path) -> str:
    """Parameters in a file."""
    file = tmp_path / "week.json"
    file.write_text(json.dumps({"working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}))
    return str(file)


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("hours planned", "hours absent", "1 people change, in 6 places", "To switch it on from a date:")),
        ("zh", ("计划工时", "旷工工时", "1 人有变化，共 6 处", "自某日起启用：")),
    ],
)
def test_figures_before_and_after_are_shown_in_hours_and_how_to_switch_it_on(
    bylaw: Bylaw, five_days: str, language: Language, said: tuple[str, ...]
) -> None:
    done = bylaw(
        "SHOP", "2026-01", "2026-02", "--pattern", "fixed-week@1", "--parameters", five_days, language=language
    )

    assert done.exit_code == 0, done.output
    assert all(words in done.output for words in said), done.output
    planned = next(line for line in done.output.splitlines() if line.startswith(said[0]))
    assert planned.split()[-3:] == ["45.00", "37.50", "-7.50"]
    command = done.output.splitlines()[-1]
    assert command.startswith("  bylaw call POST /v1/patternAssignments '{")
    assert json.loads(command.partition("'")[2].rstrip("'"))["replay"].startswith("replays/")


@pytest.mark.usefixtures("runner")
def test_everybody_is_replayed_as_json_with_a_workbook_beside_it(bylaw: Bylaw, five_days: str, tmp_path: Path) -> None:
    file = tmp_path / "changes.xlsx"

    wish = ("all", "2026-01", "--pattern", "fixed-week@1", "--parameters", five_days)
    done = bylaw(*wish, "--in-place-of", "fixed-week@1", "--xlsx", str(file), "--json")

    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert (found["state"], found["cost"]["plannedHours"]) == ("REPLAY_STATE_DONE", -7.5)
    assert load_workbook(file).sheetnames == ["summary", "by person", "changes"]


def test_ctrl_c_cancels_the_replay(attendance: AttendanceService) -> None:
    """Nobody takes it, so that it waits for as long as the command does."""
    with listening(attendance) as port:
        command = ("replay", "SHOP", "2026-01", "--pattern", "fixed-week@1", "--url", f"http://127.0.0.1:{port}")
        environment = {**os.environ, "BYLAW_TOKEN": token_of(attendance), "BYLAW_LANGUAGE": "en"}
        whole = [sys.executable, "-m", "bylaw_cli", *command]
        running = subprocess.Popen(whole, env=environment, stderr=subprocess.PIPE, text=True)
        eventually(lambda: bool(states(attendance)), within_seconds=60)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)

    assert (running.returncode, said.strip()) == (130, "The replay was cancelled.")
    WhatIf(attendance).run()
    assert states(attendance) == [replays_pb2.REPLAY_STATE_CANCELLED]


def states(attendance: AttendanceService) -> list[Any]:
    """How all replays stand."""
    with attendance.service.database.read() as connection:
        return list(connection.exec_driver_sql("select state from replays").scalars())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NOPE", "2026-01", "--pattern", "fixed-week@1"), "There is no unit with the code NOPE."),
        (("SHOP", "January", "--pattern", "fixed-week@1"), "months such as 2026-01"),
        (("SHOP", "2026-01", "--pattern", "nothing@1"), "POLICY_VERSION_GONE"),
        (("SHOP", "2026-02", "2026-01", "--pattern", "fixed-week@1"), "must not be before the first month"),
    ],
)
def test_what_cannot_be_replayed_is_said(bylaw: Bylaw, arguments: tuple[str, ...], said: str) -> None:
    refused = bylaw(*arguments)

    assert refused.exit_code == 1
    assert said in refused.output


@pytest.mark.parametrize("content", ["[1]", "{"])
def test_a_file_without_parameters_is_refused_before_anything_is_asked(
    bylaw: Bylaw, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content)

    refused = bylaw("SHOP", "2026-01", "--pattern", "fixed-week@1", "--parameters", str(file))

    assert refused.exit_code == 1
    assert "holds no JSON object" in refused.output
