"""A worker killed again and again in the midst of a replay: the next one goes on, and each month counts once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from bylaw.attendance.v1 import replays_pb2

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.what_if import DONE, WhatIf
from tests.cli.starting import eventually
from tests.databases import Databases

KILLS = {"short": 2, "long": 4}[os.environ.get("BYLAW_PROVE", "short")]
"""Below the attempts after which a job is parked: a replay that takes its worker with it each time has failed."""
PEOPLE, FIRST, LAST = 4, "2025-04", "2026-02"
MONDAYS = {"working_days": ["monday"]}
PROGRAM = """
import sys, time
from bylaw_attendance import calendars
from bylaw_attendance.policies import Policies, anything
from bylaw_attendance.store import assignments, clocks, day_changes, policy_health, punches, replays, rota, sheets
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth
from bylaw_attendance.use_cases.policies.run_replay import RunReplay
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Runner
from bylaw_chassis.organisation import queries as organisation
from bylaw_plugin_host.starting import start

class Slowly(LoadMonth):
    def load(self, *args, **more):
        time.sleep(0.1)
        return super().load(*args, **more)

database = Database(sys.argv[1], "attendance", system_clock, 4)
month = Slowly(database, organisation, assignments, clocks, punches, sheets, rota, policy_health, day_changes)
job = RunReplay(database, organisation, sheets, replays, month, Policies(start(anything)), calendars.official_days, 1)
runner = Runner(database, {"replay": job}, lease_seconds=1.0)
runner.start()
while True:
    time.sleep(1)
"""


@pytest.fixture
def office(embedded: Databases) -> Iterator[WhatIf]:
    """Four people who work all year, each a batch of their own in each month."""
    with attendance_service(embedded) as attendance:
        people = attendance.people
        shop, site = people.unit("shop", since="2025-01-01").name, people.site().name
        for number in range(PEOPLE):
            people.person(f"A-{number}", shop, site, since="2025-01-01")
        attendance.assign(since="2025-01-01")
        attendance.follow_people()
        yield WhatIf(attendance)


@contextmanager
def worker(attendance: AttendanceService) -> Iterator[None]:
    """A worker in a process of its own, killed in the end."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, attendance.url], start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def comes_further(office: WhatIf, name: str, seen: int) -> bool:
    """Whether more months of people were looked at than before."""
    return bool(office.get(name).done_count > seen)


def test_a_replay_goes_on_behind_what_was_done_when_its_worker_is_killed(office: WhatIf) -> None:
    made, seen = office.start("", FIRST, LAST, **MONDAYS), 0  # type: ignore[arg-type]
    for _ in range(KILLS):
        with worker(office.attendance):
            eventually(partial(comes_further, office, made.name, seen), within_seconds=60)
        half_way = office.get(made.name)
        assert half_way.state == replays_pb2.REPLAY_STATE_RUNNING
        assert 0 < half_way.progress_percent < 100
        seen = half_way.done_count

    with worker(office.attendance):
        eventually(lambda: office.get(made.name).state == DONE, within_seconds=120)

    found, whole = office.get(made.name), office.done("", FIRST, LAST, **MONDAYS)  # type: ignore[arg-type]
    assert found.done_count == whole.done_count
    assert (found.before, found.after, found.change_count) == (whole.before, whole.after, whole.change_count)
    assert office.changes(made.name, page_size=1000) == office.changes(whole.name, page_size=1000)
