"""PostgreSQL on one machine: starts anywhere, listens to nobody else, and keeps what it was given."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import bylaw_cli
import psutil
import psycopg
import pytest
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.postgres_account import make_reachable
from bylaw_cli.wording import Refused

from tests.cli.starting import first_line, servers_in, starter
from tests.databases import plain


def test_it_comes_up_and_answers(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder)
    with psycopg.connect(plain(postgres.start())) as connection:
        assert connection.info.server_version // 10000 == 18
        assert connection.execute("show fsync").fetchone() == ("on",)
    postgres.stop()
    assert servers_in(folder) == []


def test_it_listens_on_no_network_port(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, fast=True)
    with psycopg.connect(plain(postgres.start())) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("select inet_server_port()").fetchone() == (None,)
    postgres.stop()


def test_a_second_start_keeps_what_was_written(folder: Path) -> None:
    for statement in ("create table kept as select 7 as number", "select number from kept"):
        postgres = EmbeddedPostgres(folder, fast=True)
        with psycopg.connect(plain(postgres.start())) as connection:
            connection.execute(statement.encode())
        postgres.stop()


def test_a_data_folder_of_two_hundred_letters_is_no_problem_for_the_socket(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder / ("deep" * 25) / ("er" * 50), fast=True)
    address = postgres.start()
    postgres.stop()
    assert len(address) < 107


def test_the_socket_folder_is_gone_after_the_stop(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, fast=True)
    socket_folder = Path(postgres.start().partition("host=")[2])
    assert socket_folder.exists()
    postgres.stop()
    assert not socket_folder.exists()


def test_it_never_runs_as_root(folder: Path) -> None:
    with starter(folder) as process:
        assert first_line(process).startswith("postgresql+psycopg://")
        assert {server.uids().effective for server in servers_in(folder)}.isdisjoint({0})


@pytest.fixture
def normal_user(folder: Path) -> Iterator[str | None]:
    """A user without rights; when we are root, one that may enter the folders of Python and our packages."""
    if os.geteuid() != 0:
        yield None
        return
    shutil.chown(folder, user="nobody")
    used = [Path(sys.executable), Path(sys.executable).resolve(), Path(bylaw_cli.__file__)]
    modes = {parent: parent.stat().st_mode for path in used for parent in path.parents}
    make_reachable(used, tell=lambda _: None)
    yield "nobody"
    for parent, mode in modes.items():
        parent.chmod(mode)


def test_a_normal_user_starts_it_too(folder: Path, normal_user: str | None) -> None:
    with starter(folder, user=normal_user) as process:
        assert first_line(process).startswith("postgresql+psycopg://")
        owners = {server.uids().effective for server in servers_in(folder)}
        assert owners == {psutil.Process(process.pid).uids().effective}
        assert 0 not in owners


def test_a_postgresql_that_cannot_start_is_quoted(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, fast=True)
    postgres.start()
    postgres.stop()
    with (folder / "postgresql-18" / "postgresql.conf").open("a") as settings:
        settings.write("working_days = 5\n")
    with pytest.raises(Refused, match='unrecognized configuration parameter "working_days"') as refused:
        EmbeddedPostgres(folder, fast=True).start()
    assert "未能" in refused.value.wording.zh
