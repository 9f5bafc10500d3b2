"""The doctor of attendance on clocks: one that is silent, counts that do not agree, one where nobody works."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.attendance import AttendanceService
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = [pytest.mark.postgresql15, pytest.mark.clause("ATT-4")]
IN_TOUCH, COUNTS, SITES = "clocks in touch", "clock counts", "clock sites"


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        made.register(allowed_lag_seconds=60)
        made.terminal.hello()
        yield made


@pytest.fixture
def tamper(postgres: Databases, office: PushingOffice) -> Callable[[str], None]:
    """Does something as the database's administrator."""

    def act(statement: str) -> None:
        address = plain(url_of_admin(postgres, office.attendance.url))
        with psycopg.connect(address, options="-csearch_path=attendance") as connection:
            assert connection.execute(statement.encode()).rowcount != 0

    return act


def found(office: PushingOffice, check: str, *, running: bool = True) -> Finding:
    """What the doctor says of clocks."""
    attendance = office.attendance
    examined = Examined(attendance.service.database, MIGRATIONS, running)
    named = {one.check: one for one in examine(examined, checks(attendance.people.service.database))}
    return named[check]


def test_clocks_that_are_as_they_should_be_are_found_so(office: PushingOffice) -> None:
    office.terminal.punch("1001", "2026-03-01 08:25:00")
    office.terminal.upload()
    office.stay_in_touch(25)
    assert office.clock.last_count.clock_count == 1
    for check in (IN_TOUCH, COUNTS, SITES):
        finding = found(office, check)
        assert finding.holds, finding
        assert "1" in finding.seen.en


def test_a_clock_that_is_silent_beyond_two_minutes_and_its_lag_is_named(office: PushingOffice) -> None:
    office.attendance.clock.pass_time(seconds=180)
    assert found(office, IN_TOUCH).holds
    office.attendance.clock.pass_time(seconds=1)
    finding = found(office, IN_TOUCH)
    assert (finding.holds, finding.seen.en) == (False, "1 push, 1 of them not in touch: BYLAW0001@HQ.")
    assert "停用" in finding.cure.zh
    assert found(office, IN_TOUCH, running=False).holds, "without Bylaw nobody can be in touch"
    office.retire("2026-03-02")
    assert found(office, IN_TOUCH).holds


def test_a_clock_that_was_never_heard_is_silent_too(office: PushingOffice) -> None:
    office.register("NEVERHEARD1")
    office.attendance.clock.pass_time(minutes=5)
    office.terminal.poll()
    assert found(office, IN_TOUCH).seen.en == "2 push, 1 of them not in touch: NEVERHEARD1@HQ."


def test_a_clock_that_counts_more_than_is_on_record_is_named_with_its_day(office: PushingOffice) -> None:
    office.terminal.punch("1001", "2026-03-01 08:25:00")
    office.terminal.punch("9999", "2026-03-01 08:26:00")
    office.terminal.upload()
    office.stay_in_touch(25)
    finding = found(office, COUNTS)
    assert not finding.holds
    assert finding.seen.en.endswith("than were counted: BYLAW0001 2026-03-01 1/2.")


def test_punches_that_were_deleted_behind_bylaws_back_are_missed(
    office: PushingOffice, tamper: Callable[[str], None]
) -> None:
    office.terminal.punch("1001", "2026-03-01 08:25:00")
    office.terminal.upload()
    office.stay_in_touch(25)
    assert found(office, COUNTS).holds
    tamper("delete from punches")
    finding = found(office, COUNTS)
    assert (finding.holds, "BYLAW0001 2026-03-01 0/1" in finding.seen.zh) == (False, True)


def test_a_clock_at_a_site_that_nobody_works_at_is_named(office: PushingOffice) -> None:
    office.attendance.people.site("BRANCH")
    office.attendance.follow_people()
    office.register("WRONGSITE1", site="BRANCH")
    finding = found(office, SITES)
    assert (finding.holds, finding.seen.en) == (
        False,
        "2 in use, 1 of them at a site that nobody works at: WRONGSITE1@BRANCH.",
    )
