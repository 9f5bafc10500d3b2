"""A third party's pattern runs in a process of its own: judged like ours, contained, and gone with the service."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2
from bylaw_attendance.app import AttendanceSettings, build
from bylaw_attendance.policies import Plugins
from bylaw_chassis.serving import Listener
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

from tests.builders.attendance import AttendanceService, attendance_service, cell, settings
from tests.builders.collector import collecting
from tests.builders.people import SetClock, people_service, reason
from tests.databases import Databases
from tests.integration.attendance.test_as_a_process import environment, free_port
from tests.plugins.host.conftest import AMPLE, Site

PATTERN = "shiftPatterns/acme-mornings@1"
MORNINGS = """
from bylaw_hooks import hookimpl
from ordinary import Ordinary

bylaw_api = 1


class Mornings(Ordinary):
    name = "acme-mornings"

    def judge_month(self, facts, plan, parameters):
        while facts.punches and {endless}:
            pass
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns():
    return [Mornings()]
"""


PLANLESS = """
from bylaw_hooks import hookimpl
from ordinary import Ordinary

bylaw_api = 1


class Mornings(Ordinary):
    name = "acme-mornings"

    def plan(self, days, parameters):
        with open({told!r}, "a") as told:
            told.write("asked\\n")
        while True:
            pass


@hookimpl
def register_shift_patterns():
    return [Mornings()]
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def beside_ours(site: Site, limits: Limits = AMPLE) -> Plugins:
    """What is installed here, and what is in the folder."""
    return lambda exists: start(exists, [*installed(), *site.found()], limits=limits)


def workers(site: Site) -> list[int]:
    """The processes that run something of the folder."""
    told = str(site.folder).encode()
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if told in read(path)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@contextmanager
def shop(postgres: Databases, plugins: Plugins) -> Iterator[tuple[AttendanceService, str, str, str]]:
    """The service with Anna and Ben, whose unit follows the third party's pattern; Anna has punched."""
    with attendance_service(postgres, plugins=plugins) as attendance:
        people = attendance.people
        unit, place = people.unit("shop").name, people.site().name
        anna, ben = (people.person(number, unit, place).name for number in ("A-1", "B-1"))
        attendance.assign(unit, since="2026-01-01", pattern=PATTERN)
        attendance.punch(anna, "2026-02-02 08:55:00")
        yield attendance, unit, anna, ben


def test_a_third_partys_pattern_is_listed_assigned_and_judged_and_its_process_ends_with_the_service(
    postgres: Databases, site: Site
) -> None:
    site.add("acme-mornings", MORNINGS.format(endless=False))
    with shop(postgres, beside_ours(site)) as (attendance, _, anna, _):
        assert workers(site)
        assert "acme_mornings" not in sys.modules
        request = policies_pb2.ListShiftPatternsRequest()
        answer = attendance.policies.ListShiftPatterns(request, metadata=attendance.everything)
        listed = {pattern.name: pattern for pattern in answer.shift_patterns}
        assert (listed[PATTERN].distribution, listed[PATTERN].form) == (
            "acme-mornings 1.2",
            policies_pb2.PATTERN_FORM_EASY,
        )
        assert listed["shiftPatterns/fixed-week@1"].form == policies_pb2.PATTERN_FORM_BATCH
        assert listed[PATTERN].parameters_schema["properties"]["seconds"]["x-title"]["zh"]
        with pytest.raises(grpc.RpcError) as refused:
            attendance.assign(anna, pattern=PATTERN, repeat_minutes="ten")
        assert reason(refused.value) == "POLICY_PARAMETERS_INVALID"

        sheet = attendance.sheet(anna, "2026-02")

        assert [card.punch_time[:16] for card in sheet.days[1].halves[0].card_points] == ["2026-02-02 08:55", ""]
        assert list(sheet.distributions) == ["acme-mornings 1.2"]
    assert workers(site) == []


def test_a_pattern_without_an_end_is_stopped_named_and_on_record_and_others_are_judged(
    postgres: Databases, site: Site
) -> None:
    site.add("acme-mornings", MORNINGS.format(endless=True))
    limits = Limits(start_seconds=120, floor_seconds=3)
    with shop(postgres, beside_ours(site, limits)) as (attendance, unit, _, _):
        sheets = attendance.unit_sheets(unit, "2026-02").sheets

        assert [(sheet.employee_number, sheet.fault.reason) for sheet in sheets] == [
            ("A-1", "POLICY_TIMED_OUT"),
            ("B-1", ""),
        ]
        assert "A-1" in sheets[0].fault.message.zh
        assert "acme-mornings 1.2" in sheets[0].fault.message.en
        request = policies_pb2.ListPolicyHealthRequest()
        (entry,) = attendance.policies.ListPolicyHealth(request, metadata=attendance.everything).entries
        assert (entry.reason, entry.employee_number) == ("POLICY_TIMED_OUT", "A-1")
    assert workers(site) == []


def test_what_a_pattern_costs_is_measured(postgres: Databases, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.add("acme-mornings", MORNINGS.format(endless=True))
    limits = Limits(start_seconds=120, floor_seconds=2)
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        with shop(postgres, beside_ours(site, limits)) as (attendance, unit, _, _):
            attendance.unit_sheets(unit, "2026-02")
            attendance.service.server.close()
        lost = {"bylaw__distribution": "acme-mornings 1.2"}
        assert collector.measured("attendance", "bylaw.plugin.losses", **lost, bylaw__cause="time") == 2
        assert collector.measured("attendance", "bylaw.plugin.losses", **lost, bylaw__cause="end") == 0
        assert collector.measured("attendance", "bylaw.policy.faults", bylaw__policy="acme-mornings@1") == 1
        assert collector.measured("attendance", "bylaw.policy.faults", bylaw__policy="fixed-week@1") == 0


def test_what_a_plugin_gets_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MEMORY_MEBIBYTES", "512"), ("CALL_SECONDS", "2.5"), ("ALONE_SECONDS", "0.75")):
        monkeypatch.setenv(f"BYLAW_PLUGIN_{name}", value)
    told = settings("postgresql+psycopg://").limits()
    assert (told.memory_bytes, told.floor_seconds, told.alone_seconds) == (512 << 20, 2.5, 0.75)
    assert replace(told, memory_bytes=1 << 30, floor_seconds=1.0, alone_seconds=0.5) == Limits()
    monkeypatch.setenv("BYLAW_PLUGIN_MEMORY_MEBIBYTES", "16")
    with pytest.raises(SettingWrong, match="BYLAW_PLUGIN_MEMORY_MEBIBYTES"):
        read_settings(AttendanceSettings, database_url="postgresql+psycopg://", master_key="k" * 32)


def test_a_pattern_that_never_comes_to_a_plan_is_not_waited_for_once_more_for_everybody(
    postgres: Databases, site: Site
) -> None:
    """Each has a rota of their own, hence a plan of their own: three are waited for, the others hear the same.

    When the rota is published, which is planned too, one is.
    """
    told = site.folder / "told"
    site.add("acme-mornings", PLANLESS.format(told=str(told)))
    limits = Limits(start_seconds=120, floor_seconds=1)
    with shop(postgres, beside_ours(site, limits)) as (attendance, unit, anna, ben):
        more = [
            attendance.people.person(f"M-{number}", unit, attendance.people.site(f"S{number}").name).name
            for number in range(4)
        ]
        attendance.publish(unit, *(cell(who, f"2026-02-0{day}", "x") for day, who in enumerate((anna, ben, *more), 1)))

        asked = len(told.read_text().splitlines())
        sheets = attendance.unit_sheets(unit, "2026-02").sheets

        assert [sheet.fault.reason for sheet in sheets] == ["POLICY_TIMED_OUT"] * 6
        assert "B-1" in sheets[1].fault.message.en
        assert (asked, len(told.read_text().splitlines())) == (1, 1 + 3)


def test_a_plugin_at_fault_stops_the_start_by_name_and_leaves_no_process(postgres: Databases, site: Site) -> None:
    site.add("acme-mornings", MORNINGS.format(endless=False))
    site.add("other-mornings", MORNINGS.format(endless=False))
    with people_service(postgres) as people:
        with pytest.raises(PluginRefused) as refused:
            build(settings("postgresql+psycopg://"), channels={"people": people.channel}, plugins=beside_ours(site))
        assert refused.value.distribution == "other-mornings"
    assert workers(site) == []


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_process_that_is_told_to_end_leaves_no_plugin_running(
    postgres: Databases, database_url: str, site: Site, told: signal.Signals
) -> None:
    site.add("acme-mornings", MORNINGS.format(endless=False))
    with people_service(postgres, SetClock()) as people:
        listener, port = Listener(people.service, "127.0.0.1:0", linger_seconds=0), free_port()
        listener.start()
        known = {**environment(database_url, listener.port, port), "PYTHONPATH": str(site.folder)}
        command = [sys.executable, "-m", "bylaw_attendance"]
        subprocess.run([*command, "migrate"], env=known, check=True)
        process = subprocess.Popen(command, env=known, stderr=subprocess.PIPE)
        try:
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                grpc.channel_ready_future(channel).result(timeout=120)
            assert workers(site)
            os.kill(process.pid, told)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
            process.communicate()
            listener.stop()
        wait_for_none(site)


def wait_for_none(site: Site, seconds: float = 10.0) -> None:
    """A process that was killed takes a moment to leave the table of processes."""
    ends = time.monotonic() + seconds
    while workers(site):
        assert time.monotonic() < ends, "a plugin's process outlives the service"
        time.sleep(0.1)
