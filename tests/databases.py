"""PostgreSQL for tests: the embedded 18, a 15 in a container, and quick fresh databases on either."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url
from testcontainers.community.postgres import PostgresContainer

IMAGE = "postgres:15-bookworm"
MEMORY, NEEDED_BYTES = Path("/dev/shm"), 2**31  # noqa: S108 - mkdtemp makes what is in it private


def ground() -> str | None:
    """Say where data folders are made: in memory where there is room, else where temporary files go.

    A fresh database for a test is a copy of some hundred files: 0.03 s in memory, ten times that on a busy disk.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > NEEDED_BYTES
    return str(MEMORY) if roomy else None


class Databases:
    """Makes and drops databases on one server; `admin_url` is an SQLAlchemy address of its administrator."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}
        self._kept: set[str] = set()
        self._administrator: psycopg.Connection | None = None

    def fresh(self, *, template: str | None = None) -> str:
        """Create an empty database, or a copy of another, and return its address."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        source = Identifier(template or "template1")
        self._say(SQL("create database {} template {} strategy file_copy").format(Identifier(name), source))
        return self._url(name)

    def prepared(self, key: str, prepare: Callable[[str], None]) -> str:
        """Return a fresh copy of the database that `prepare(url)` filled once for this key."""
        if key not in self._templates:
            url = self.fresh()
            prepare(url)
            self._templates[key] = make_url(url).database or ""
        return self.fresh(template=self._templates[key])

    def copied(self, url: str) -> str:
        """Return the address of a copy of a database to which nobody is connected, for the same role."""
        name = make_url(self.fresh(template=make_url(url).database)).database
        return make_url(url).set(database=name).render_as_string(hide_password=False)

    def keep(self, *urls: str) -> None:
        """Let databases stay when they are dropped, to be copied."""
        self._kept.update(make_url(url).database or "" for url in urls)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected."""
        name = make_url(url).database or ""
        if name not in self._kept:
            self._say(SQL("drop database if exists {} with (force)").format(Identifier(name)))

    def close(self) -> None:
        """End what was connected to make and drop them: one connection for all, thousands would take half a minute."""
        if self._administrator is not None:
            self._administrator.close()

    def _url(self, name: str) -> str:
        return make_url(self.admin_url).set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: SQL | psycopg.sql.Composed) -> None:
        if self._administrator is None or self._administrator.closed:
            self._administrator = psycopg.connect(plain(self.admin_url), autocommit=True)
        self._administrator.execute(statement)


def plain(url: str) -> str:
    """Return an SQLAlchemy address as psycopg wants it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def embedded_server() -> Iterator[str]:
    """Run the embedded PostgreSQL 18 in a folder of its own; yield the administrator's address."""
    with TemporaryDirectory(prefix="bylaw-tests-", dir=ground(), ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder), fast=True)
        try:
            yield postgres.start()
        finally:
            postgres.stop()


@contextmanager
def container_server() -> Iterator[str]:
    """Run PostgreSQL 15 in a container; yield the administrator's address."""
    container = PostgresContainer(IMAGE, driver="psycopg").with_command("postgres -c fsync=off -c full_page_writes=off")
    if ground():
        container.with_tmpfs_mount("/var/lib/postgresql/data")
    with container:
        yield container.get_connection_url()
