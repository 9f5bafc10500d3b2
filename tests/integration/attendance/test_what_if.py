"""A replay shows what another pattern would have made of past months, worked out by hand, and writes no sheet."""

from dataclasses import dataclass
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import audit_pb2, policies_pb2, sheets_pb2
from bylaw.attendance.v1.audit_pb2_grpc import AuditStub
from bylaw_attendance.store import tables
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.attendance import FIXED_WEEK, AttendanceService, cell
from tests.builders.people import reason
from tests.builders.what_if import DONE, WhatIf

FIVE_DAYS = {
    "working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
    "sign_in_lead_minutes": 0,
}
ABSENT, LATE = sheets_pb2.FINDING_ABSENT, sheets_pb2.FINDING_LATE
IN, OUT, HALF = sheets_pb2.CARD_SIDE_IN, sheets_pb2.CARD_SIDE_OUT, sheets_pb2.CARD_SIDE_UNSPECIFIED


@dataclass
class Office:
    """Anna works one week of January in the shop: late on Tuesday, away on Wednesday and Saturday. Ben is never there.

    Everybody is under the rulebook's week: Monday to Saturday, 08:30-12:00 and 14:00-18:00, due five minutes before.
    """

    what_if: WhatIf
    shop: str
    anna: str

    @property
    def attendance(self) -> AttendanceService:
        return self.what_if.attendance

    def counted(self) -> dict[str, int]:
        """How many rows there are of all that sheets leave behind."""
        held = (tables.sheets, tables.plans, tables.clause_findings, tables.policy_health, tables.assignments)
        with self.attendance.service.database.read() as connection:
            counts = {one.name: sa.select(sa.func.count()).select_from(one) for one in held}
            return {name: connection.execute(count).scalar_one() for name, count in counts.items()}


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, shop = people.site().name, people.unit("shop").name
    anna = people.person("A-1", shop, site, since="2026-01-05", until="2026-01-10").name
    attendance.assign(since="2026-01-01")
    stamps = dict.fromkeys((5, 8, 9), ("08:20", "12:01", "13:50", "18:02"))
    stamps[6] = ("08:40", "12:01", "13:50", "18:02")
    lines = [f"A-1\t2026-01-{day:02} {time}:00\t0\t1" for day, times in stamps.items() for time in times]
    attendance.imported("\n".join(lines).encode(), "HQ", complete_until_date="2026-02-28")
    return shop, anna


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(WhatIf(attendance), *attendance.filled)


def test_totals_before_and_after_and_the_cost_in_hours_are_those_worked_out_by_hand(office: Office) -> None:
    found = office.what_if.done(office.shop, "2026-01", **FIVE_DAYS)

    assert (found.state, found.done_count, found.total_count, found.progress_percent) == (DONE, 1, 1, 100)
    before, after, less = found.before, found.after, found.difference
    # Six days of 450 minutes, of which Wednesday and Saturday are absent, and Tuesday begins ten minutes late.
    assert (before.totals.planned_days, before.planned_minutes, before.absent_minutes) == (6, 2700, 900)
    assert (before.totals.worked_minutes, before.totals.late_minutes) == (4 * 450 - 10, 15)
    assert (after.totals.planned_days, after.planned_minutes, after.absent_minutes) == (5, 2250, 450)
    assert (after.totals.worked_minutes, after.totals.late_minutes) == (4 * 450 - 10, 10)
    assert (less.totals.planned_days, less.totals.absent_halves, less.totals.late_minutes) == (-1, -2, -5)
    assert (less.totals.worked_minutes, less.totals.late_count) == (0, 0)
    assert (found.cost.planned_hours, found.cost.worked_hours, found.cost.absent_hours) == (-7.5, 0, -7.5)
    assert (found.changed_people_count, found.fault_count) == (1, 0)


def test_each_change_is_named_by_person_day_half_and_card_with_both_findings(office: Office) -> None:
    found = office.what_if.done(office.shop, **FIVE_DAYS)

    listed = office.what_if.changes(found.name)

    assert len(listed) == found.change_count
    assert {(one.person, one.employee_number) for one in listed} == {(office.anna, "A-1")}
    late = next(one for one in listed if one.before.finding == LATE)
    assert (late.work_date, late.half, late.side) == ("2026-01-06", 1, IN)
    assert (late.before.minutes, late.after.minutes) == (15, 10)
    assert (late.before.due_time, late.after.due_time) == ("2026-01-06 08:25", "2026-01-06 08:30")
    assert late.before.punch_time == late.after.punch_time == "2026-01-06 08:40:00"
    assert late.before.explanation.en == "Signed in 08:40, 15 minutes after 08:25: late (ATT-2)."
    assert "晚于 08:30 10 分钟：迟到" in late.after.explanation.zh
    saturday = [one for one in listed if one.work_date == "2026-01-10"]
    assert [(one.half, one.side) for one in saturday] == [(half, side) for half in (1, 2) for side in (HALF, IN, OUT)]
    assert not any(one.HasField("after") for one in saturday)
    half = saturday[0].before
    assert (half.finding, half.minutes, half.due_time[11:], half.end_time[11:]) == (ABSENT, 210, "08:30", "12:00")
    assert half.explanation.en == "Planned 08:30-12:00 (210 minutes): absent (ATT-4)."
    assert {one.work_date for one in listed} <= {"2026-01-05", "2026-01-06", "2026-01-08", "2026-01-09", "2026-01-10"}


def test_the_changes_are_the_same_over_pages_of_any_size(office: Office) -> None:
    found = office.what_if.done(office.shop, **FIVE_DAYS)

    assert office.what_if.changes(found.name, page_size=1) == office.what_if.changes(found.name, page_size=1000)


def test_no_sheet_is_written_neither_kept_nor_judged_for_the_first_time(office: Office) -> None:
    before = office.counted()
    office.what_if.done(office.shop, "2026-01", "2026-02", **FIVE_DAYS)
    assert office.counted() == before

    sheet = office.attendance.sheet(office.anna, "2026-01")
    kept = office.counted()
    office.what_if.done(office.shop, "2026-01", "2026-02", **FIVE_DAYS)
    assert office.counted() == kept
    assert office.attendance.sheet(office.anna, "2026-01") == sheet


def test_the_same_pattern_with_the_same_parameters_changes_nothing(office: Office) -> None:
    found = office.what_if.done(office.shop)

    assert (found.change_count, found.changed_people_count) == (0, 0)
    assert found.before == found.after
    assert office.what_if.changes(found.name) == []


def test_only_the_days_of_the_pattern_that_is_replaced_are_replayed(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-09", pattern="shiftPatterns/flexible-hours@1")

    found = office.what_if.done(office.shop, replaced=FIXED_WEEK, **FIVE_DAYS)
    nobody = office.what_if.done(office.shop, replaced="shiftPatterns/crews@1", **FIVE_DAYS)

    days = {one.work_date for one in office.what_if.changes(found.name)}
    assert "2026-01-06" in days
    assert max(days) < "2026-01-09"
    assert (nobody.state, nobody.done_count, nobody.before.planned_minutes, nobody.change_count) == (DONE, 1, 0, 0)


def test_a_rota_cell_that_names_a_pattern_decides_its_day_before_and_after(office: Office) -> None:
    office.attendance.publish(office.shop, cell(office.anna, "2026-01-10", pattern=FIXED_WEEK))

    found = office.what_if.done(office.shop, **FIVE_DAYS)

    assert found.difference.planned_minutes == 0
    assert "2026-01-10" not in {one.work_date for one in office.what_if.changes(found.name)}


def test_rest_that_the_rota_names_is_work_under_a_pattern_that_heeds_no_rota(office: Office) -> None:
    office.attendance.assign(office.anna, since="2026-01-01", pattern="shiftPatterns/rest-by-rota@1")
    office.attendance.publish(office.shop, cell(office.anna, "2026-01-07", "rest"))

    found = office.what_if.done(office.shop)

    assert (found.before.absent_minutes, found.after.absent_minutes) == (450, 900)
    assert found.cost.planned_hours == 7.5


def test_whoever_had_no_pattern_is_a_fault_and_in_no_total(attendance: AttendanceService) -> None:
    people, what_if = attendance.people, WhatIf(attendance)
    shop, site = people.unit("shop").name, people.site().name
    ben = people.person("B-1", shop, site).name
    attendance.follow_people()

    found = what_if.done(shop)

    assert (found.state, found.fault_count, found.after.planned_minutes) == (DONE, 1, 0)
    (fault,) = found.faults
    assert (fault.person, fault.employee_number, fault.month, fault.reason) == (ben, "B-1", "2026-01", "NO_POLICY")
    assert fault.message.zh


def refused(call: Any, *args: Any, **more: Any) -> str:
    """Why a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **more)
    return reason(error.value)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-02", "2026-01"), ("2026-03", "2026-04"), ("2025-02", "2026-02"), ("2026-13", ""), ("", "2026-01")],
)
def test_months_out_of_order_to_come_or_too_many_are_refused(office: Office, first: str, last: str) -> None:
    assert refused(office.what_if.start, office.shop, first, last) == "FIELD_INVALID"


def test_a_year_is_taken(office: Office) -> None:
    assert office.what_if.done(office.shop, "2025-03", "2026-02").total_count == 1


def test_a_pattern_there_is_not_wrong_parameters_and_a_unit_there_is_not_are_refused(office: Office) -> None:
    start = office.what_if.start
    assert refused(start, office.shop, pattern="shiftPatterns/nothing@1") == "POLICY_VERSION_GONE"
    assert refused(start, office.shop, sign_in_lead_minutes="early") == "POLICY_PARAMETERS_INVALID"
    assert refused(start, "units/018f0000-0000-7000-8000-000000000000") == "UNIT_NOT_FOUND"


def test_what_was_tried_is_switched_on_from_a_date_and_names_its_replay(office: Office) -> None:
    found = office.what_if.done(office.shop, **FIVE_DAYS)

    made = switched(office, found.name)

    assert made.replay == found.name
    listed = office.attendance.policies.ListPatternAssignments(
        policies_pb2.ListPatternAssignmentsRequest(), metadata=office.attendance.everything
    )
    assert found.name in {one.replay for one in listed.pattern_assignments}
    assert found.name in targets(office, "CreatePatternAssignment")


def test_a_switch_that_names_another_replay_than_its_own_is_refused(office: Office) -> None:
    other = office.what_if.done(office.shop).name
    waiting = office.what_if.start(office.shop, **FIVE_DAYS).name

    assert refused(switched, office, other) == "REPLAY_DIFFERS"
    assert refused(switched, office, waiting) == "REPLAY_NOT_DONE"
    assert refused(switched, office, "replays/018f0000-0000-7000-8000-000000000000") == "REPLAY_NOT_FOUND"


def test_a_replay_of_some_is_no_ground_to_switch_others(office: Office) -> None:
    found = office.what_if.done(office.shop, **FIVE_DAYS).name
    elsewhere = office.attendance.people.unit("elsewhere").name

    assert refused(switched, office, found, elsewhere) == "REPLAY_DIFFERS"
    assert switched(office, found, office.anna).subject == office.anna


def switched(office: Office, replay: str, subject: str = "") -> policies_pb2.PatternAssignment:
    """Switches the shop, or another subject, to five days from March on, by a replay."""
    made = policies_pb2.PatternAssignment(
        subject=subject or office.shop, shift_pattern=FIXED_WEEK, start_date="2026-03-01", replay=replay
    )
    made.parameters.update(FIVE_DAYS)
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
    return office.attendance.policies.CreatePatternAssignment(request, metadata=office.attendance.everything)


def targets(office: Office, call: str) -> set[str]:
    """What the audit says that calls of a name were about."""
    held = HeldGrant(Scope.COMPANY, None, frozenset({"attendance.audit.read"}))
    listed = AuditStub(office.attendance.channel).ListAuditEntries(
        audit_pb2.ListAuditEntriesRequest(page_size=1000), metadata=office.attendance.people.as_caller(held)
    )
    return {name for entry in listed.audit_entries if entry.method.endswith(call) for name in entry.targets}
