"""A replay with patterns that fail or are gone: named for whom they fail, and the others are compared all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import grpc
import pytest
from bylaw.attendance.v1 import replays_pb2
from bylaw_attendance.app import build

from tests.builders.attendance import FIXED_WEEK, AttendanceService, attendance_service, settings
from tests.builders.people import reason as why
from tests.builders.policies import Broken, Lying, Moody, Rota, brought
from tests.builders.what_if import DONE, WhatIf
from tests.databases import Databases

BEFORE, AFTER = replays_pb2.REPLAY_SIDE_BEFORE, replays_pb2.REPLAY_SIDE_AFTER


@dataclass
class Office:
    """Anna has punched in January, Ben has not; both follow the rulebook's week."""

    what_if: WhatIf
    shop: str
    anna: str
    ben: str


@contextmanager
def office_by(postgres: Databases, pattern: str) -> Iterator[Office]:
    """The office, under a pattern, where bad patterns are installed."""
    with attendance_service(postgres, plugins=brought(Moody(), Lying(), Broken(), Rota())) as attendance:
        people = attendance.people
        shop, site = people.unit("shop").name, people.site().name
        anna, ben = (people.person(number, shop, site, until="2026-01-31").name for number in ("A-1", "B-1"))
        attendance.assign(since="2026-01-01", pattern=pattern)
        attendance.imported(b"A-1\t2026-01-05 08:20:00\t0\t1\n", "HQ", complete_until_date="2026-01-31")
        yield Office(WhatIf(attendance), shop, anna, ben)


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with office_by(postgres, FIXED_WEEK) as found:
        yield found


def faults(replay: replays_pb2.Replay) -> list[tuple[str, int, str]]:
    """Who could not be judged, on which side, why."""
    return [(fault.employee_number, fault.side, fault.reason) for fault in replay.faults]


@pytest.mark.parametrize(("pattern", "reason"), [("moody@1", "POLICY_FAILED"), ("lying@1", "POLICY_ANSWER_INVALID")])
def test_a_pattern_that_fails_over_one_person_is_named_and_the_others_are_compared(
    office: Office, pattern: str, reason: str
) -> None:
    found = office.what_if.done(office.shop, pattern=f"shiftPatterns/{pattern}")

    assert (found.state, found.fault_count, faults(found)) == (DONE, 1, [("A-1", AFTER, reason)])
    assert pattern in found.faults[0].message.en
    assert "A-1" in found.faults[0].message.zh
    alone = office.what_if.attendance.sheet(office.ben, "2026-01")
    assert found.before.totals == found.after.totals == alone.totals


def test_a_pattern_that_cannot_plan_is_a_fault_of_everybody(office: Office) -> None:
    found = office.what_if.done(office.shop, pattern="shiftPatterns/broken@1")

    assert (found.state, found.done_count) == (DONE, 2)
    assert faults(found) == [(number, AFTER, "POLICY_FAILED") for number in ("A-1", "B-1")]
    assert (found.before.planned_minutes, found.change_count) == (0, 0)


def test_what_fails_in_a_replay_is_no_failure_of_the_month(office: Office) -> None:
    office.what_if.done(office.shop, pattern="shiftPatterns/moody@1")

    database = office.what_if.attendance.service.database
    with database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from policy_health").scalar() == 0


@contextmanager
def without_what_was_brought(office: Office) -> Iterator[WhatIf]:
    """The suite started again after the distribution was uninstalled."""
    attendance = office.what_if.attendance
    channels = {"people": attendance.people.channel}
    service = build(settings(attendance.url), channels=channels, clock=attendance.clock)
    try:
        yield WhatIf(AttendanceService(service, attendance.people, attendance.url))
    finally:
        service.close()


def test_a_month_whose_version_is_gone_is_compared_by_the_sheet_that_was_kept(postgres: Databases) -> None:
    with office_by(postgres, "shiftPatterns/rota@1") as office:
        office.what_if.attendance.sheet(office.anna, "2026-01")  # Ben's is never kept
        with without_what_was_brought(office) as later:
            found = later.done(office.shop, sign_in_lead_minutes=0)

            assert faults(found) == [("B-1", BEFORE, "POLICY_VERSION_GONE")]
            assert found.before.totals == later.attendance.sheet(office.anna, "2026-01").totals
            assert found.after.totals.planned_days == found.before.totals.planned_days > 0
            assert refused_pattern(later, office.shop) == "POLICY_VERSION_GONE"


def refused_pattern(what_if: WhatIf, unit: str) -> str:
    """Why a version that is gone cannot be tried."""
    with pytest.raises(grpc.RpcError) as error:
        what_if.start(unit, pattern="shiftPatterns/rota@1")
    return why(error.value)
