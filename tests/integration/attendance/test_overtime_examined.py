"""The doctor compares overtime with its decisions and with the time off that was credited for it."""

from collections.abc import Iterator

import psycopg
import pytest
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.leave import leave_office
from tests.builders.leave_policies import STATUTORY, assign_leave
from tests.builders.overtime import TIME_OFF, OvertimeOffice
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain

DAY = "2026-03-03"


@pytest.fixture
def office(postgres: Databases) -> Iterator[OvertimeOffice]:
    with leave_office(postgres) as made:
        found = OvertimeOffice(made)
        assign_leave(made.attendance, policy=STATUTORY)
        found.agreed(DAY, "18:00-20:00", compensation=TIME_OFF)
        made.attendance.clock.pass_time(days=2)
        found.punched(DAY, "08:20", "12:01", "13:50", "19:00")
        made.run("overtime-time-off")
        yield found


def seen(office: OvertimeOffice) -> Finding:
    """What the doctor says of overtime."""
    examined = Examined(office.attendance.service.database, MIGRATIONS, running=False)
    found = examine(examined, checks(office.attendance.people.service.database))
    return next(finding for finding in found if finding.check == "overtime")


@pytest.mark.clause("HRS-7")
def test_what_was_agreed_and_credited_is_found_well_and_what_was_changed_is_found(
    postgres: Databases, office: OvertimeOffice
) -> None:
    assert seen(office).holds
    address = plain(url_of_admin(postgres, office.attendance.url))
    for change, told in (
        (
            "update overtime_requests set end_minute = start_minute + 15",
            "0 of them without a decision; 1 with",
        ),
        ("update overtime_requests set compensation = 1, decision = null", "1 of them without a decision; 1 with"),
    ):
        with psycopg.connect(address, options="-csearch_path=attendance") as connection:
            connection.execute(change.encode())
        assert not seen(office).holds
        assert told in seen(office).seen.en


@pytest.mark.clause("HRS-7", "LVE-1")
def test_time_off_by_the_rate_that_the_company_has_set_is_credited_and_found_well(postgres: Databases) -> None:
    with leave_office(postgres, overtime_time_off_working_day_percent=150) as made:
        office = OvertimeOffice(made)
        assign_leave(made.attendance, policy=STATUTORY)
        office.agreed(DAY, "18:00-20:00", compensation=TIME_OFF)
        made.attendance.clock.pass_time(days=2)
        office.punched(DAY, "08:20", "12:01", "13:50", "19:41")
        made.run("overtime-time-off")
        assert made.balances("2026-03-31")["lieu"] == "151.5"
        assert seen(office).holds, "more than was worked, and as the company gives it"
