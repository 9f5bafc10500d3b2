"""Who signs out in people, or may do less there, is refused here within seconds; so is a program's access token."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2
from bylaw.people.v1 import access_pb2, accounts_pb2, staff_pb2
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw_chassis.clock import system_clock

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.people import SetClock, reason
from tests.builders.sign_in import access_token, accounts_of, bearer, session_of
from tests.databases import Databases

pytestmark = [pytest.mark.clause("SEC-1"), pytest.mark.postgresql15]
WITHIN_SECONDS = 5.0
READ = "attendance.policies.read"


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    """Both services with their timers, as in a process, on a clock that stands."""
    with attendance_service(postgres, SetClock(system_clock())) as service:
        running = service.people.service.runner, service.service.runner
        for runner in running:
            runner.start()
        yield service
        for runner in running:
            runner.stop()


def asked(attendance: AttendanceService, metadata: Any) -> str:
    """The reason why a call of attendance is refused; nothing where it is answered."""
    try:
        attendance.policies.ListShiftPatterns(policies_pb2.ListShiftPatternsRequest(), metadata=metadata)
    except grpc.RpcError as error:
        return reason(error)
    return ""


def within_seconds(holds: Callable[[], object]) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < WITHIN_SECONDS
        threading.Event().wait(0.05)


def test_who_signs_out_is_signed_out_here_and_their_other_session_goes_on(attendance: AttendanceService) -> None:
    people = attendance.people
    mine, other = (bearer(session_of(people, "admin")) for _ in range(2))
    assert (asked(attendance, mine), asked(attendance, other)) == ("", "")

    people.sign_in.DeleteSession(sessions.DeleteSessionRequest(name="sessions/current"), metadata=mine)

    within_seconds(lambda: asked(attendance, mine) == "TOKEN_ENDED")
    assert asked(attendance, other) == ""


def test_a_grant_that_is_revoked_ends_here_with_every_token_made_under_it(attendance: AttendanceService) -> None:
    people = attendance.people
    unit, site = people.unit("shop").name, people.site().name
    people.person("A-1", unit, site, login="wang")
    person = people.staff.ListPeople(staff_pb2.ListPeopleRequest(number="A-1"), metadata=people.everything).people[0]
    grant = access_pb2.Grant(person=person.name, role="roles/hr", scope=access_pb2.SCOPE_COMPANY)
    given = people.access.CreateGrant(access_pb2.CreateGrantRequest(grant=grant), metadata=people.everything)
    granted = bearer(session_of(people, "wang"))
    within_seconds(lambda: asked(attendance, granted) == "")

    people.access.RevokeGrant(access_pb2.RevokeGrantRequest(name=given.name), metadata=people.everything)

    within_seconds(lambda: asked(attendance, granted) == "TOKEN_ENDED")
    assert asked(attendance, bearer(session_of(people, "wang"))) == "PERMISSION_MISSING"


def test_a_program_calls_with_its_access_token_alone_and_no_more_once_that_is_revoked(
    attendance: AttendanceService,
) -> None:
    people, mine = attendance.people, bearer(session_of(attendance.people, "admin"))
    end_date = f"{people.clock().date().replace(month=12, day=31)}"
    made = access_token(people, mine, READ, end_date=end_date)
    program = (("authorization", f"Bearer {made.secret}"),)
    assert asked(attendance, program) == ""
    narrow = access_token(people, mine, "attendance.punches.read", end_date=end_date)
    assert asked(attendance, (("authorization", f"Bearer {narrow.secret}"),)) == "PERMISSION_MISSING"

    accounts_of(people).RevokeAccessToken(accounts_pb2.RevokeAccessTokenRequest(name=made.name), metadata=mine)

    within_seconds(lambda: asked(attendance, program) in {"TOKEN_ENDED", "TOKEN_INVALID"})
    assert asked(attendance, (("authorization", f"Bearer {made.secret[:-1]}"),)) == "TOKEN_INVALID"
