"""Each test gets a database of its own, on every PostgreSQL that Bylaw promises to run on."""

import psycopg
import pytest

from tests.databases import Databases, plain


def _one(url: str, statement: str) -> object:
    with psycopg.connect(plain(url)) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row[0] if row else None


@pytest.mark.postgresql15
def test_a_fresh_database_is_empty_and_its_own(postgres: Databases, database_url: str) -> None:
    other = postgres.fresh()
    with psycopg.connect(plain(database_url)) as connection:
        connection.execute("create table shift (name text)")
    assert _one(other, "select count(*) from pg_tables where schemaname = 'public'") == 0
    postgres.drop(other)


@pytest.mark.postgresql15
def test_a_prepared_database_is_filled_once_and_copied_each_time(postgres: Databases) -> None:
    calls: list[str] = []

    def prepare(url: str) -> None:
        calls.append(url)
        with psycopg.connect(plain(url)) as connection:
            connection.execute("create table clause as select 'ATT-2' as name")

    copies = [postgres.prepared("clauses", prepare) for _ in range(2)]
    assert [_one(copy, "select name from clause") for copy in copies] == ["ATT-2", "ATT-2"]
    assert len(calls) == 1
    assert len(set(copies)) == 2
