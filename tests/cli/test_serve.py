"""Each service as a process of its own: migrated, served, asked over REST, and ended in order by SIGTERM."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.cli.served import ADMINISTRATOR_PASSWORD, Served, of_service, run, served, settings
from tests.databases import Databases, plain

FILES = {
    "sites": "code,title_zh,title_en,time_zone,calendar\nHQ,总部,Headquarters,Asia/Shanghai,CN\n",
    "units": "code,title_zh,title_en,kind,parent,duties_zh,duties_en,head\nSHOP,店,Shop,company,,经营,Trade,\n",
    "people": "number,name,unit,site,employment_kind,start_date\n7,Wu Nian,SHOP,HQ,formal,2026-01-01\n",
}
PUNCHES = "employee_number,local_time\n7,2026-02-03 08:35:59\n7,2026-02-03 12:01:00\n"


@pytest.fixture(scope="module")
def apart(embedded: Databases) -> Iterator[Served]:
    """The processes on a database of their own."""
    url = embedded.fresh()
    with served(url) as everything:
        yield everything
    embedded.drop(url)


@pytest.fixture(scope="module")
def gateway(apart: Served) -> Iterator[httpx.Client]:
    """An administrator who signed in at the gateway."""
    with httpx.Client(base_url=apart.address, timeout=30) as client:
        body = {"login": "administrator", "password": ADMINISTRATOR_PASSWORD}
        session = client.post("/v1/sessions", json=body)
        assert session.is_success, session.text
        client.headers["Authorization"] = f"Bearer {session.json()['accessToken']}"
        yield client


def _import(apart: Served, path: Path, kind: str, *options: str) -> None:
    signed_in = {"BYLAW_LOGIN": "administrator", "BYLAW_PASSWORD": ADMINISTRATOR_PASSWORD, "BYLAW_URL": apart.address}
    done = run({**apart.environment, **signed_in}, "bylaw_cli", "import", kind, str(path), *options)
    assert done.returncode == 0, done.stdout + done.stderr


def test_people_and_punches_brought_in_become_a_sheet_and_each_process_ends_in_order(
    apart: Served, gateway: httpx.Client, tmp_path: Path
) -> None:
    for kind, content in FILES.items():
        (tmp_path / f"{kind}.csv").write_text(content)
        _import(apart, tmp_path / f"{kind}.csv", kind, "--effective-date", "2026-01-01")
    (tmp_path / "punches.csv").write_text(PUNCHES)
    _import(apart, tmp_path / "punches.csv", "punches", "--site", "HQ", "--complete-until", "2026-02-28")
    pattern = {"shiftPattern": "shiftPatterns/fixed-week@1", "startDate": "2026-01-01"}
    assert gateway.post("/v1/patternAssignments", json=pattern).is_success
    person = gateway.get("/v1/people", params={"number": "7"}).json()["people"][0]["name"]
    sheet = gateway.get(f"/v1/{person}/sheets/2026-02").json()
    late = sheet["days"][2]["halves"][0]["cardPoints"][0]
    assert (late["finding"], late["minutes"], late["clause"]) == ("FINDING_LATE", 10, "ATT-2")
    _look_after(apart, tmp_path)
    _end_one_by_one(apart, gateway)


def _look_after(apart: Served, data: Path) -> None:
    """The command beside them reaches services whose roles have passwords of their own by their own addresses."""
    admin_url = apart.environment["BYLAW_ADMIN_DATABASE_URL"]
    reach = {"BYLAW_DATABASE_URL": admin_url, "BYLAW_URL": apart.address, "BYLAW_DATA": str(data)}
    commands = {
        ("doctor",): "✓ attendance audit chain",
        ("audit", "heads", "--keep"): '"attendance"',
        ("administrator", "--reset-password"): str(data / "administrator.password"),
    }
    for command, said in commands.items():
        done = run({**apart.environment, **reach}, "bylaw_cli", *command)
        assert done.returncode == 0, done.stdout + done.stderr
        assert said in done.stdout


def _end_one_by_one(apart: Served, gateway: httpx.Client) -> None:
    """People first: the gateway lives on, is not ready, and says so instead of failing."""
    for name in ("people", "attendance", "inventory", "orders", "gateway"):
        started = time.monotonic()
        apart.processes[name].send_signal(signal.SIGTERM)
        assert apart.processes[name].wait(30) == 0, name
        assert time.monotonic() - started < 20
        if name == "people":
            assert gateway.get("/readyz").json() == {"status": "waiting", "notReady": ["people"], "degraded": []}
            problem = gateway.get("/v1/people")
            assert (problem.status_code, problem.json()["reason"]) == (503, "UNAVAILABLE")


@pytest.mark.parametrize(
    "command",
    [
        ("bylaw_cli", "serve", "people"),
        *((f"bylaw_{service}",) for service in ("people", "attendance", "inventory", "orders")),
    ],
)
def test_every_missing_setting_is_named_and_nothing_else_is_said(command: tuple[str, ...]) -> None:
    environment = of_service(settings("postgresql+psycopg://nobody@/none"), "people")
    missing = [environment.pop(name) and name for name in ("BYLAW_DATABASE_URL", "BYLAW_MASTER_KEY")]
    done = run(environment, *command)
    assert done.returncode == 78
    assert all(name in done.stderr for name in missing)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("bylaw_cli", "serve", "gateway"), ("bylaw_gateway",)])
def test_a_wrong_setting_of_the_gateway_is_named(command: tuple[str, ...]) -> None:
    environment = {**settings("postgresql+psycopg://nobody@/none"), "BYLAW_GATEWAY_PORT": "eighty"}
    done = run(environment, *command)
    assert done.returncode == 78
    assert "BYLAW_GATEWAY_PORT" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("service", ["people", "attendance", "inventory", "orders"])
def test_a_migration_without_an_administrators_address_names_the_setting(service: str) -> None:
    environment = settings("postgresql+psycopg://nobody@/none")
    environment.pop("BYLAW_ADMIN_DATABASE_URL")
    done = run(environment, "bylaw_cli", "migrate", service)
    assert done.returncode == 78
    assert "BYLAW_ADMIN_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("bylaw_people",), ("bylaw_inventory", "migrate")])
def test_what_is_no_address_of_a_database_is_named_and_never_shown(command: tuple[str, ...]) -> None:
    environment = {**of_service(settings("postgresql+psycopg://nobody@/none"), "people"), "BYLAW_DATABASE_URL": "hush"}
    done = run(environment, *command)
    assert done.returncode == 78
    assert done.stderr == "BYLAW_DATABASE_URL：不是数据库地址 / is no address of a database\n"


def test_a_process_that_is_called_wrongly_says_how_it_is_called() -> None:
    done = run(of_service(settings("postgresql+psycopg://nobody@/none"), "people"), "bylaw_inventory", "nonsense")
    assert (done.returncode, done.stderr) == (2, "用法 / usage: python -m bylaw_inventory [serve | migrate]\n")


def test_a_weak_first_password_is_refused_by_its_setting_and_can_be_mended(embedded: Databases) -> None:
    url = embedded.fresh()
    environment = {**settings(url), "BYLAW_ADMINISTRATOR_PASSWORD": "short"}
    done = run(environment, "bylaw_cli", "migrate", "people")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("BYLAW_ADMINISTRATOR_PASSWORD: ")
    mended = {**environment, "BYLAW_ADMINISTRATOR_PASSWORD": "long-enough-now"}
    assert run(mended, "bylaw_cli", "migrate", "people").returncode == 0
    with psycopg.connect(plain(url)) as connection:
        assert connection.execute("select count(*) from people.passwords").fetchone() == (1,)
    embedded.drop(url)


@pytest.mark.parametrize(
    "command",
    [("bylaw_cli", "migrate", "people"), ("bylaw_cli", "serve", "people"), ("bylaw_attendance", "migrate")],
)
def test_a_database_that_is_away_is_told_without_a_trace(command: tuple[str, ...]) -> None:
    done = run(of_service(settings("postgresql+psycopg://nobody:secret@127.0.0.1:9/none"), "people"), *command)
    assert done.returncode == 69
    assert "BYLAW_DATABASE_URL：无法使用数据库 / the database cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
