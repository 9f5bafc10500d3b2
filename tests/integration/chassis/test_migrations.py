"""Migrations may run twice, at once, and again after they were killed; a service's role gets no more than it needs."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.migrate import migrate

from tests.databases import Databases, plain
from tests.integration.chassis.worlds import MIGRATIONS, PASSWORD, SCHEMA, own_url, prepare

SLOW = '''"""A revision that takes its time."""
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("create table half (id int)")
    op.execute("select pg_sleep({seconds})")
    op.execute("create table whole (id int)")
'''
RUN = "import sys; from tests.integration.chassis.test_migrations import run; run(*sys.argv[1:])"


def run(url: str, folder: str) -> None:
    """Migrates with the revisions of a folder; started as a process of its own, to be killed."""
    migrate(url, type(MIGRATIONS)(SCHEMA, Path(folder)), password=PASSWORD)


def tables(url: str) -> set[str]:
    with psycopg.connect(plain(url)) as connection:
        found = connection.execute("select tablename from pg_tables where schemaname = %s", [SCHEMA])
        return {row[0] for row in found}


@pytest.mark.postgresql15
def test_migrating_twice_changes_nothing(database_url: str) -> None:
    prepare(database_url)
    before = tables(database_url)
    with psycopg.connect(plain(database_url), autocommit=True) as connection:
        connection.execute("insert into counting.counters (name) values ('kept')")
    prepare(database_url)
    assert tables(database_url) == before >= {"counters", "request_keys", "outbox", "feed", "jobs", "cursors"}
    with psycopg.connect(plain(database_url)) as connection:
        assert connection.execute("select 1 from counting.counters where name = 'kept'").fetchone()


def test_two_migrations_at_once_both_succeed(database_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(prepare, [database_url] * 2))
    assert "counters" in tables(database_url)


def test_two_services_of_one_server_may_migrate_at_once(postgres: Databases) -> None:
    urls = [postgres.fresh() for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(prepare, urls))
    for url in urls:
        assert "counters" in tables(url)
        postgres.drop(url)


def test_a_migration_killed_half_way_leaves_nothing_half_done_and_the_next_completes_it(
    database_url: str, tmp_path: Path
) -> None:
    revisions = Path(MIGRATIONS.folder, "0001_counters.py").read_text()
    (tmp_path / "0001_counters.py").write_text(revisions)
    (tmp_path / "0002_slow.py").write_text(SLOW.format(seconds=30))
    with subprocess.Popen([sys.executable, "-c", RUN, database_url, str(tmp_path)]) as process:
        wait_until_sleeping(database_url)
        process.kill()
    assert not {"half", "whole"} & tables(database_url)
    (tmp_path / "0002_slow.py").write_text(SLOW.format(seconds=0))
    end_others(database_url)
    run(database_url, str(tmp_path))
    assert {"half", "whole"} <= tables(database_url)


def wait_until_sleeping(url: str) -> None:
    give_up = time.monotonic() + 20
    sleeping = "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
    with psycopg.connect(plain(url), autocommit=True) as connection:
        while not connection.execute(sleeping).fetchone():
            assert time.monotonic() < give_up
            threading.Event().wait(0.05)


def end_others(url: str) -> None:
    """As the server does by itself once it notices that the killed client is gone."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


def test_a_service_cannot_change_an_append_only_table_nor_make_tables_nor_read_another_schema(
    counting_url: str,
) -> None:
    with psycopg.connect(plain(counting_url), autocommit=True) as admin:
        admin.execute("create schema if not exists other")
        admin.execute("create table other.secret (id int)")
    with psycopg.connect(plain(own_url(counting_url)), autocommit=True) as own:
        own.execute("insert into counting.ledger (said) values ('once')")
        for denied in (
            "update counting.ledger set said = ''",
            "delete from counting.ledger",
            "truncate counting.ledger",
            "create table counting.mine (id int)",
            "select * from other.secret",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(denied)


def test_the_password_is_in_no_statement(database_url: str) -> None:
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", listen)
    try:
        prepare(database_url)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", listen)
    assert any("SCRAM-SHA-256" in statement for statement in said)
    assert not any(PASSWORD in statement for statement in said)
