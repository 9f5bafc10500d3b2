"""What clocks are told to do: two questions, and nothing that deletes or changes anything in one (ATT-1)."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from bylaw_attendance.rules.clocks.clock_commands import BUILDERS, send_again
from bylaw_attendance.store import clock_commands
from sqlalchemy.exc import IntegrityError

from tests.builders.attendance import AttendanceService
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-1")


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        yield made


def test_no_command_that_is_ever_made_deletes_or_changes_anything_in_a_clock(office: PushingOffice) -> None:
    first = office.attendance.clock().date()
    made = [build(first, first) for build in BUILDERS]
    assert send_again in BUILDERS
    for text in made:
        assert text.startswith(("DATA QUERY ", "VERIFY SUM "))
        assert not set(text.upper().split()) & {"CLEAR", "DELETE", "SHELL", "PUTFILE", "REBOOT", "UPDATE", "SET"}


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR LOG",
        "CLEAR DATA",
        "SHELL reboot",
        "DATA DELETE USERINFO PIN=1",
        "DATA QUERY ATTLOG StartTime=2026-03-01 00:00:00\tEndTime=2026-03-01 23:59:59\nC:9:CLEAR LOG",
        "verify sum ATTLOG StartTime=2026-03-01 00:00:00\tEndTime=2026-03-01 23:59:59",
        "",
    ],
)
def test_the_database_itself_takes_no_command_but_the_two_questions(office: PushingOffice, text: str) -> None:
    clock, database = UUID(office.register().name.removeprefix("clocks/")), office.attendance.service.database
    with pytest.raises(IntegrityError, match="clock_commands_ask_only"), database.work() as work:
        clock_commands.ask(work.connection, clock, text, now=work.now, by="a service gone wrong")
    assert office.terminal.poll() == []
