"""Assignments made by mistake are withdrawn: they count nowhere, stay on record, and their days are free again."""

import threading
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import audit_pb2, audit_pb2_grpc, feed_pb2, policies_pb2, sheets_pb2
from bylaw_attendance.store.tables import assignments
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.attendance import FIXED_WEEK, AttendanceService
from tests.builders.people import reason

MONDAYS: dict[str, Any] = {"working_days": ["monday"]}
EVENINGS: dict[str, Any] = {"segments": [{"hours": "14:00-22:00"}]}


@dataclass
class Office:
    """Anna works in the shop, at HQ."""

    attendance: AttendanceService
    shop: str
    anna: str


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, shop = people.site(), people.unit("shop")
    return shop.name, people.person("A-1", shop.name, site.name).name


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


def days(attendance: AttendanceService, **more: Any) -> list[tuple[str, str]]:
    return [(made.start_date, made.end_date) for made in attendance.assignments(**more)]


def start(office: Office, day: int) -> str:
    """When Anna's day begins, in February."""
    return office.attendance.sheet(office.anna, "2026-02").days[day - 1].halves[0].start_time[11:]


def refused(attendance: AttendanceService, name: str, why: str = "by mistake", caller: Any = None, **more: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        attendance.withdraw(name, why, caller, **more)
    return reason(error.value)


@pytest.mark.clause("HRS-1")
@pytest.mark.postgresql15
def test_a_mistake_is_corrected_from_its_first_day_by_withdrawing_it_and_assigning_what_is_right(
    office: Office,
) -> None:
    attendance = office.attendance
    wrong = attendance.assign(office.anna, since="2026-02-02", until="2026-02-27", **EVENINGS)
    assert start(office, 2) == "14:00"

    withdrawn = attendance.withdraw(wrong.name, " the wrong hours ")
    right = attendance.assign(office.anna, since="2026-02-02")

    assert start(office, 2) == "08:30"
    assert (withdrawn.withdraw_reason, withdrawn.withdrawn_by) == (
        "the wrong hours",
        f"people/{attendance.people.administrator}",
    )
    assert withdrawn.withdraw_time.ToDatetime() == attendance.clock().replace(tzinfo=None)
    assert attendance.assignments() == [right]
    assert attendance.assignments(show_withdrawn=True) == [right, withdrawn]


def test_without_it_what_is_above_decides_and_the_sheet_that_was_judged_by_it_is_judged_anew(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(since="2026-01-01")
    wrong = attendance.assign(office.shop, since="2026-02-01", **MONDAYS)
    judged = attendance.sheet(office.anna, "2026-02")
    kept = kept_sheets(attendance)

    attendance.withdraw(wrong.name)

    assert kept_sheets(attendance) == kept, "nothing that was judged changes by itself"
    anew = attendance.sheet(office.anna, "2026-02")
    assert (judged.totals.planned_days, anew.totals.planned_days) == (4, 17), "make-up days are worked by everybody"
    assert anew.inputs_digest != judged.inputs_digest
    assert kept_sheets(attendance) != kept


def kept_sheets(attendance: AttendanceService) -> list[Any]:
    with attendance.service.database.engine.connect() as connection:
        return list(connection.execute(sa.text("select person, month, digest, body, judged_at from sheets")))


def test_where_nothing_else_is_assigned_the_month_is_refused_as_before(office: Office) -> None:
    wrong = office.attendance.assign(office.anna, since="2026-02-01")
    assert office.attendance.sheet(office.anna, "2026-02").days[1].kind == sheets_pb2.DAY_KIND_WORK

    office.attendance.withdraw(wrong.name)

    with pytest.raises(grpc.RpcError) as error:
        office.attendance.sheet(office.anna, "2026-02")
    assert reason(error.value) == "NO_POLICY"


@pytest.mark.postgresql15
def test_what_it_had_ended_goes_on_up_to_the_next_one(office: Office) -> None:
    """As if it had never been made, whatever was made or withdrawn before and behind it."""
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01")
    second = attendance.assign(office.anna, since="2026-02-01")
    third = attendance.assign(office.anna, since="2026-03-01")
    assert days(attendance) == [("2026-03-01", ""), ("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")]

    attendance.withdraw(second.name)
    assert days(attendance) == [("2026-03-01", ""), ("2026-01-01", "2026-02-28")]
    attendance.withdraw(third.name)
    assert days(attendance) == [("2026-01-01", "")]
    attendance.assign(office.anna, since="2026-02-10")
    assert days(attendance) == [("2026-02-10", ""), ("2026-01-01", "2026-02-09")]


def test_what_somebody_ended_themselves_stays_ended(office: Office) -> None:
    attendance = office.attendance
    first = attendance.assign(office.anna, since="2026-01-01")
    second = attendance.assign(office.anna, since="2026-02-01")
    end = policies_pb2.EndPatternAssignmentRequest(name=first.name, last_date="2026-01-31")
    attendance.policies.EndPatternAssignment(end, metadata=attendance.everything)

    attendance.withdraw(second.name)

    assert days(attendance) == [("2026-01-01", "2026-01-31")]


def test_it_needs_a_reason_and_is_done_once(office: Office) -> None:
    attendance = office.attendance
    made = attendance.assign(office.anna, since="2026-01-01")
    for wrong in ("", "   ", "x" * 201, "two\nlines"):
        assert refused(attendance, made.name, wrong) == "FIELD_INVALID"
    assert refused(attendance, "patternAssignments/00000000-0000-7000-8000-000000000009") == "ASSIGNMENT_NOT_FOUND"
    assert days(attendance) == [("2026-01-01", "")]

    attendance.withdraw(made.name)

    assert refused(attendance, made.name) == "ASSIGNMENT_WITHDRAWN"
    end = policies_pb2.EndPatternAssignmentRequest(name=made.name, last_date="2026-02-01")
    with pytest.raises(grpc.RpcError) as error:
        attendance.policies.EndPatternAssignment(end, metadata=attendance.everything)
    assert reason(error.value) == "ASSIGNMENT_WITHDRAWN"


def test_the_same_wish_again_answers_the_same(office: Office) -> None:
    attendance = office.attendance
    made = attendance.assign(office.anna, since="2026-01-01")

    first = attendance.withdraw(made.name, request_id="wish-1")

    assert attendance.withdraw(made.name, request_id="wish-1") == first
    assert refused(attendance, made.name, "for another reason", request_id="wish-1") == "KEY_REUSED"


def test_who_saw_it_before_somebody_changed_it_is_told(office: Office) -> None:
    attendance = office.attendance
    seen = attendance.assign(office.anna, since="2026-01-01")
    attendance.assign(office.anna, since="2026-02-01")

    assert refused(attendance, seen.name, etag=seen.etag) == "ASSIGNMENT_CHANGED"
    end = policies_pb2.EndPatternAssignmentRequest(name=seen.name, last_date="2026-01-15", etag=seen.etag)
    with pytest.raises(grpc.RpcError) as error:
        attendance.policies.EndPatternAssignment(end, metadata=attendance.everything)
    assert reason(error.value) == "ASSIGNMENT_CHANGED"
    now = attendance.assignments()[1]
    assert attendance.withdraw(now.name, etag=now.etag).etag != now.etag


@pytest.mark.clause("SEC-1")
def test_who_may_not_assign_to_a_subject_withdraws_nothing_of_it(office: Office) -> None:
    attendance = office.attendance
    head = attendance.caller(Scope.UNIT, unit=office.shop)
    reader = attendance.caller(Scope.COMPANY, permissions=frozenset({"attendance.policies.read"}))
    other = attendance.assign(attendance.people.unit("store").name, since="2026-01-01")
    everybody, own = attendance.assign(since="2026-01-01"), attendance.assign(office.anna, since="2026-01-01")

    for made in (other, everybody):
        assert refused(attendance, made.name, caller=head) == "ASSIGNMENT_NOT_FOUND"
    assert refused(attendance, own.name, caller=reader) == "PERMISSION_MISSING"
    assert len(attendance.assignments()) == 3
    assert attendance.withdraw(own.name, caller=head).withdraw_time.seconds


@pytest.mark.clause("SEC-3")
def test_the_trail_and_the_feed_tell_of_it_and_of_what_goes_on_without_the_reason(office: Office) -> None:
    attendance = office.attendance
    first = attendance.assign(office.anna, since="2026-01-01")
    second = attendance.assign(office.anna, since="2026-02-01")
    attendance.withdraw(second.name, "told by somebody")

    answer = attendance.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=attendance.everything)
    told = [event.pattern_assigned for event in answer.events]
    assert [(one.name, one.end_date, one.HasField("withdraw_time")) for one in told] == [
        (first.name, "", False),
        (first.name, "2026-01-31", False),
        (second.name, "", False),
        (second.name, "", True),
        (first.name, "", False),
    ]
    assert {one.withdraw_reason for one in told} == {""}
    read = HeldGrant(Scope.COMPANY, None, frozenset({"attendance.audit.read"}))
    trail = audit_pb2_grpc.AuditStub(attendance.channel)
    for name in (first.name, second.name):
        request = audit_pb2.ListAuditEntriesRequest(target=name)
        entries = trail.ListAuditEntries(request, metadata=attendance.people.as_caller(read)).audit_entries
        assert "bylaw.attendance.v1.Policies/WithdrawPatternAssignment" in {entry.method for entry in entries}


@pytest.mark.postgresql15
def test_of_two_who_withdraw_one_assignment_at_once_one_is_told_that_it_was_done(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01")
    wrong = attendance.assign(office.anna, since="2026-02-01")

    outcomes = at_once(*(lambda why=why: attendance.withdraw(wrong.name, why) for why in ("one", "two", "three")))

    done = [outcome for outcome in outcomes if not isinstance(outcome, str)]
    assert len(done) == 1
    assert outcomes.count("ASSIGNMENT_WITHDRAWN") == 2
    assert attendance.assignments(show_withdrawn=True)[0] == done[0]
    assert days(attendance) == [("2026-01-01", "")]


@pytest.mark.postgresql15
def test_corrections_at_once_leave_one_pattern_for_every_day(office: Office) -> None:
    """Neighbouring assignments are withdrawn, ended and made anew at the same time."""
    attendance = office.attendance
    made = [attendance.assign(office.anna, since=f"2026-0{month}-01") for month in (1, 2, 3)]
    end = policies_pb2.EndPatternAssignmentRequest(name=made[1].name, last_date="2026-02-10")

    outcomes = at_once(
        *(lambda one=one: attendance.withdraw(one.name) for one in made[1:]),
        *(lambda since=since: attendance.assign(office.anna, since=since) for since in ("2026-02-01", "2026-03-01")),
        lambda: attendance.policies.EndPatternAssignment(end, metadata=attendance.everything),
    )

    refusals = {outcome for outcome in outcomes if isinstance(outcome, str)}
    assert refusals <= {"ASSIGNMENT_OVERLAPS", "ASSIGNMENT_WITHDRAWN"}
    counting = sorted(days(attendance))
    assert counting[0][0] == "2026-01-01"
    assert all(last and last < following for (_, last), (following, _) in pairwise(counting))
    withdrawn = {one.name for one in attendance.assignments(show_withdrawn=True) if one.HasField("withdraw_time")}
    assert withdrawn == {one.name for one in made[1:]}


def at_once(*wishes: Any) -> list[Any]:
    """What became of wishes that are all sent together: the answer, or the reason of the refusal."""
    outcomes, together = list[Any](), threading.Barrier(len(wishes))

    def send(wish: Any) -> None:
        together.wait()
        try:
            outcomes.append(wish())
        except grpc.RpcError as error:
            outcomes.append(reason(error))

    threads = [threading.Thread(target=send, args=(wish,)) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.postgresql15
def test_the_database_itself_keeps_who_withdrew_and_why(office: Office) -> None:
    office.attendance.assign(office.anna, since="2026-01-01")
    engine, attendance_now = office.attendance.service.database.engine, office.attendance.clock()
    halves = (
        sa.update(assignments).values(withdrawn_at=attendance_now),
        sa.update(assignments).values(withdraw_reason="x"),
        sa.update(assignments).values(withdrawn_at=attendance_now, withdrawn_by="x", withdraw_reason=""),
    )
    for half in halves:
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(half)


def test_nobody_says_of_a_new_assignment_that_it_is_withdrawn(office: Office) -> None:
    made = policies_pb2.PatternAssignment(shift_pattern=FIXED_WEEK, start_date="2026-01-01", withdraw_reason="x")
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
    with pytest.raises(grpc.RpcError) as error:
        office.attendance.policies.CreatePatternAssignment(request, metadata=office.attendance.everything)
    assert reason(error.value) == "FIELD_NOT_WRITABLE"
