"""Killed at any moment, the next start works and nothing is left running."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from bylaw_cli.embedded_postgres import EmbeddedPostgres

from tests.cli.starting import eventually, first_line, servers_in, starter
from tests.databases import plain


def _works(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, fast=True)
    try:
        with psycopg.connect(plain(postgres.start())) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        postgres.stop()


def _write(address: str) -> None:
    with psycopg.connect(plain(address)) as connection:
        connection.execute("create table if not exists kept (number int)")
        connection.execute("insert into kept values (7)")


def _kept(folder: Path) -> object:
    postgres = EmbeddedPostgres(folder, fast=True)
    try:
        with psycopg.connect(plain(postgres.start())) as connection:
            return connection.execute("select number from kept").fetchall()
    finally:
        postgres.stop()


def test_killing_the_starter_ends_the_server(used: Path) -> None:
    with starter(used) as process:
        socket_folder = Path(first_line(process).partition("host=")[2])
        process.kill()
        eventually(lambda: not servers_in(used))
        eventually(lambda: not socket_folder.exists())


def test_killing_the_starter_and_the_guard_still_ends_the_server(used: Path) -> None:
    with starter(used) as process:
        _write(first_line(process))
        for guard in psutil.Process(process.pid).children():
            guard.kill()
        process.kill()
        eventually(lambda: not servers_in(used))
    assert _kept(used) == [(7,)]


def test_committed_work_survives_a_killed_server(used: Path) -> None:
    with starter(used) as process:
        _write(first_line(process))
        for server in servers_in(used):
            server.kill()
    assert _kept(used) == [(7,)]


def test_a_start_killed_half_way_through_leaves_no_half(folder: Path) -> None:
    with starter(folder) as process:
        eventually(lambda: list(folder.glob("postgresql-18.*/base")))
        process.kill()
    assert not (folder / "postgresql-18").exists()
    with starter(folder) as process:
        assert first_line(process).startswith("postgresql+psycopg://")
        assert list(folder.glob("postgresql-18.*")) == []


@pytest.fixture
def stranger() -> Iterator[int]:
    """A process that has nothing to do with us."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process.pid
        process.kill()


def test_a_stale_process_number_that_now_belongs_to_a_stranger_harms_nobody(used: Path, stranger: int) -> None:
    _works(used)
    lines = [str(stranger), str(used / "postgresql-18"), "1700000000", "5432", "/run", "", "0 0", "ready"]
    (used / "postgresql-18" / "postmaster.pid").write_text("\n".join(lines))
    _works(used)
    assert psutil.Process(stranger).is_running()


def test_a_server_left_by_an_earlier_run_is_ended_before_the_new_one_starts(used: Path) -> None:
    with starter(used) as process:
        _write(first_line(process))
        assert _kept(used) == [(7,)]  # a run that did not know of the other, as after a lost lock
        process.send_signal(signal.SIGKILL)


def test_a_second_run_on_the_same_folder_is_refused_and_told_by_whom(used: Path) -> None:
    with starter(used) as holder:
        first_line(holder)
        with starter(used) as late:
            assert late.stdout is not None
            said = late.stdout.read()
    assert f"in use by process {holder.pid}" in said
    assert f"正被进程 {holder.pid} 使用" in said


def test_a_run_right_after_a_kill_waits_for_the_old_database_to_end(used: Path) -> None:
    with starter(used) as process:
        first_line(process)
        process.kill()
        os.waitpid(process.pid, 0)
        with starter(used) as late:
            assert first_line(late).startswith("postgresql+psycopg://")
