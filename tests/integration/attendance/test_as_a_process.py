"""Attendance as a process of its own, people another one: the same calls over the network, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2, policies_pb2_grpc, punches_pb2, punches_pb2_grpc, sheets_pb2_grpc
from bylaw.attendance.v1.sheets_pb2 import GetSheetRequest
from bylaw_chassis.serving import Listener
from google.api.httpbody_pb2 import HttpBody
from sqlalchemy import make_url

from tests.builders.attendance import EVERYTHING, FIXED_WEEK
from tests.builders.people import MASTER_KEY, PeopleService, SetClock, people_service
from tests.databases import Databases


@pytest.fixture
def people(postgres: Databases) -> Iterator[PeopleService]:
    """People, listening on the network by the machine's own time: the other process has no other."""
    from bylaw_chassis.clock import system_clock  # noqa: PLC0415

    with people_service(postgres, SetClock(system_clock())) as service:
        yield service


def environment(database_url: str, people_port: int, port: int) -> dict[str, str]:
    """The environment of the process."""
    own = make_url(database_url).set(username="bylaw_attendance", password="process")  # noqa: S106
    return {
        "PATH": os.environ["PATH"],
        "BYLAW_ADMIN_DATABASE_URL": database_url,
        "BYLAW_DATABASE_URL": own.render_as_string(hide_password=False),
        "BYLAW_MASTER_KEY": MASTER_KEY,
        "BYLAW_PEOPLE_ADDRESS": f"127.0.0.1:{people_port}",
        "BYLAW_LISTEN": f"127.0.0.1:{port}",
        "BYLAW_LINGER_SECONDS": "0",
    }


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_process_migrates_serves_an_import_and_its_sheet_and_ends_when_told(
    people: PeopleService, database_url: str
) -> None:
    listener, port = Listener(people.service, "127.0.0.1:0", linger_seconds=0), free_port()
    listener.start()
    known = environment(database_url, listener.port, port)
    command = [sys.executable, "-m", "bylaw_attendance"]
    subprocess.run([*command, "migrate"], env=known, check=True)
    process = subprocess.Popen(command, env=known, stderr=subprocess.PIPE)
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            grpc.channel_ready_future(channel).result(timeout=30)
            assert first_finding(channel, people) == "HRS-5"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.communicate()
        listener.stop()


def first_finding(channel: grpc.Channel, people: PeopleService) -> str:
    """The clause of the first card of an imported day."""
    site, unit = people.site(), people.unit("shop")
    person = people.person("A-1", unit.name, site.name)
    caller = people.as_caller(EVERYTHING)
    made = policies_pb2.PatternAssignment(shift_pattern=FIXED_WEEK, start_date="2026-01-01")
    policies_pb2_grpc.PoliciesStub(channel).CreatePatternAssignment(
        policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made), metadata=caller
    )
    punches = punches_pb2_grpc.PunchesStub(channel)
    content = b"A-1\t2026-02-02 08:20:00\t1\t0\t1\t0\n"
    request = punches_pb2.CreatePunchImportRequest(file=HttpBody(data=content), site="HQ")
    handed = punches.CreatePunchImport(request, metadata=caller)
    while (
        punches.GetPunchImport(punches_pb2.GetPunchImportRequest(name=handed.name), metadata=caller).state
        != punches_pb2.IMPORT_STATE_DONE
    ):
        time.sleep(0.1)
    sheet = sheets_pb2_grpc.SheetsStub(channel).GetSheet(
        GetSheetRequest(name=f"{person.name}/sheets/2026-02"), metadata=caller
    )
    return str(sheet.days[1].halves[0].card_points[0].clause)


def test_without_its_settings_the_process_says_which_are_missing() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bylaw_attendance"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 78
    assert "BYLAW_DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr
