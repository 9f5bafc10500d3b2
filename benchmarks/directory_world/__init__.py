"""A people service with a directory of any size for benchmarks: its own embedded PostgreSQL, no network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.migrate import migrate
from bylaw_chassis.serving import Service
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_people.app import MIGRATIONS, PeopleSettings, build
from sqlalchemy import make_url

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
BRANCHES = 10
PASSWORD, MASTER_KEY = "benchmark", "a key for benchmarks, long enough to be one"

FILL = (
    """insert into sites (id, code, title_zh, title_en, time_zone, calendar, recorded_at)
    values (md5('site')::uuid, 'HQ', 'HQ', 'HQ', 'Asia/Shanghai', 'CN', now())""",
    """insert into site_versions (site, valid_from, revision, title_zh, title_en, time_zone, calendar, recorded_at)
    values (md5('site')::uuid, '0001-01-01', 1, 'HQ', 'HQ', 'Asia/Shanghai', 'CN', now())""",
    """insert into units (id, code, recorded_at)
    select md5('unit ' || n)::uuid, 'U' || n, now() from generate_series(0, :units - 1) n""",
    """insert into unit_versions (unit, valid_from, revision, title_zh, title_en, kind, parent, recorded_at)
    select md5('unit ' || n)::uuid, since, 1, 'U' || n, 'U' || n, case when n = 0 then 'company' else 'team' end,
        case when n > 0 then md5('unit ' || (n - 1) / :branches)::uuid end, now()
    from generate_series(0, :units - 1) n, unnest(array['2015-01-01', '2020-01-01']::date[]) since""",
    """insert into people (id, number, display_name, recorded_at)
    select md5('person ' || n)::uuid, 'P' || n, 'P' || n, now() from generate_series(0, :people - 1) n""",
    """insert into appointments (id, person, unit, site, employment_kind, start_date, end_date, recorded_at)
    select gen_random_uuid(), md5('person ' || n)::uuid, md5('unit ' || (n + shift) % :units)::uuid, md5('site')::uuid,
        'formal', first, last, now()
    from generate_series(0, :people - 1) n,
        (values (7, date '2015-01-01', date '2019-12-31'), (0, date '2020-01-01', null)) span (shift, first, last)""",
    """insert into headships (id, unit, person, start_date, recorded_at)
    select gen_random_uuid(), md5('unit ' || n)::uuid, md5('person ' || n)::uuid, '2020-01-01', now()
    from generate_series(0, :units - 1) n""",
    """insert into grants (id, person, role, scope, start_date, granted_at)
    select gen_random_uuid(), md5('person ' || n)::uuid, 'hr', 'company', '2020-01-01', now()
    from generate_series(0, :people - 1, 20) n""",
)


@dataclass(frozen=True)
class DirectoryWorld:
    """A people service with so many people and units; unit n stands below unit (n - 1) // 10."""

    service: Service
    people: int
    units: int


def unit_id(number: int) -> UUID:
    """The id of a unit."""
    return _id(f"unit {number}")


def person_id(number: int) -> UUID:
    """The id of a person; they work in the unit of their number, modulo the number of units, and may head it."""
    return _id(f"person {number}")


def _id(text: str) -> UUID:
    return UUID(md5(text.encode(), usedforsecurity=False).hexdigest())


@contextmanager
def directory_world(people: int, units: int) -> Iterator[DirectoryWorld]:
    """The world, filled in a few statements."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder))
        try:
            service = _filled(postgres.start(), people, units)
            yield DirectoryWorld(service, people, units)
            service.close()
        finally:
            postgres.stop()


def _filled(admin_url: str, people: int, units: int) -> Service:
    migrate(admin_url, MIGRATIONS, password=PASSWORD)
    url = make_url(admin_url).set(username="bylaw_people", password=PASSWORD)
    told = {"database_url": url.render_as_string(hide_password=False), "master_key": MASTER_KEY}
    settings = PeopleSettings.model_validate(told)
    service = build(settings, clock=lambda: NOW)
    with service.database.engine.begin() as connection:
        for statement in FILL:
            connection.execute(sa.text(statement), {"people": people, "units": units, "branches": BRANCHES})
    _analyse(admin_url)
    return service


def _analyse(admin_url: str) -> None:
    """Statistics, which the server otherwise gathers by itself within minutes."""
    engine = sa.create_engine(admin_url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("analyze"))
