"""The doctor of the rulebook: a revision that is gone is found, and so are words that nobody told."""

from collections.abc import Mapping

import psycopg
import pytest
from bylaw_attendance.doctor.checks import MIGRATIONS as ATTENDANCE
from bylaw_attendance.doctor.checks import checks as attendance_checks
from bylaw_chassis.doctor import Examined, Finding, examine
from bylaw_people.doctor import MIGRATIONS, checks

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.people import MASTER_KEY, url_of_admin
from tests.builders.rulebook import RulebookCalls
from tests.databases import Databases, plain


def tampered(postgres: Databases, url: str, schema: str, statement: str) -> None:
    with psycopg.connect(plain(url_of_admin(postgres, url)), options=f"-csearch_path={schema}") as connection:
        connection.execute(statement.encode())


def found(service: AttendanceService) -> tuple[Finding, Finding]:
    """What the doctor says of the rulebook in people and in attendance."""
    people = Examined(service.people.service.database, MIGRATIONS, running=False)
    here = Examined(service.service.database, ATTENDANCE, running=False)
    said: list[Mapping[str, Finding]] = [
        {finding.check: finding for finding in examine(examined, asked)}
        for examined, asked in (
            (people, checks(MASTER_KEY)),
            (here, attendance_checks(service.people.service.database)),
        )
    ]
    return said[0]["rulebook"], said[1]["rulebook"]


def test_a_rulebook_in_order_is_found_well_and_what_was_tampered_with_is_named(postgres: Databases) -> None:
    with attendance_service(postgres) as service:
        book = RulebookCalls(service.people)
        book.revise("ATT-2", "Ten minutes.")
        book.people.told()
        service.follow_people()
        book.revise("ATT-3", "Nine minutes.")
        book.people.told()
        assert [finding.holds for finding in found(service)] == [True, True]
        assert found(service)[1].seen.en == "66 wordings, 0 differ from what people's feed told."

        tampered(
            postgres, service.people.url, "people", "delete from clause_revisions where clause = 'ATT-2' and number = 1"
        )
        tampered(postgres, service.url, "attendance", "update clause_wordings set en = 'Never.' where clause = 'ATT-4'")

        own, kept = found(service)
        assert not own.holds
        assert own.seen.en.endswith("ATT-2.")
        assert not kept.holds
        assert "2 differ" in kept.seen.en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_doctor_says_exists_in_both_languages(postgres: Databases, language: str) -> None:
    with attendance_service(postgres) as service:
        for finding in found(service):
            assert getattr(finding.seen, language)
            assert getattr(finding.cure, language)
