"""The levels at which patterns are assigned: of one subject one a day, of several levels the nearest."""

import pytest
import sqlalchemy as sa

from tests.builders.attendance import AttendanceService


@pytest.mark.postgresql15
def test_the_database_itself_lets_no_subject_follow_two_patterns_on_one_day(attendance: AttendanceService) -> None:
    people = attendance.people
    site, shop = people.site().name, people.unit("shop").name
    for subject in (people.person("A-1", shop, site).name, shop):
        attendance.assign(subject, since="2026-01-01", until="2026-01-31")
    again = """
        insert into assignments select gen_random_uuid(), subject_kind, subject, pattern, parameters, %(first)s::date,
            %(last)s::date, created_at, created_by from assignments where subject_kind = %(kind)s limit 1
    """
    engine = attendance.service.database.engine
    for kind in ("person", "unit"):
        for first, last in (("2026-01-31", None), ("2025-12-01", "2026-01-01"), ("2026-01-10", "2026-01-10")):
            with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
                connection.exec_driver_sql(again, {"first": first, "last": last, "kind": kind})
        with engine.begin() as connection:
            connection.exec_driver_sql(again, {"first": "2026-02-01", "last": "2026-02-28", "kind": kind})


@pytest.mark.clause("HRS-1")
def test_a_company_decides_for_its_units_where_nothing_nearer_does_and_the_organisation_for_the_others(
    attendance: AttendanceService,
) -> None:
    """Tina works in a team of a company with a pattern of its own, Otto in a company without one."""
    people = attendance.people
    company, other = people.unit("ACME").name, people.unit("OTHER").name
    team, site = people.unit("team", company).name, people.site("S2").name
    tina, otto = people.person("T-1", team, site).name, people.person("O-1", other, site).name
    attendance.assign(since="2026-01-01", segments=[{"hours": "07:00-15:00"}])
    attendance.assign(company, since="2026-01-01", segments=[{"hours": "10:00-18:00"}])

    def start(person: str, day: int = 2) -> str:
        return attendance.sheet(person, "2026-02").days[day - 1].halves[0].start_time[11:]

    assert (start(tina), start(otto)) == ("10:00", "07:00")
    attendance.assign(team, since="2026-02-10", segments=[{"hours": "11:00-19:00"}])
    assert (start(tina), start(tina, 10), start(otto, 10)) == ("10:00", "11:00", "07:00")
    attendance.assign(tina, since="2026-02-11", until="2026-02-11", segments=[{"hours": "12:00-20:00"}])
    assert [start(tina, day) for day in (10, 11, 12)] == ["11:00", "12:00", "11:00"]
