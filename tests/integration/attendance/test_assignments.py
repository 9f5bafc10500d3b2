"""Who follows which pattern since when; and how the sheet of a month with several is judged day by day."""

import threading
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, policies_pb2, sheets_pb2
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import FIXED_WEEK, AttendanceService
from tests.builders.people import reason


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


def listed(attendance: AttendanceService) -> list[tuple[str, str]]:
    request = policies_pb2.ListPatternAssignmentsRequest()
    answer = attendance.policies.ListPatternAssignments(request, metadata=attendance.everything)
    return [(made.start_date, made.end_date) for made in answer.pattern_assignments]


def ended(attendance: AttendanceService, name: str, last: str, caller: Any = None) -> policies_pb2.PatternAssignment:
    request = policies_pb2.EndPatternAssignmentRequest(name=name, last_date=last)
    return attendance.policies.EndPatternAssignment(request, metadata=caller or attendance.everything)


@pytest.mark.clause("HRS-1")
def test_the_patterns_are_listed_with_the_schema_of_their_parameters(attendance: AttendanceService) -> None:
    request = policies_pb2.ListShiftPatternsRequest()
    answer = attendance.policies.ListShiftPatterns(request, metadata=attendance.everything)

    week = next(pattern for pattern in answer.shift_patterns if pattern.name == FIXED_WEEK)
    assert week.title.zh
    assert week.distribution.startswith("bylaw-fixed-week ")
    assert "segments" in week.parameters_schema["properties"]


def test_an_assignment_shows_all_of_its_parameters_with_their_defaults(office: Office) -> None:
    made = office.attendance.assign(office.anna, sign_in_lead_minutes=10)

    assert made.parameters["sign_in_lead_minutes"] == 10
    assert list(made.parameters["working_days"])[-1] == "saturday"


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"sign_in_lead_minutes": "five"}, "pattern_assignment.parameters.sign_in_lead_minutes"),
        ({"segments": [{"hours": "8:30"}]}, "pattern_assignment.parameters.segments[0].hours"),
        ({"colour": "red"}, "pattern_assignment.parameters.colour"),
        ({"colour": "a\x00b"}, "pattern_assignment.parameters"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_with_the_path_of_the_field(
    office: Office, parameters: dict[str, Any], field: str
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.attendance.assign(office.anna, **parameters)
    refusal = refusal_from(refused.value)
    assert refusal.reason in {"POLICY_PARAMETERS_INVALID", "FIELD_INVALID"}
    assert [violation.field for violation in refusal.violations] == [field]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"shift_pattern": "shiftPatterns/fixed-week@99"}, "POLICY_VERSION_GONE"),
        ({"shift_pattern": "fixed-week"}, "FIELD_INVALID"),
        ({"subject": "people/00000000-0000-7000-8000-000000000009"}, "PERSON_NOT_FOUND"),
        ({"subject": "units/00000000-0000-7000-8000-000000000009"}, "UNIT_NOT_FOUND"),
        ({"subject": "sites/1"}, "FIELD_INVALID"),
        ({"start_date": "2026-02-30"}, "FIELD_INVALID"),
        ({"end_date": "2025-01-01"}, "FIELD_INVALID"),
    ],
)
def test_a_wrong_assignment_is_refused(office: Office, wrong: dict[str, str], why: str) -> None:
    given = {"subject": office.anna, "shift_pattern": FIXED_WEEK, "start_date": "2026-01-01", **wrong}
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=policies_pb2.PatternAssignment(**given))
    with pytest.raises(grpc.RpcError) as refused:
        office.attendance.policies.CreatePatternAssignment(request, metadata=office.attendance.everything)
    assert reason(refused.value) == why


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, -1e300, 0.5])
def test_a_number_that_no_parameter_can_be_is_refused(office: Office, value: float) -> None:
    made = policies_pb2.PatternAssignment(shift_pattern=FIXED_WEEK, start_date="2026-01-01")
    made.parameters["sign_in_lead_minutes"] = value
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
    with pytest.raises(grpc.RpcError) as refused:
        office.attendance.policies.CreatePatternAssignment(request, metadata=office.attendance.everything)
    assert reason(refused.value) in {"FIELD_INVALID", "POLICY_PARAMETERS_INVALID"}


@pytest.mark.postgresql15
def test_a_new_assignment_ends_the_open_one_before_it_and_no_two_overlap(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01")
    attendance.assign(office.anna, since="2026-02-01")
    assert listed(attendance) == [("2026-02-01", ""), ("2026-01-01", "2026-01-31")]

    for since, until in (("2026-01-15", "2026-01-20"), ("2026-02-01", ""), ("2025-12-01", "")):
        with pytest.raises(grpc.RpcError) as refused:
            attendance.assign(office.anna, since=since, until=until)
        assert reason(refused.value) == "ASSIGNMENT_OVERLAPS"
    assert listed(attendance) == [("2026-02-01", ""), ("2026-01-01", "2026-01-31")]
    attendance.assign(office.shop, since="2026-01-15")


@pytest.mark.postgresql15
def test_assignments_made_at_once_leave_one_pattern_for_every_day(office: Office) -> None:
    starts = [f"2026-0{month}-01" for month in (1, 2, 3, 4)]
    refused: list[str] = []

    def assign(since: str) -> None:
        try:
            office.attendance.assign(office.anna, since=since)
        except grpc.RpcError as error:
            refused.append(reason(error))

    threads = [threading.Thread(target=assign, args=(since,)) for since in starts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    made = sorted(listed(office.attendance))
    assert len(made) + len(refused) == 4
    assert set(refused) <= {"ASSIGNMENT_OVERLAPS"}
    assert all(end and end < following for (_, end), (following, _) in pairwise(made))


@pytest.mark.postgresql15
def test_somebody_who_was_just_made_is_found_though_the_feed_of_people_is_being_written_slowly(office: Office) -> None:
    """A reader that waited for the other's lock in vain took what it saw for the end, and told the caller of nobody."""
    people = office.attendance.people
    office.attendance.follow_people()
    new = people.person("A-2", office.shop, people.site("S2").name).name
    with people.service.database.engine.connect() as slow:
        slow.exec_driver_sql("select from feed_state for update")
        ends = threading.Timer(3.3, slow.rollback)
        ends.start()
        assert office.attendance.assign(new).subject == new
        ends.join()


def test_the_same_wish_again_answers_the_same_and_another_under_its_key_is_refused(office: Office) -> None:
    attendance = office.attendance
    made = policies_pb2.PatternAssignment(shift_pattern=FIXED_WEEK, start_date="2026-01-01")
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made, request_id="wish-1")
    first = attendance.policies.CreatePatternAssignment(request, metadata=attendance.everything)

    assert attendance.policies.CreatePatternAssignment(request, metadata=attendance.everything) == first
    request.pattern_assignment.start_date = "2026-02-01"
    with pytest.raises(grpc.RpcError) as refused:
        attendance.policies.CreatePatternAssignment(request, metadata=attendance.everything)
    assert reason(refused.value) == "KEY_REUSED"
    assert len(listed(attendance)) == 1


@pytest.mark.postgresql15
def test_an_assignment_is_ended_but_never_into_the_next_one(office: Office) -> None:
    attendance = office.attendance
    first = attendance.assign(office.anna, since="2026-01-01")
    attendance.assign(office.anna, since="2026-02-01")

    assert ended(attendance, first.name, "2026-01-20").end_date == "2026-01-20"
    for last, why in (("2026-02-02", "ASSIGNMENT_OVERLAPS"), ("2025-12-31", "FIELD_INVALID")):
        with pytest.raises(grpc.RpcError) as refused:
            ended(attendance, first.name, last)
        assert reason(refused.value) == why
    with pytest.raises(grpc.RpcError) as refused:
        ended(attendance, "patternAssignments/00000000-0000-7000-8000-000000000009", "2026-02-02")
    assert reason(refused.value) == "ASSIGNMENT_NOT_FOUND"


@pytest.mark.clause("SEC-1")
def test_a_head_assigns_within_the_unit_only(office: Office) -> None:
    attendance = office.attendance
    head = attendance.caller(Scope.UNIT, unit=office.shop)
    other = attendance.people.unit("store").name
    everybody = attendance.assign(since="2026-01-01")

    def assign(subject: str) -> policies_pb2.PatternAssignment:
        made = policies_pb2.PatternAssignment(subject=subject, shift_pattern=FIXED_WEEK, start_date="2026-01-01")
        request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
        return attendance.policies.CreatePatternAssignment(request, metadata=head)

    attendance.assign(other, since="2026-01-01")
    assert assign(office.shop).subject == office.shop
    assert assign(office.anna).subject == office.anna
    for subject, why in ((other, "UNIT_NOT_FOUND"), ("", "PERMISSION_MISSING")):
        with pytest.raises(grpc.RpcError) as refused:
            assign(subject)
        assert reason(refused.value) == why
    with pytest.raises(grpc.RpcError) as refused:
        ended(attendance, everybody.name, "2026-02-02", head)
    assert reason(refused.value) == "ASSIGNMENT_NOT_FOUND"
    answer = attendance.policies.ListPatternAssignments(policies_pb2.ListPatternAssignmentsRequest(), metadata=head)
    assert [made.subject for made in answer.pattern_assignments] == [office.anna, office.shop, ""]


def test_others_learn_of_assignments(office: Office) -> None:
    made = office.attendance.assign(office.anna)

    answer = office.attendance.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=office.attendance.everything)
    assert [event.pattern_assigned.name for event in answer.events] == [made.name]


def test_without_an_assignment_the_sheet_is_refused_and_the_list_says_so_of_the_person(office: Office) -> None:
    attendance = office.attendance
    with pytest.raises(grpc.RpcError) as refused:
        attendance.sheet(office.anna, "2026-02")
    assert reason(refused.value) == "NO_POLICY"
    listed_sheet = attendance.unit_sheets(office.shop, "2026-02").sheets[0]
    assert (listed_sheet.fault.reason, listed_sheet.fault.clause, len(listed_sheet.days)) == ("NO_POLICY", "HRS-1", 0)


@pytest.mark.clause("HRS-1", "HRS-4")
def test_a_month_is_split_where_pattern_unit_and_site_change(office: Office) -> None:
    """To the 9th by the shop's week; from the 10th in the store at another site, by another week; till the 20th."""
    attendance, people = office.attendance, office.attendance.people
    store, site = people.unit("store").name, people.site("NY", "America/New_York", "NONE").name
    attendance.assign(office.shop, since="2026-02-03")
    attendance.assign(store, since="2026-01-01", segments=[{"hours": "09:00-17:00"}])
    moved = staff_pb2.Appointment(
        unit=store, site=site, start_date="2026-02-10", employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL
    )
    people.staff.AppointPerson(
        staff_pb2.AppointPersonRequest(name=office.anna, appointment=moved), metadata=people.everything
    )
    people.staff.EndEmployment(
        staff_pb2.EndEmploymentRequest(name=office.anna, last_date="2026-02-20"), metadata=people.everything
    )
    attendance.follow_people()

    sheet = attendance.sheet(office.anna, "2026-02")

    kinds = [day.kind for day in sheet.days]
    assert kinds[:2] == [sheets_pb2.DAY_KIND_UNSPECIFIED] * 2
    assert [half.start_time for half in sheet.days[2].halves] == ["2026-02-03 08:30", "2026-02-03 14:00"]
    assert [half.start_time for half in sheet.days[9].halves] == ["2026-02-10 09:00"]
    assert kinds[20:] == [sheets_pb2.DAY_KIND_NOT_EMPLOYED] * 8
    assert sheet.totals.planned_days == len([day for day in sheet.days if day.halves])


@pytest.mark.clause("HRS-3")
def test_holidays_are_off_and_on_make_up_days_everybody_works(office: Office) -> None:
    office.attendance.assign(office.shop, since="2026-01-01")

    days = office.attendance.sheet(office.anna, "2026-02").days
    assert days[16].kind == sheets_pb2.DAY_KIND_HOLIDAY
    assert (days[13].kind, days[13].clause) == (sheets_pb2.DAY_KIND_MAKE_UP_WORK, "HRS-3")
    assert days[7].kind == sheets_pb2.DAY_KIND_REST
