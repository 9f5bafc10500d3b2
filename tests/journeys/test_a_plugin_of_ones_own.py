"""A company's own shift pattern, from a folder of its author's to one unit's sheets from a day on."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from bylaw_cli.plugin.writing import write

from tests.cli.running import free_port
from tests.databases import ground
from tests.journeys.client import Client
from tests.journeys.department import Department, department_of
from tests.plugins.authors_machine import Environment, built, clean_environment, with_the_hooks, with_the_suite

MONTH, SINCE = "2026-03", "2026-03-16"
PATTERN, FIXED_WEEK = "shiftPatterns/harbour-shifts-day-shift@1", "shiftPatterns/fixed-week@1"
OWN_TEST = '''"""The harbour's hours, judged."""

from datetime import date

from bylaw_hooks import Kind, MonthFacts
from bylaw_kit import reading
from bylaw_kit.months import epoch_minute, month_days

from harbour_shifts.day_shift import Day, DayShift

MAY = month_days((2026, 5), "Asia/Shanghai", {})


def test_who_comes_three_minutes_past_ten_is_late() -> None:
    punches = tuple(60 * epoch_minute(date(2026, 5, 4), wall, "Asia/Shanghai") for wall in ("10:03", "18:00"))
    facts = MonthFacts(person=1, days=MAY, punches=punches, decided_until=2**40)
    answer = DayShift().judge_month(facts, DayShift().compile(MAY, Day()), Day())
    late = next(mark for mark in reading.marks(answer) if mark.point.work_date.day == 4)
    assert (late.kind, late.minutes) == (Kind.LATE, 3)
'''


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written in a folder of its own, edited, tested where nothing but the hooks and their kit is, and built."""
    home = tmp_path_factory.mktemp("author")
    folder = write("harbour-shifts", home)
    pattern = folder / "harbour_shifts" / "day_shift.py"
    hours = pattern.read_text(encoding="utf-8").replace('default="09:00"', 'default="10:00"')
    pattern.write_text(hours.replace('default="17:00"', 'default="18:00"'), encoding="utf-8")
    (folder / "tests" / "test_day_shift.py").write_text(OWN_TEST, encoding="utf-8")
    (folder / "harbour_shifts" / "golden" / "harbour-shifts-day-shift@1.json").unlink()
    authors = with_the_hooks(home / "environment")
    for command in (["bylaw_kit", "harbour-shifts", "--golden"], ["pytest", "-q", "--bylaw-examples", "10"]):
        done = authors.run("-m", *command, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "30 passed" in done.stdout
    return built(folder, home / "dist")


@dataclass
class Suite:
    """An installation of its own environment, which is started, stopped, and started again."""

    environment: Environment
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[Client]:
        """`bylaw up`, and its administrator signed in."""
        options = (
            "--data",
            str(self.folder / "data"),
            "--port",
            str(self.port),
            "--workers",
            "2",
            "--no-demonstration",
        )
        process = subprocess.Popen(
            [str(self.environment.python), "-m", "bylaw_cli", "up", *options],
            cwd=self.folder,
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with process:
            try:
                _wait_until_ready(process)
                password = (self.folder / "data" / "administrator.password").read_text().strip()
                with closing((client := Client(self.address, "administrator", password)).http):
                    yield client
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(60)

    def bylaw(self, *arguments: str, client: Client) -> Any:
        """What the command beside it prints, as JSON."""
        environment = {**clean_environment(), "BYLAW_URL": self.address, "BYLAW_TOKEN": client.token}
        done = subprocess.run(
            [str(self.environment.python), "-m", "bylaw_cli", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if "Ctrl-C" in line:
            return
    raise AssertionError("".join(said))


@pytest.fixture(scope="module")
def suite() -> Iterator[Suite]:
    """Bylaw, without the plugin yet."""
    with TemporaryDirectory(prefix="bylaw-plugin-", dir=ground(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # so that PostgreSQL's account may pass
        yield Suite(with_the_suite(Path(folder) / "environment"), Path(folder), free_port())


def punches() -> bytes:
    """Who works in either team comes at three past ten and leaves at seven, on every working day of March."""
    days = [day for day in range(1, 32) if (day - 1) % 7 in range(1, 6)]
    times = ("10:03:00", "18:00:00")
    rows = [f"{number},2026-03-{day:02} {time}" for number in (4, 5) for day in days for time in times]
    return "\n".join(["employee_number,local_time", *rows, ""]).encode()


def made_of(sheet: Any) -> dict[str, tuple[str, list[str]]]:
    """By day: the pattern that decided it, and the halves that it planned."""
    return {
        day["workDate"]: (day["shiftPattern"], [half["startTime"][11:] for half in day["halves"]])
        for day in sheet["days"]
    }


def sheet_of(client: Client, made: Department, login: str) -> Any:
    """Somebody's March."""
    return client.get(f"/v1/{made.people[login]}/sheets/{MONTH}")


def test_a_plugin_is_installed_beside_a_running_suite_and_switched_on_for_one_unit_from_a_day(
    wheel: Path, suite: Suite
) -> None:
    with suite.running() as client, department_of(client) as made:
        wish = {"shiftPattern": FIXED_WEEK, "startDate": "2026-01-01"}
        client.post("/v1/patternAssignments", wish)
        assert (
            client.import_punches(punches(), site="HQ", completeUntilDate="2026-04-01")["state"] == "IMPORT_STATE_DONE"
        )
        before = {login: made_of(sheet_of(client, made, login)) for login in ("agent", "designer")}
        early = {"subject": made.units["SERVICE"], "shiftPattern": PATTERN, "startDate": SINCE}
        refused = client.http.post("/v1/patternAssignments", json=early)
        assert refused.json()["reason"] == "POLICY_VERSION_GONE"
        units, people = made.units, made.people
        tried = suite.bylaw(*_try(wheel), client=client)

    suite.environment.install(wheel)

    with suite.running() as client:
        made = Department(client, people, units)
        offered = {pattern["name"]: pattern for pattern in client.get("/v1/shiftPatterns")["shiftPatterns"]}
        assert offered[PATTERN]["distribution"] == "harbour-shifts 1.0.0"
        assert offered[PATTERN]["parametersSchema"]["properties"]["starts"]["x-title"]["zh"] == "上班时间"
        client.post("/v1/patternAssignments", early)
        after, elsewhere = sheet_of(client, made, "agent"), sheet_of(client, made, "designer")

    judged = made_of(after)
    assert all(judged[day] == before["agent"][day] for day in judged if day < SINCE)
    assert {judged[day][0] for day in judged if day >= SINCE} == {PATTERN}
    assert judged["2026-03-16"] == (PATTERN, ["10:00"])
    assert made_of(elsewhere) == before["designer"]
    (half,) = next(day["halves"] for day in after["days"] if day["workDate"] == "2026-03-16")
    assert (half["verdict"], half["clause"]) == ("FINDING_LATE", "ATT-2")
    assert (tried["pattern"], tried["people"], tried["faults"]) == ("harbour-shifts-day-shift@1", 2, {})
    foretold = [change for change in tried["changes"] if change["workDate"] == "2026-03-16"]
    assert half["verdict"] in {change["wouldBe"][0]["verdict"] for change in foretold}


def _try(wheel: Path) -> tuple[str, ...]:
    return ("plugin", "try", str(wheel), "--month", MONTH, "--unit", "SERVICE", "--json")
