"""The audit trail of attendance: calls of people, and what a job does by itself and for whom."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import audit_pb2, audit_pb2_grpc
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, AttendanceService, attendance_service
from tests.builders.audit import PLANTED, kept_of, plant_in_every_call, rows, sealed
from tests.databases import Databases

pytestmark = pytest.mark.clause("SEC-3")
READ = HeldGrant(Scope.COMPANY, None, frozenset({"attendance.audit.read"}))
FILE = "1004\t2026-03-02 08:20:00\t1\t0\t1\t0\n13800138000\t2026-03-02 08:21:00\t1\t0\t1\t0\n"


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    """Both services, with one person and one site."""
    with attendance_service(postgres) as made:
        yield made


def test_an_import_leaves_who_handed_it_in_and_that_the_service_carried_it_out(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("ACME")
    people.person("1004", unit.name, site.name)
    attendance.follow_people()
    done = attendance.imported(FILE.encode(), site.name)
    request = audit_pb2.ListAuditEntriesRequest(target=done.name)
    calls = audit_pb2_grpc.AuditStub(attendance.channel)
    found = calls.ListAuditEntries(request, metadata=people.as_caller(READ)).audit_entries
    who = f"people/{people.administrator}"
    by = {(entry.actor, entry.method, entry.on_behalf_of) for entry in found}
    assert by == {
        (who, "bylaw.attendance.v1.Punches/CreatePunchImport", ""),
        ("services/attendance", "jobs/punch-import", who),
    }


@pytest.mark.clause("SEC-1")
def test_nothing_personal_is_ever_in_it_whatever_is_sent_to_whichever_call(
    attendance: AttendanceService, capfd: pytest.CaptureFixture[str]
) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("ACME")
    people.person(PLANTED[2], unit.name, site.name)
    attendance.follow_people()
    assert attendance.imported(FILE.encode(), site.name).taken_count == 1
    known = HeldGrant(Scope.COMPANY, None, ATTENDANCE_PERMISSIONS | READ.permissions)
    callers = (people.as_caller(known), people.as_caller(), ())
    assert plant_in_every_call(attendance.service, attendance.channel, callers) > 80
    assert sealed(attendance.service).broken is None
    assert len(rows(attendance.service)) > 15
    assert kept_of(attendance.service) == []
    logged = "".join(capfd.readouterr())
    assert [text for text in PLANTED if text in logged or text.encode("unicode_escape").decode() in logged] == []


def test_following_the_organisation_is_housekeeping_and_leaves_nothing(attendance: AttendanceService) -> None:
    attendance.people.unit("ACME")
    attendance.follow_people()
    assert rows(attendance.service) == []
