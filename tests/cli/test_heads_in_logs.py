"""Heads of the audit in the logs of the services, however they were collected, and heads kept at intervals."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from bylaw_cli.audit_heads import HEADS_FILE, heads_now
from bylaw_cli.command_doctor import doctor_command
from bylaw_cli.commands_audit import audit_group
from bylaw_cli.heads_in_lines import heads_in
from bylaw_cli.wording import Refused
from click.testing import CliRunner

from tests.cli.starting import eventually
from tests.cli.test_doctor import _doctor, _faults, _new_installation, _running_database
from tests.databases import plain

pytestmark = pytest.mark.clause("SEC-3")
OTHERS = '{"service": "people", "port": 50051, "event": "listening", "level": "info"}'
COLLECTED: dict[str, Callable[[str], str]] = {
    "as it was written": lambda line: line,
    "docker compose logs": lambda line: f"people-1  | {line}",
    "with the container's time": lambda line: f"2026-11-26T08:00:00.1Z {line}",
    "docker's json-file": lambda line: json.dumps({"log": f"{line}\n", "stream": "stderr"}),
    "a journal within a shipper": lambda line: json.dumps({"@t": "x", "message": json.dumps({"MESSAGE": line})}),
}


SERVICES = ("people", "attendance", "inventory", "orders")
HAVE_SEALED = {"people", "attendance"}
"""Inventory tells people of its duties as soon as it can: whether it has a head by then is its own affair."""


@pytest.fixture(scope="module")
def installed() -> Iterator[tuple[Path, list[str]]]:
    """An installation on which nothing runs, and the lines its log would have told of its heads."""
    with _new_installation() as folder:
        with _running_database(folder) as access:
            heads = heads_now(access.admin_url, access.master_key)
        told = ({**head.fields(), "rows": 1, "event": "audit_sealed", "level": "info"} for head in heads)
        yield folder, [json.dumps(line) for line in told]


@pytest.mark.parametrize("collector", COLLECTED)
def test_heads_are_found_in_a_log_among_everything_else(
    installed: tuple[Path, list[str]], tmp_path: Path, collector: str
) -> None:
    folder, told = installed
    log = tmp_path / "services.log"
    log.write_text("\n".join(["starting", *map(COLLECTED[collector], [OTHERS, *told, OTHERS]), "Traceback", ""]))
    code, said = _doctor("--data", str(folder), "--heads", str(log))
    assert code == 0, said
    for service in SERVICES:
        assert f"✓ {service} audit heads: all {_of(service, told)} heads kept outside are in the chain." in said


def test_a_log_is_read_from_standard_input_too(installed: tuple[Path, list[str]]) -> None:
    folder, told = installed
    asked = ["--data", str(folder), "--heads", "-"]
    said = CliRunner().invoke(doctor_command("en"), asked, input="\n".join([OTHERS, *told]))
    assert said.exit_code == 0, said.output
    for service in SERVICES:
        assert f"{service} audit heads: all {_of(service, told)} heads kept outside are in the chain" in said.output


def test_several_files_and_the_folder_of_one_are_compared_together(
    installed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, told = installed
    (tmp_path / "log").write_text("\n".join(told))
    said = CliRunner().invoke(audit_group("en"), ["heads", "--into", str(tmp_path), "--data", str(folder)])
    assert said.exit_code == 0, said.output
    both = ("--heads", str(tmp_path), "--heads", str(tmp_path / "log"))
    assert f"✓ people audit heads: all {2 * _of('people', told)} heads" in _doctor("--data", str(folder), *both)[1]


def test_a_log_alone_names_a_chain_that_was_cut(tmp_path: Path) -> None:
    with _new_installation() as folder:
        with _running_database(folder) as access, psycopg.connect(plain(access.admin_url)) as admin:
            (head, *_) = heads_now(access.admin_url, access.master_key)
            admin.execute("set session_replication_role = replica")
            admin.execute("truncate people.audit, people.audit_seals")
        log = tmp_path / "services.log"
        log.write_text(json.dumps({"event": "audit_sealed", **head.fields()}))
        faults = _faults("--data", str(folder), "--heads", str(log))
        assert faults["people audit heads"]["seen"]["en"].endswith("is gone.")


def test_a_line_that_somebody_else_signed_or_changed_is_named(
    installed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, told = installed
    log = tmp_path / "services.log"
    for changed in ({"number": 999}, {"head": "00" * 32}, {"signature": ""}):
        log.write_text("\n".join([OTHERS, OTHERS, json.dumps({**json.loads(told[0]), **changed})]))
        fault = _faults("--data", str(folder), "--heads", str(log))["machine audit heads"]
        assert "line 3" in fault["seen"]["en"]


def test_a_line_that_says_sealed_and_holds_no_head_is_named() -> None:
    with pytest.raises(Refused, match="log, line 2"):
        heads_in([OTHERS, '{"event": "audit_sealed", "service": "people"}'], "log")


def test_a_log_without_any_head_is_no_file_of_heads() -> None:
    with pytest.raises(Refused, match="log, line 1"):
        heads_in([OTHERS], "log")


def test_heads_are_kept_at_intervals_until_told_to_end_and_once_more_then(
    installed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, told = installed
    path = tmp_path / HEADS_FILE
    command = [sys.executable, "-m", "bylaw_cli", "audit", "heads", "--every", "1h"]
    with subprocess.Popen([*command, "--into", str(tmp_path), "--data", str(folder)], stdout=subprocess.PIPE) as keeper:
        eventually(lambda: path.exists() and path.read_text().count("\n") == len(told), within_seconds=60)
        path.unlink()
        keeper.send_signal(signal.SIGTERM)
        assert keeper.wait(60) == 0
    heads = heads_in(path.read_text().splitlines(), str(path))
    assert HAVE_SEALED <= {head.head.service for _, head in heads} <= {*SERVICES}


def test_a_folder_that_cannot_be_written_is_named(installed: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, _ = installed
    said = CliRunner().invoke(audit_group("en"), ["heads", "--into", str(tmp_path / "none"), "--data", str(folder)])
    assert isinstance(said.exception, Refused)
    assert "cannot be written" in said.exception.wording.en


@pytest.mark.parametrize("interval", ["", "0s", "1", "1x", "h", "-1h", "1.5h"])
def test_an_interval_that_is_none_is_refused_with_those_that_are(interval: str) -> None:
    said = CliRunner().invoke(audit_group("en"), ["heads", "--every", interval])
    assert said.exit_code == 2
    assert "90s, 30m, 1h, 1d" in said.output


def _of(service: str, told: list[str]) -> int:
    """How many of the heads are a service's."""
    return sum(json.loads(line)["service"] == service for line in told)
