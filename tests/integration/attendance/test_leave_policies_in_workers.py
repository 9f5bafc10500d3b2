"""A third party's leave policy runs in a process of its own: asked like ours, stopped at its deadline, and named."""

import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from bylaw_attendance.policies import Plugins
from bylaw_chassis.status import refusal_from
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.leave_policies import assign_leave, leave_assignments, leave_policies
from tests.databases import Databases
from tests.plugins.host.conftest import Site

ACME = "leavePolicies/acme-leave@1"
BUSY = Limits(floor_seconds=0.5, memory_bytes=300 << 20)


def installed_in(folder: Path) -> Plugins:
    site = Site(folder)
    site.install("acme_leave")
    return lambda exists: start(exists, [*installed(), *site.found()], limits=BUSY)


@pytest.fixture
def attendance(postgres: Databases, tmp_path: Path) -> Iterator[AttendanceService]:
    with attendance_service(postgres, plugins=installed_in(tmp_path)) as service:
        yield service


@pytest.mark.clause("LVE-1")
def test_it_is_offered_assigned_and_where_it_fails_refused_by_name_with_nothing_stored(
    attendance: AttendanceService,
) -> None:
    offered = leave_policies(attendance)[ACME]
    assert [kind.code for kind in offered.kinds] == ["acme-day", "acme-hours"]
    assert (offered.distribution, "acme_leave" in sys.modules) == ("acme-leave 1.2", False)
    assign_leave(attendance, since="2026-01-01", until="2026-01-31", policy=ACME)
    for how, reason, said in (
        ("raising", "LEAVE_POLICY_FAILED", "acme-leave 1.2"),
        ("hanging", "LEAVE_POLICY_TIMED_OUT", "took too long"),
        ("two of one code", "LEAVE_ANSWER_INVALID", "rule L1"),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            assign_leave(attendance, since="2026-03-01", policy=ACME, how=how)
        told = refusal_from(refused.value)
        assert (told.reason, told.clause, said in told.message_en) == (reason, "LVE-1", True)
    assert len(leave_assignments(attendance)) == 2
    assign_leave(attendance, since="2026-03-01", policy=ACME, unit_head_days=5)
    assert list(leave_policies(attendance)[ACME].faults) == [], "nobody waits for what was not assigned"
