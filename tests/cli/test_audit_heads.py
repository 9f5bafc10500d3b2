"""Heads of the audit outside the database: printed, kept by `bylaw up`, and what the doctor finds with them."""

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from bylaw_chassis.audit.heads import is_signed, read_head
from bylaw_chassis.audit.pseudonyms import pseudonyms
from bylaw_cli import everything
from bylaw_cli.audit_heads import HEADS_FILE, heads_now, keep
from bylaw_cli.commands_audit import audit_group
from bylaw_cli.heads_in_lines import heads_in
from bylaw_cli.keeping_heads import heads_kept
from bylaw_cli.secrets_file import master_key
from bylaw_cli.up import Access
from bylaw_cli.wording import Refused
from click.testing import CliRunner

from tests.cli.starting import eventually
from tests.cli.test_doctor import _doctor, _faults, _new_installation, _running_database
from tests.databases import ground, plain

pytestmark = pytest.mark.clause("SEC-3")


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """An installation whose audit is sealed; nothing runs on it."""
    with _new_installation() as folder:
        yield folder


@pytest.fixture
def installed(made: Path) -> Iterator[Path]:
    """A copy of it, to be tampered with."""
    folder = Path(tempfile.mkdtemp(prefix="bylaw-data-", dir=ground())) / "data"
    folder.parent.chmod(0o755)
    shutil.copytree(made, folder, copy_function=shutil.copy2)
    owner = (made / "postgresql-18").stat()
    for path in [folder / "postgresql-18", *(folder / "postgresql-18").rglob("*")]:
        shutil.chown(path, owner.st_uid, owner.st_gid)
    yield folder
    shutil.rmtree(folder.parent)


def _audit(*arguments: str) -> str:
    said = CliRunner().invoke(audit_group("en"), arguments)
    assert said.exit_code == 0, said.output
    return said.output


def test_heads_are_printed_signed_and_anybody_may_check_them_with_the_public_key(installed: Path) -> None:
    lines = _audit("heads", "--data", str(installed)).splitlines()
    key = _audit("key", "--data", str(installed)).strip()
    heads = [read_head(line) for line in lines]
    assert "people" in {one.head.service for one in heads}
    assert all(is_signed(one, key) for one in heads)
    assert not (installed / HEADS_FILE).exists()


def test_kept_heads_are_added_to_the_data_folder_once_and_the_doctor_compares_with_them(installed: Path) -> None:
    for _ in range(2):
        printed = _audit("heads", "--keep", "--data", str(installed)).splitlines()
    kept = (installed / HEADS_FILE).read_text().splitlines()
    assert [json.loads(line)["number"] for line in kept] == [json.loads(line)["number"] for line in printed]
    code, said = _doctor("--data", str(installed))
    assert code == 0, said
    assert "✓ people audit heads: all 1 heads kept outside are in the chain." in said
    assert "✓ people audit chain: " in said
    assert "✓ 人员 库外链头：" in _doctor("--data", str(installed), "--language", "zh")[1]


def test_a_cut_of_the_audit_is_found_with_the_kept_heads_and_only_with_them(installed: Path) -> None:
    elsewhere = installed.parent / "elsewhere.jsonl"
    elsewhere.write_text(_audit("heads", "--data", str(installed)))
    with _running_database(installed) as access, psycopg.connect(plain(access.admin_url)) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute("truncate people.audit, people.audit_seals")
    assert not {"people audit chain", "people audit heads"} & {*_faults("--data", str(installed))}
    faults = _faults("--data", str(installed), "--heads", str(elsewhere))
    assert faults["people audit heads"]["seen"]["en"].endswith("is gone.")


@pytest.mark.parametrize("change", ["number", "head", "line"])
def test_a_changed_file_of_heads_is_named_with_its_line(installed: Path, change: str) -> None:
    _audit("heads", "--keep", "--data", str(installed))
    path = installed / HEADS_FILE
    head = json.loads(path.read_text().splitlines()[0])
    changed = {"number": {**head, "number": 999}, "head": {**head, "head": "00" * 32}, "line": {}}[change]
    path.write_text(json.dumps(changed) + "\n")
    fault = _faults("--data", str(installed))["machine audit heads"]
    assert "line 1" in fault["seen"]["en"]
    assert "第 1 行" in fault["seen"]["zh"]


def test_a_file_that_is_not_there_is_named(installed: Path) -> None:
    assert "machine audit heads" in _faults("--data", str(installed), "--heads", str(installed / "nothing"))


def test_an_address_is_looked_for_by_its_pseudonym(installed: Path) -> None:
    said = _audit("address", "203.0.113.7", "--data", str(installed)).strip()
    assert said == pseudonyms(master_key(installed)).address("203.0.113.7")


@pytest.mark.parametrize("nonsense", ["nonsense", "203.0.113", "", "203.0.113.7:443", "people/1"])
def test_what_is_no_address_has_no_pseudonym(installed: Path, nonsense: str) -> None:
    said = CliRunner().invoke(audit_group("en"), ["address", nonsense, "--data", str(installed)])
    assert isinstance(said.exception, Refused)
    assert "is no IP address" in said.exception.wording.en
    assert not said.output


def test_a_login_that_nobody_has_is_looked_for_by_its_pseudonym(installed: Path) -> None:
    said = _audit("login", " Chen.Ming", "--data", str(installed)).strip()
    assert said == f"logins/{pseudonyms(master_key(installed)).login('chen.ming')}"


def test_a_folder_without_a_master_key_is_refused(tmp_path: Path) -> None:
    said = CliRunner().invoke(audit_group("en"), ["key", "--data", str(tmp_path)])
    assert isinstance(said.exception, Refused)


def test_while_bylaw_runs_heads_are_kept_by_themselves_and_once_more_at_the_end(installed: Path) -> None:
    path = installed / HEADS_FILE
    with _running_database(installed) as access:
        with heads_kept(access, first_seconds=0.1):
            eventually(lambda: path.exists() and path.read_text().endswith("\n"), within_seconds=60)
            before = path.read_text()
            _write_and_seal(access)
        assert path.read_text() != before
        assert path.read_text().startswith(before)
    assert _doctor("--data", str(installed))[0] == 0
    assert not [thread for thread in threading.enumerate() if thread.name == "audit heads" and not thread.daemon]


def test_one_that_is_under_way_at_the_end_is_waited_for_so_that_nothing_is_left_running(installed: Path) -> None:
    def under_way() -> list[psutil.Process]:
        return [child for child in psutil.Process().children() if "audit" in child.cmdline()]

    with _running_database(installed) as access:
        with heads_kept(access, first_seconds=0.0):
            eventually(under_way, within_seconds=60)
        assert not under_way()
        assert [head.head.service for _, head in heads_in((installed / HEADS_FILE).read_text().splitlines(), "kept")]


def _write_and_seal(access: Access) -> None:
    from bylaw_chassis.audit.sealing import keep_sealed  # noqa: PLC0415
    from bylaw_cli import demonstrating  # noqa: PLC0415

    everything.prepare(access)
    with demonstrating.hosted(access) as hosted:
        people = hosted.services["people"].database
        with people.engine.begin() as connection:
            connection.exec_driver_sql(
                "insert into audit (recorded_at, actor, session, on_behalf_of, method, targets, fields, sources,"
                " scopes, address, trace_id, reason, clause, dropped, digest)"
                " values (now(), '', '', '', 'test', '{}', '{}', '{}', '{}', '', '', '', '', 0, '')"
            )
        assert keep_sealed(people) >= 1


def test_the_end_of_bylaw_up_is_in_order_though_the_database_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    access = Access("postgresql+psycopg://nobody:secret@127.0.0.1:9/bylaw", master_key(tmp_path), tmp_path)
    with heads_kept(access):
        pass
    said = capsys.readouterr().err
    assert said.startswith("audit-heads.jsonl: ")
    assert "secret" not in said


def test_keeping_adds_only_what_is_not_there(installed: Path) -> None:
    with _running_database(installed) as access:
        heads = heads_now(access.admin_url, access.master_key)
    path = installed / HEADS_FILE
    assert [keep(path, heads), keep(path, heads)] == [len(heads), 0]
