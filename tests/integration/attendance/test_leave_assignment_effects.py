"""An assignment of a leave policy is tried before it is made: whose entitlements change, and by how much."""

from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import leave_policies_pb2 as leave
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.leave_policies import STATUTORY, assign_leave, leave_assignments, stub_of
from tests.builders.people import reason
from tests.builders.service_records import served


def shop_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, company = people.site(), people.unit("company")
    shop, store = (people.unit(code, parent=company.name).name for code in ("shop", "store"))
    for number, unit, since in (("A-1", shop, "2014-03-01"), ("B-2", shop, "2023-06-01"), ("C-3", store, "2014-01-01")):
        served(people, people.person(number, unit, site.name).name, since)
    attendance.follow_people()
    return shop


BEGUN = {"shop": shop_in}


@pytest.fixture
def shop(attendance: AttendanceService) -> str:
    """Anna has served for eleven years, Bela for two; Cleo works in the store."""
    found: str = attendance.filled
    return found


def tried(attendance: AttendanceService, caller: Any = None, **more: Any) -> leave.ListLeaveAssignmentEffectsResponse:
    wish = {"leave_policy": STATUTORY, "start_date": "2026-01-01", **more}
    request = leave.ListLeaveAssignmentEffectsRequest(**wish)
    answer: leave.ListLeaveAssignmentEffectsResponse = stub_of(attendance).ListLeaveAssignmentEffects(
        request, metadata=caller or attendance.everything
    )
    return answer


def told(answer: leave.ListLeaveAssignmentEffectsResponse) -> list[tuple[str, str, str, str]]:
    return [(one.employee_number, one.balance, one.before, one.after) for one in answer.effects]


def refused(attendance: AttendanceService, **more: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        tried(attendance, **more)
    return reason(error.value)


@pytest.mark.clause("LVE-1")
@pytest.mark.postgresql15
def test_whoever_would_be_given_something_else_is_named_with_both_sums_and_nothing_is_kept(
    attendance: AttendanceService, shop: str
) -> None:
    more = '{"annual_days_from_10_years": 12}'
    answer = tried(attendance, parameters=more)
    assert told(answer) == [("A-1", "annual", "10", "12"), ("C-3", "annual", "10", "12")]
    assert (answer.looked_at_count, answer.next_page_token) == (3, "")
    assert told(tried(attendance, subject=shop, parameters=more)) == [("A-1", "annual", "10", "12")]
    assert told(tried(attendance, subject=shop)) == []
    assert len(leave_assignments(attendance)) == 1


@pytest.mark.clause("LVE-1")
def test_what_it_says_is_what_is_given_once_it_is_assigned(attendance: AttendanceService, shop: str) -> None:
    wish = {"subject": shop, "start_date": "2026-07-01"}
    floating = told(tried(attendance, parameters='{"floating_days_a_month": 0}', **wish))
    assert floating == [("A-1", "floating", "12", "6"), ("B-2", "floating", "12", "6")]
    assign_leave(attendance, shop, "2026-07-01", policy=STATUTORY, floating_days_a_month=0)
    back = told(tried(attendance, subject=shop, start_date="2026-07-02"))
    assert back == [("A-1", "floating", "6", "11"), ("B-2", "floating", "6", "11")]


@pytest.mark.usefixtures("shop")
def test_people_are_looked_at_page_by_page(attendance: AttendanceService) -> None:
    more: dict[str, Any] = {"parameters": '{"annual_days_from_10_years": 12}', "page_size": 1}
    pages = [tried(attendance, **more)]
    while pages[-1].next_page_token:
        pages.append(tried(attendance, page_token=pages[-1].next_page_token, **more))
    assert [told(page) for page in pages] == [
        [("A-1", "annual", "10", "12")],
        [],
        [("C-3", "annual", "10", "12")],
    ]
    assert {page.looked_at_count for page in pages} == {1}


def test_whoever_is_out_of_reach_is_not_looked_at(attendance: AttendanceService, shop: str) -> None:
    head = attendance.caller(Scope.SUBTREE, unit=shop)
    answer = tried(attendance, head, subject=shop, parameters='{"annual_days_from_10_years": 12}')
    assert (told(answer), answer.looked_at_count) == ([("A-1", "annual", "10", "12")], 2)
    assert refused(attendance, caller=head) == "PERMISSION_MISSING"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"parameters": "{"}, "FIELD_INVALID"),
        ({"parameters": "[]"}, "FIELD_INVALID"),
        ({"parameters": '{"marriage_days": 1}'}, "LEAVE_PARAMETERS_INVALID"),
        ({"leave_policy": "leavePolicies/none@1"}, "LEAVE_POLICY_GONE"),
        ({"year": 2025}, "FIELD_INVALID"),
        ({"year": -1}, "FIELD_INVALID"),
        ({"end_date": "2026-12-31", "year": 2027}, "FIELD_INVALID"),
        ({"start_date": "1999-12-31", "year": 2026}, "LEAVE_ASSIGNMENT_OVERLAPS"),
        ({"page_token": "x"}, "PAGE_TOKEN_INVALID"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_what_could_not_be_assigned_is_not_tried(attendance: AttendanceService, more: dict[str, Any], why: str) -> None:
    assert refused(attendance, **more) == why
