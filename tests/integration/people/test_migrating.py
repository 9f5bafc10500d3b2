"""What was recorded before positions and sites had dates: it holds for all days, and units are found as they were."""

import shutil
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from bylaw_chassis.migrate import Migrations, migrate
from bylaw_people.app import MIGRATIONS

from tests.builders.people import ROLE_PASSWORD
from tests.databases import Databases, plain

BEFORE = (
    "insert into units (id, code, recorded_at) values (%(unit)s, 'ACME', now())",
    """insert into unit_versions (unit, valid_from, revision, title_zh, title_en, kind, recorded_at) values
    (%(unit)s, '2026-01-01', 1, 'a', 'a', 'company', now()), (%(unit)s, '2026-02-01', 2, 'b', 'b', 'company', now()),
    (%(unit)s, '2026-02-01', 3, 'c', 'c', 'company', now())""",
    """insert into positions (id, code, title_zh, title_en, unit, recorded_at)
    values (gen_random_uuid(), 'CLERK', 'p', 'p', %(unit)s, now())""",
    """insert into sites (id, code, title_zh, title_en, time_zone, calendar, recorded_at)
    values (gen_random_uuid(), 'HQ', 's', 's', 'UTC', 'NONE', now())""",
)


@pytest.mark.postgresql15
def test_records_of_the_version_before_are_found_as_of_every_date(postgres: Databases, tmp_path: Path) -> None:
    for script in ("0001_people.py", "0002_access_revision.py"):
        shutil.copy(MIGRATIONS.folder / script, tmp_path)
    admin, unit = postgres.fresh(), uuid4()
    migrate(admin, Migrations(schema="people", folder=tmp_path), password=ROLE_PASSWORD)
    with psycopg.connect(plain(admin), options="-csearch_path=people") as connection:
        for statement in BEFORE:
            connection.execute(statement, {"unit": unit})
    migrate(admin, MIGRATIONS, password=ROLE_PASSWORD)
    spans = "select title_en, valid_from::text, valid_to::text from unit_spans order by valid_from"
    with psycopg.connect(plain(admin), options="-csearch_path=people") as connection:
        assert connection.execute(spans).fetchall() == [("a", "2026-01-01", "2026-01-31"), ("c", "2026-02-01", None)]
        for table in ("position_spans", "site_spans"):
            found = connection.execute(f"select valid_from::text, valid_to from {table}").fetchall()  # noqa: S608
            assert found == [("0001-01-01", None)]
    postgres.drop(admin)
