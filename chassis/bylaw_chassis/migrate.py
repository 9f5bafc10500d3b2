"""Migrations: a role and a schema per service, the chassis's tables, then the service's own; safe to run again."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa
from psycopg import sql

from bylaw_chassis.audit.tables import AUDIT_TABLES, GIVEN_BY_SERVER, audit
from bylaw_chassis.faults import sqlstate

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
LOCK_KEY = 7_262_946_301
"""Advisory lock under which one migration runs at a time."""

ROLE_ATTEMPTS = 6

_alembic = threading.Lock()  # Alembic keeps the running migration in module globals: one at a time in a process


@dataclass(frozen=True, slots=True)
class Migrations:
    """A service's schema, the folder of its revisions and the tables nothing may change or delete in."""

    schema: str
    folder: Path
    append_only: Sequence[str] = ()

    @property
    def unchangeable(self) -> Sequence[str]:
        """The service's own append-only tables, and those of the chassis."""
        return (*self.append_only, *AUDIT_TABLES)


def migrate(admin_url: str, migrations: Migrations, *, password: str) -> None:
    """Brings a service's schema to its newest revision; the service's role gets no more than it needs.

    `admin_url` is a SQLAlchemy URL of a role that may create roles and schemas; `password` is given to the role
    `bylaw_<schema>` with which the service signs in.
    """
    engine = sa.create_engine(admin_url, poolclass=sa.pool.NullPool, hide_parameters=True)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"select pg_advisory_lock({LOCK_KEY})")
        connection.commit()
        _prepare(connection, migrations.schema, password)
        _upgrade(connection, SCRIPTS / "versions", migrations.schema, "chassis_version")
        _upgrade(connection, migrations.folder, migrations.schema, "service_version")
        _grant(connection, migrations)
    engine.dispose()


def role_of(schema: str) -> str:
    """The database role of a service."""
    return f"bylaw_{schema}"


def _prepare(connection: sa.Connection, schema: str, password: str) -> None:
    for attempt in range(ROLE_ATTEMPTS):
        try:
            _give_role(connection, role_of(schema), password)
            break
        except sa.exc.DBAPIError as error:
            connection.rollback()
            if attempt == ROLE_ATTEMPTS - 1 or not _is_race(error):
                raise
            time.sleep(0.05 * 2**attempt)
    _run(connection, sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
    _run(connection, sql.SQL("revoke all on schema {} from public").format(sql.Identifier(schema)))
    connection.commit()


def _is_race(error: sa.exc.DBAPIError) -> bool:
    """Roles belong to the whole server, our lock to one database: another database's migration was at the same role."""
    return sqlstate(error.orig) in {"23505", "42710"} or "concurrently updated" in str(error.orig)


def _give_role(connection: sa.Connection, role: str, password: str) -> None:
    known = connection.execute(sa.text("select 1 from pg_roles where rolname = :role"), {"role": role}).scalar()
    verb = "alter" if known else "create"
    secret = _verifier(connection, role, password)
    _run(
        connection,
        sql.SQL(verb + " role {} login password {}").format(sql.Identifier(role), sql.Literal(secret)),
    )
    connection.commit()


def _upgrade(connection: sa.Connection, folder: Path, schema: str, version_table: str) -> None:
    """Runs Alembic on our own connection, so that the advisory lock covers it."""
    from alembic import command  # noqa: PLC0415 - a service that only serves need not wait for it

    connection.exec_driver_sql(f'set search_path to "{schema}"')
    connection.commit()
    config = _config(folder)
    config.attributes.update(connection=connection, version_table=version_table, schema=schema)
    with _alembic:
        command.upgrade(config, "head")
    connection.commit()


def newest_revisions(migrations: Migrations) -> dict[str, str]:
    """The revision that each version table of a schema holds once it is up to date."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    folders = {"chassis_version": SCRIPTS / "versions", "service_version": migrations.folder}
    return {
        table: ScriptDirectory.from_config(_config(folder)).get_current_head() or ""
        for table, folder in folders.items()
    }


def _config(folder: Path) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _grant(connection: sa.Connection, migrations: Migrations) -> None:
    schema, role = sql.Identifier(migrations.schema), sql.Identifier(role_of(migrations.schema))
    for statement in (
        "grant usage on schema {schema} to {role}",
        "grant select, insert, update, delete on all tables in schema {schema} to {role}",
        "grant usage, select on all sequences in schema {schema} to {role}",
    ):
        _run(connection, sql.SQL(statement).format(schema=schema, role=role))
    for table in migrations.unchangeable:
        _run(
            connection,
            sql.SQL("revoke update, delete, truncate on {schema}.{table} from {role}").format(
                schema=schema, table=sql.Identifier(table), role=role
            ),
        )
    _grant_audit(connection, schema, role)
    connection.commit()


def _grant_audit(connection: sa.Connection, schema: sql.Identifier, role: sql.Identifier) -> None:
    """The service adds rows to its trail, and PostgreSQL says which transaction they are of."""
    written = [sql.Identifier(column.name) for column in audit.c if column.name not in GIVEN_BY_SERVER]
    for statement in (
        "revoke insert on {schema}.audit from {role}",
        "grant insert ({columns}) on {schema}.audit to {role}",
    ):
        columns = sql.SQL(", ").join(written)
        _run(connection, sql.SQL(statement).format(schema=schema, role=role, columns=columns))


def _verifier(connection: sa.Connection, role: str, password: str) -> str:
    """What the server keeps of a password: so the password itself is in no statement, error or log."""
    return _driver(connection).pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()


def _run(connection: sa.Connection, statement: sql.Composed) -> None:
    connection.exec_driver_sql(statement.as_string(_driver(connection)))


def _driver(connection: sa.Connection) -> psycopg.Connection[tuple[object, ...]]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - psycopg is the one driver
    return driver
