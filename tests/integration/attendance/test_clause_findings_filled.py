"""The migration that began to count clauses fills its table from the sheets that were kept before it."""

import importlib.util
import json
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw_attendance.app import MIGRATIONS

from tests.builders.attendance import AttendanceService


def migration() -> Any:
    """The script, as Alembic loads it."""
    path = MIGRATIONS.folder / "0003_clause_use.py"
    spec = importlib.util.spec_from_file_location("clause_use_migration", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.clause("ATT-2")
def test_kept_sheets_come_to_the_same_findings_as_when_they_were_judged(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    person = people.person("A-1", unit.name, site.name).name
    stamps = "\n".join(f"A-1\t2026-02-03 {time}:00\t0\t1" for time in ("08:35", "12:01", "13:50", "17:20"))
    attendance.imported(stamps.encode(), "HQ", complete_until_date="2026-02-20")
    attendance.sheet(person, "2026-02")

    with attendance.service.database.read() as connection:
        kept = connection.execute(sa.text("select clause, days from clause_findings")).all()
        plans = {row.key: json.loads(row.body)[3] for row in connection.execute(sa.text("select * from plans"))}
        (sheet,) = connection.execute(sa.text("select month, body from sheets")).all()
    found = migration()._findings(json.loads(sheet.body)[0], plans, sheet.month)

    assert found == {row.clause: row.days for row in kept}
    assert found["ATT-2"] == [3]
