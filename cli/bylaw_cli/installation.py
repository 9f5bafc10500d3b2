"""What `bylaw up` remembers about an installation, in the database itself: whether it shows the demonstration."""

from contextlib import closing
from typing import Literal

import psycopg
from psycopg import sql
from sqlalchemy import make_url

Demonstration = Literal["unknown", "loading", "loaded", "none"]

DATABASE = "bylaw"


def libpq(url: str) -> str:
    """Return an SQLAlchemy address in the form psycopg takes."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def ensure_database(admin_url: str) -> str:
    """Create the database `bylaw` unless it is there; return its address."""
    with closing(psycopg.connect(libpq(admin_url), autocommit=True)) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
    return make_url(admin_url).set(database=DATABASE).render_as_string(hide_password=False)


class Installation:
    """The row that says how far the first start came; a start killed in between is taken up where it matters."""

    def __init__(self, admin_url: str) -> None:
        self._url = libpq(admin_url)
        with psycopg.connect(self._url) as connection:
            connection.execute("create schema if not exists bylaw_installation")
            connection.execute(
                "create table if not exists bylaw_installation.state (name text primary key, value text not null)"
            )

    def demonstration(self) -> Demonstration:
        """Return whether the demonstration company was loaded, was begun, was declined, or is undecided."""
        with psycopg.connect(self._url) as connection:
            row = connection.execute(
                "select value from bylaw_installation.state where name = 'demonstration'"
            ).fetchone()
        return row[0] if row else "unknown"

    def set_demonstration(self, value: Demonstration) -> None:
        """Remember it."""
        with psycopg.connect(self._url) as connection:
            connection.execute(
                "insert into bylaw_installation.state values ('demonstration', %s)"
                " on conflict (name) do update set value = excluded.value",
                [value],
            )
