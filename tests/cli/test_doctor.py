"""`bylaw doctor` on this machine: without a running Bylaw, on a folder that holds nothing, on one tampered with."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bylaw_cli import demonstrating, everything
from bylaw_cli.command_doctor import NAMES, doctor_command, spoken_line
from bylaw_cli.data_folder import DataFolder
from bylaw_cli.doctor_machine import Line
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.installation import ensure_database
from bylaw_cli.secrets_file import master_key
from bylaw_cli.up import Access
from bylaw_cli.wording import Language, Wording
from click.testing import CliRunner

from tests.cli.starting import servers_in
from tests.databases import Databases, ground, plain


def _doctor(*arguments: str, language: Language = "en") -> tuple[int, str]:
    said = CliRunner().invoke(doctor_command(language), arguments)
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    return said.exit_code, said.output


def _faults(*arguments: str) -> dict[str, Any]:
    """What does not hold, by subject and check, from the JSON."""
    _, said = _doctor("--json", *arguments)
    return {f"{one['subject']} {one['check']}": one for one in json.loads(said)["findings"] if not one["holds"]}


@contextmanager
def _running_database(folder: Path) -> Iterator[Access]:
    with DataFolder(folder) as held:
        postgres = EmbeddedPostgres(held.path, lock_descriptor=held.lock_descriptor)
        try:
            yield Access(ensure_database(postgres.start()), master_key(folder), folder)
        finally:
            postgres.stop()


@contextmanager
def _new_installation() -> Iterator[Path]:
    """A data folder whose schemas and first account are made and whose timers ran once; nothing runs on it."""
    folder = Path(tempfile.mkdtemp(prefix="bylaw-data-", dir=ground()))
    folder.chmod(0o755)
    with _running_database(folder) as access:
        everything.prepare(access)
        with demonstrating.hosted(access) as hosted:
            for service in hosted.services.values():
                service.runner.write_timers()
                while service.runner.run_one():
                    pass
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """An installation that every test leaves as it is."""
    with _new_installation() as folder:
        yield folder


@pytest.fixture
def tampered() -> Iterator[Path]:
    """An installation to whose database its administrator did something."""
    with _new_installation() as folder:
        with _running_database(folder) as access, psycopg.connect(plain(access.admin_url)) as connection:
            connection.execute("grant update on attendance.punches to bylaw_attendance")
            connection.execute("delete from people.feed")
        yield folder


def test_an_installation_that_does_not_run_is_examined_on_a_database_started_for_it(installed: Path) -> None:
    code, said = _doctor("--data", str(installed))
    assert code == 0, said
    assert "✓ machine running: no `bylaw up` runs on it" in said
    assert "✓ attendance organisation: " in said
    assert said.splitlines()[-1].startswith("Not proved: rows of the audit")
    assert servers_in(installed) == []


def test_it_speaks_chinese_by_locale_or_by_option_and_both_in_json(installed: Path) -> None:
    for said in (
        _doctor("--data", str(installed), language="zh"),
        _doctor("--data", str(installed), "--language", "zh"),
    ):
        assert "✓ 人员 事件流：" in said[1]
        assert said[1].splitlines()[-1].startswith("尚未证明")
    whole = json.loads(_doctor("--data", str(installed), "--json")[1])
    assert whole["holds"] is True
    assert all(one["seen"]["zh"] and one["seen"]["en"] for one in whole["findings"])
    assert whole["notProved"]["zh"].startswith("尚未证明")


def test_what_an_administrator_did_to_the_database_is_found_and_its_cure_is_named(tampered: Path) -> None:
    code, said = _doctor("--data", str(tampered))
    assert code == 1
    line = next(line for line in said.splitlines() if line.startswith("✗ people feed: "))
    assert " missing. → Somebody changed the feed behind Bylaw's back" in line
    assert set(_faults("--data", str(tampered))) == {
        "people feed", "attendance append-only punches", "attendance organisation", "attendance rulebook",
        "inventory organisation", "inventory rulebook", "orders organisation", "orders rulebook",
    }  # fmt: skip


def test_a_lost_master_key_is_named_and_none_is_made(installed: Path) -> None:
    (installed / "master.key").rename(installed / "elsewhere")
    try:
        faults = _faults("--data", str(installed))
    finally:
        (installed / "elsewhere").rename(installed / "master.key")
    assert set(faults) == {"machine master key"}
    assert "back-up" in faults["machine master key"]["cure"]["en"]


def test_another_installations_master_key_is_found(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLAW_MASTER_KEY", "the master key of quite another installation")
    assert "people signing keys" in _faults("--data", str(installed))


def test_a_folder_that_is_not_made_yet_is_well(tmp_path: Path) -> None:
    code, said = _doctor("--data", str(tmp_path / "later"))
    assert code == 0
    assert "`bylaw up` does" in said
    assert not (tmp_path / "later").exists()


def test_an_empty_folder_is_well_and_a_gateway_that_was_named_must_answer(tmp_path: Path) -> None:
    assert _doctor("--data", str(tmp_path))[0] == 0
    code, said = _doctor("--data", str(tmp_path), "--url", "http://127.0.0.1:9")
    assert code == 1
    assert "✗ machine gateway: http://127.0.0.1:9 does not answer" in said
    assert "✓ machine database: there is none in this folder" in said


def test_a_database_of_ones_own_is_examined_too(embedded: Databases, tmp_path: Path) -> None:
    url = embedded.fresh()
    everything.prepare(Access(url, master_key(tmp_path), tmp_path))
    code, said = _doctor("--data", str(tmp_path), "--database-url", url)
    assert code == 0, said
    assert "✓ people signing keys: " in said
    embedded.drop(url)


def test_a_database_that_was_never_migrated_and_one_that_is_away_are_named(embedded: Databases, tmp_path: Path) -> None:
    master_key(tmp_path)
    url = embedded.fresh()
    faults = _faults("--data", str(tmp_path), "--database-url", url)
    services = ("people", "attendance", "inventory", "orders")
    assert set(faults) <= {f"{service} {what}" for service in services for what in ("schema", "database")}
    assert "bylaw migrate" in faults.popitem()[1]["cure"]["zh"]
    embedded.drop(url)
    away = _faults("--data", str(tmp_path), "--database-url", "postgresql://admin:secret@127.0.0.1:9/bylaw")
    assert set(away) == {"machine database"}
    assert "secret" not in json.dumps(away)


SUBJECTS = {"machine", "people", "attendance", "inventory", "orders"}


@pytest.mark.parametrize("check", [*sorted({*NAMES} - SUBJECTS - {"append-only"}), "append-only punches"])
def test_every_check_is_named_in_chinese(check: str) -> None:
    said = spoken_line(Line("people", check, holds=False, seen=Wording("s", "见"), cure=Wording("c", "做")), "zh")
    assert said.startswith("✗ 人员 ")
    assert said.endswith("：见 → 做")
