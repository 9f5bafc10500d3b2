"""The doctor of attendance: a projection, a punch, a sheet or an assignment changed behind Bylaw's back is found."""

import time
from collections.abc import Callable, Mapping

import psycopg
import pytest
from bylaw.attendance.v1 import rota_pb2
from bylaw.people.v1 import staff_pb2
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.attendance import AttendanceService, cell
from tests.builders.hours import hours_notice, published, withdrawn
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain
from tests.integration.attendance.test_first_month import CSV

pytestmark = pytest.mark.postgresql15


def found(attendance: AttendanceService, *, running: bool = False) -> Mapping[str, Finding]:
    """What the doctor says, by check."""
    examined = Examined(attendance.service.database, MIGRATIONS, running)
    return {finding.check: finding for finding in examine(examined, checks(attendance.people.service.database))}


def faulty(attendance: AttendanceService, *, running: bool = False) -> set[str]:
    """The checks that do not hold."""
    return {name for name, finding in found(attendance, running=running).items() if not finding.holds}


@pytest.fixture
def tamper(postgres: Databases, judged: AttendanceService) -> Callable[[str], None]:
    """Does something as the database's administrator."""

    def act(statement: str) -> None:
        address = plain(url_of_admin(postgres, judged.url))
        with psycopg.connect(address, options="-csearch_path=attendance") as connection:
            assert connection.execute(statement.encode()).rowcount != 0
            connection.execute("select pg_stat_force_next_flush()")

    return act


def judged_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    person = people.person("A-1", unit.name, site.name)
    people.head(unit.name, person.name)
    attendance.assign(since="2026-01-01")
    attendance.imported(CSV.encode(), "HQ", complete_until_date="2026-02-28")
    attendance.clock.pass_time(minutes=5)
    attendance.sheet(person.name, "2026-02")
    attendance.follow_people()


BEGUN = {"judged": judged_in}


@pytest.fixture
def judged(attendance: AttendanceService) -> AttendanceService:
    """A person with a judged month, some minutes after the last punch came in."""
    return attendance


def test_a_service_in_order_is_found_well_and_its_sheet_is_judged_the_same(judged: AttendanceService) -> None:
    assert faulty(judged) == set()
    assert found(judged)["sheets"].seen.en.startswith("of a sample 1 re-judged the same, 0 are older")
    assert "fixed-week@1" in found(judged)["plugins"].seen.zh
    assert found(judged)["organisation"].seen.en.endswith("0 rows differ from one rebuilt from it.")


@pytest.mark.parametrize(
    "change",
    [
        "update organisation_people set display_name = 'B'",
        "update organisation_stays set first_day = first_day - 30",
        "delete from organisation_heads",
        "update organisation_sites set time_zone = 'UTC'",
        "insert into organisation_units select gen_random_uuid(), now(), null, '', '', '' from organisation_sites",
    ],
)
def test_a_projection_that_is_not_what_peoples_feed_tells_is_found(
    judged: AttendanceService, tamper: Callable[[str], None], change: str
) -> None:
    tamper(change)
    assert "organisation" in faulty(judged)


def test_a_projection_that_lags_is_late_only_where_the_service_runs_and_is_not_called_different(
    judged: AttendanceService,
) -> None:
    judged.people.unit("later")
    judged.people.events()  # places it in the feed
    judged.clock.pass_time(minutes=5)
    assert faulty(judged) == set()
    assert "organisation" in faulty(judged, running=True)
    judged.follow_people()
    assert "organisation" not in faulty(judged, running=True)


def test_a_punch_that_an_administrator_moved_is_found_by_its_table_and_by_its_sheet(
    judged: AttendanceService, tamper: Callable[[str], None]
) -> None:
    tamper("update punches set instant = instant - interval '20 minutes' where local_text like '%08:35%'")
    give_up = time.monotonic() + 10
    while "append-only punches" not in faulty(judged) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert faulty(judged) == {"append-only punches", "sheets"}


@pytest.mark.parametrize(
    "change",
    [
        "update sheets set totals[4] = totals[4] + 1",
        "update sheets set body = replace(convert_from(body, 'UTF8'), 'ATT-2', 'ATT-1')::bytea",
    ],
)
def test_a_kept_sheet_that_was_changed_is_found(
    judged: AttendanceService, tamper: Callable[[str], None], change: str
) -> None:
    tamper(change)
    assert faulty(judged) == {"sheets"}


def test_a_sheet_older_than_a_later_punch_is_counted_as_older_and_no_fault(judged: AttendanceService) -> None:
    judged.clock.pass_time(minutes=5)
    judged.imported(b"employee_number,local_time\nA-1,2026-02-04 08:20:00\n", "HQ")
    assert faulty(judged) == set()
    assert "1 are older" in found(judged)["sheets"].seen.en


def test_a_sheet_older_than_a_notice_of_hours_is_counted_as_older_and_one_judged_by_it_the_same(
    judged: AttendanceService,
) -> None:
    person, _ = whose(judged)
    judged.clock.pass_time(minutes=5)
    notice = published(judged, hours_notice("", "2026-02-04", "", "09:00-12:00"))
    assert faulty(judged) == set()
    assert "1 are older" in found(judged)["sheets"].seen.en
    judged.clock.pass_time(minutes=5)
    judged.sheet(person, "2026-02")
    assert "1 re-judged the same, 0 are older" in found(judged)["sheets"].seen.en
    judged.clock.pass_time(minutes=5)

    withdrawn(judged, notice.name)

    assert faulty(judged) == set()
    assert "1 are older" in found(judged)["sheets"].seen.en


def test_a_sheet_older_than_a_rota_published_or_taken_back_is_counted_as_older_and_no_fault(
    judged: AttendanceService,
) -> None:
    person, unit = whose(judged)
    judged.clock.pass_time(minutes=5)
    judged.publish(unit, cell(person, "2026-02-04", "rest", pattern="shiftPatterns/rest-by-rota@1"))
    assert faulty(judged) == set()
    assert "1 are older" in found(judged)["sheets"].seen.en
    judged.clock.pass_time(minutes=5)
    judged.sheet(person, "2026-02")
    assert "1 re-judged the same, 0 are older" in found(judged)["sheets"].seen.en
    judged.clock.pass_time(minutes=5)
    request = rota_pb2.DeleteRotaCellRequest(name=f"{person}/rotaCells/2026-02-04")
    judged.rota.DeleteRotaCell(request, metadata=judged.everything)

    assert faulty(judged) == set()
    assert "1 are older" in found(judged)["sheets"].seen.en


def whose(judged: AttendanceService) -> tuple[str, str]:
    """The person, and their unit."""
    people = judged.people
    found = people.staff.ListPeople(staff_pb2.ListPeopleRequest(), metadata=people.everything).people
    return next((person.name, person.appointment.unit) for person in found if person.number == "A-1")


def test_an_assigned_version_that_no_plugin_offers_is_found(
    judged: AttendanceService, tamper: Callable[[str], None]
) -> None:
    tamper("update assignments set pattern = 'shiftPatterns/rota@7'")
    assert "rota@7" in found(judged)["plugins"].seen.en
    assert "plugins" in faulty(judged)


def test_a_version_that_nothing_but_a_withdrawn_assignment_names_may_be_gone(
    judged: AttendanceService, tamper: Callable[[str], None]
) -> None:
    mistake = judged.assign(whose(judged)[1], since="2026-01-05").name
    judged.withdraw(mistake)
    tamper(f"update assignments set pattern = 'rota@7' where id = '{mistake.partition('/')[2]}'")  # noqa: S608 - an id
    assert "plugins" not in faulty(judged)


def test_parameters_that_a_pattern_does_not_take_are_found(
    judged: AttendanceService, tamper: Callable[[str], None]
) -> None:
    tamper("""update assignments set parameters = '{"weekdays": "never"}'""")
    assert "plugins" in faulty(judged)


def test_a_file_kept_after_its_import_and_an_import_that_hangs_are_found(
    judged: AttendanceService, tamper: Callable[[str], None]
) -> None:
    tamper("insert into import_files select id, 'x' from imports")
    assert faulty(judged) == {"imports"}
    tamper("delete from import_files")
    tamper("update imports set state = 2, created_at = created_at - interval '1 hour'")
    assert faulty(judged) == set()
    assert "imports" in faulty(judged, running=True)


def test_what_attendance_tells_gets_its_place_in_the_feed_though_nobody_reads(judged: AttendanceService) -> None:
    """Its timers alone see to it, and to request keys and the feed not growing for ever."""
    assert found(judged)["outbox"].seen.en.startswith("2 facts wait")
    runner = judged.service.runner
    runner.write_timers()
    while runner.run_one(["sequence", "purge_request_keys", "prune_feed", "purge_jobs"]):
        pass
    assert found(judged)["outbox"].seen.en.startswith("0 facts wait")
    assert "position 2;" in found(judged)["feed"].seen.en
