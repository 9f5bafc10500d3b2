"""A replay that compares nothing says so, and why: a mistyped pattern, one that holds for nobody, nobody to judge."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import replays_pb2
from bylaw_attendance.app import build
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import FIXED_WEEK, AttendanceService, attendance_service, settings
from tests.builders.policies import Broken, Moody, Rota, brought
from tests.builders.what_if import DONE, WhatIf
from tests.databases import Databases

CREWS, FLEXIBLE = "shiftPatterns/crews@1", "shiftPatterns/flexible-hours@1"
BROUGHT = "shiftPatterns/rota@1"


@dataclass
class Office:
    """Anna and Ben work in the shop in January by the rulebook's week; nobody works in the store."""

    what_if: WhatIf
    shop: str
    store: str
    anna: str


@contextmanager
def office_by(postgres: Databases, pattern: str = FIXED_WEEK) -> Iterator[Office]:
    """The office under a pattern, where a company's own are installed."""
    with attendance_service(postgres, plugins=brought(Moody(), Broken(), Rota())) as attendance:
        people = attendance.people
        shop, store, site = people.unit("shop").name, people.unit("store").name, people.site().name
        anna, _ = (people.person(number, shop, site, until="2026-01-31").name for number in ("A-1", "B-1"))
        attendance.assign(since="2026-01-01", pattern=pattern)
        attendance.imported(b"A-1\t2026-01-05 08:20:00\t0\t1\n", "HQ", complete_until_date="2026-01-31")
        yield Office(WhatIf(attendance), shop, store, anna)


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with office_by(postgres) as found:
        yield found


def refused(office: Office, **wish: Any) -> Any:
    """Why a replay of the shop is refused."""
    with pytest.raises(grpc.RpcError) as error:
        office.what_if.start(office.shop, **wish)
    return refusal_from(error.value)


@pytest.mark.parametrize("mistyped", ["fixed-weak@1", "fixed-week@7"])
def test_a_pattern_to_be_replaced_that_there_is_not_is_refused_with_those_there_are(
    office: Office, mistyped: str
) -> None:
    refusal = refused(office, replaced=f"shiftPatterns/{mistyped}")

    assert refusal.reason == "REPLACED_PATTERN_UNKNOWN"
    assert {violation.field for violation in refusal.violations} == {"replay.replaced_shift_pattern"}
    for said in (refusal.message_zh, refusal.message_en):
        assert mistyped in said
        assert "crews@1, fixed-week@1, flexible-hours@1" in said
    assert office.what_if.listed() == []


def test_a_pattern_that_holds_for_nobody_is_named_with_those_that_do(office: Office) -> None:
    office.what_if.attendance.assign(office.anna, since="2026-01-10", pattern=FLEXIBLE)

    found = office.what_if.done(office.shop, replaced=CREWS)

    assert (found.state, found.done_count, found.compared_count, found.uncompared_count) == (DONE, 2, 0, 0)
    assert list(found.followed_shift_patterns) == [FIXED_WEEK, FLEXIBLE]
    for said in (found.remark.zh, found.remark.en):
        assert "crews@1" in said
        assert "fixed-week@1, flexible-hours@1" in said


def test_what_is_held_by_somebody_needs_no_remark(office: Office) -> None:
    office.what_if.attendance.assign(office.anna, since="2026-01-10", pattern=FLEXIBLE)

    found = office.what_if.done(office.shop, replaced=FLEXIBLE)

    assert (found.done_count, found.compared_count, found.HasField("remark")) == (2, 1, False)


def test_a_unit_in_which_nobody_works_in_these_months_says_so(office: Office) -> None:
    for replaced in ("", FIXED_WEEK):
        found = office.what_if.done(office.store, replaced=replaced)

        assert (found.state, found.total_count, found.compared_count) == (DONE, 0, 0)
        assert "无人在职" in found.remark.zh
        assert "Nobody is employed" in found.remark.en


def test_a_replay_in_which_nobody_could_be_judged_says_so(office: Office) -> None:
    found = office.what_if.done(office.shop, pattern="shiftPatterns/broken@1")

    assert (found.compared_count, found.uncompared_count, found.fault_count) == (0, 2, 2)
    assert "Not one month" in found.remark.en


def test_the_remark_is_in_the_workbook_in_both_languages(office: Office) -> None:
    found = office.what_if.done(office.shop, replaced=CREWS)

    rows = [row[:2] for row in office.what_if.workbook(found.name)["summary"]]

    assert rows[2:4] == [("说明 Remark", found.remark.zh), (None, found.remark.en)]
    assert ("已比较的人月 Months of people compared", 0) in rows


def test_faults_are_counted_by_sides_and_months_of_people_by_themselves(postgres: Databases) -> None:
    with office_by(postgres, "shiftPatterns/moody@1") as office:
        found = office.what_if.done(office.shop, pattern="shiftPatterns/moody@1")

    sides = [(fault.employee_number, fault.side) for fault in found.faults]
    assert sides == [("A-1", replays_pb2.REPLAY_SIDE_BEFORE), ("A-1", replays_pb2.REPLAY_SIDE_AFTER)]
    assert (found.fault_count, found.uncompared_count, found.compared_count, found.done_count) == (2, 1, 1, 2)
    assert not found.HasField("remark"), "Ben was compared"


@contextmanager
def without_what_was_brought(office: Office) -> Iterator[WhatIf]:
    """The service started again after the company's own patterns were uninstalled."""
    attendance = office.what_if.attendance
    channels = {"people": attendance.people.channel}
    service = build(settings(attendance.url), channels=channels, clock=attendance.clock)
    try:
        yield WhatIf(AttendanceService(service, attendance.people, attendance.url))
    finally:
        service.close()


def test_a_pattern_uninstalled_before_its_replay_ran_is_named_for_everybody(office: Office) -> None:
    waiting = office.what_if.start(office.shop, pattern=BROUGHT)
    with without_what_was_brought(office) as later:
        later.run()
        found = later.get(waiting.name)

    assert {(fault.employee_number, fault.reason) for fault in found.faults} == {
        (number, "POLICY_VERSION_GONE") for number in ("A-1", "B-1")
    }
    assert (found.state, found.compared_count, found.HasField("remark")) == (DONE, 0, True)


def test_a_done_replay_stays_as_it_is_when_its_pattern_is_uninstalled(office: Office) -> None:
    done = office.what_if.done(office.shop, pattern=BROUGHT, working_days=["monday"])
    changes, workbook = office.what_if.changes(done.name), office.what_if.workbook(done.name)
    assert changes

    with without_what_was_brought(office) as later:
        assert later.get(done.name) == done
        assert later.listed()[0].name == done.name
        assert later.changes(done.name) == changes
        assert later.workbook(done.name) == workbook


def test_an_uninstalled_pattern_may_be_the_one_to_be_replaced_where_it_is_assigned(postgres: Databases) -> None:
    with office_by(postgres, BROUGHT) as office, without_what_was_brought(office) as later:
        found = later.done(office.shop, replaced=BROUGHT)

        assert (found.fault_count, {fault.reason for fault in found.faults}) == (2, {"POLICY_VERSION_GONE"})
        beyond = Office(later, office.store, office.store, office.anna)
        assert "rota@1" in refused(beyond, first="2025-12", replaced=BROUGHT).message_en
