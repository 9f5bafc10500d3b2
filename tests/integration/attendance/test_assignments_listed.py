"""Finding an assignment: by whose it is, by a day it holds, and among the withdrawn."""

from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason


@dataclass
class Made:
    """Who follows what: everybody, the shop twice (once by mistake), Anna of the shop in two parts, and the store."""

    attendance: AttendanceService
    shop: str
    anna: str
    store: str
    names: dict[str, str]

    def found(self, caller: object = None, **wish: object) -> list[str]:
        """What a list shows, by the names of this company."""
        return [self.names[one.name] for one in self.attendance.assignments(caller, **wish)]


def made_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, shop, store = people.site().name, people.unit("shop").name, people.unit("store").name
    anna = people.person("A-1", shop, site).name
    assigned = {
        "everybody": attendance.assign(since="2026-01-01"),
        "mistake": attendance.assign(shop, since="2026-02-01", until="2026-02-28"),
        "first": attendance.assign(anna, since="2026-01-15"),
        "second": attendance.assign(anna, since="2026-02-15"),
        "store": attendance.assign(store, since="2026-03-01"),
    }
    attendance.withdraw(assigned["mistake"].name)
    assigned["shop"] = attendance.assign(shop, since="2026-02-10")
    return shop, anna, store, {one.name: name for name, one in assigned.items()}


BEGUN = {"made": made_in}


@pytest.fixture
def made(attendance: AttendanceService) -> Made:
    return Made(attendance, *attendance.filled)


def test_those_of_one_subject(made: Made) -> None:
    assert made.found(subject=made.anna) == ["second", "first"]
    assert made.found(subject=made.shop) == ["shop"]
    assert made.found(subject=made.shop, show_withdrawn=True) == ["shop", "mistake"]
    assert made.found(subject="organisation") == ["everybody"]
    assert made.found() == ["shop", "store", "second", "first", "everybody"]


def test_those_in_force_on_a_day(made: Made) -> None:
    assert made.found(running_on_date="2026-02-14") == ["shop", "first", "everybody"]
    assert made.found(running_on_date="2026-02-15") == ["shop", "second", "everybody"]
    assert made.found(running_on_date="2026-02-14", subject=made.anna) == ["first"]
    assert made.found(running_on_date="2026-02-05", show_withdrawn=True) == ["first", "mistake", "everybody"]
    assert made.found(running_on_date="2025-12-31") == []


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"subject": "people/00000000-0000-7000-8000-000000000009"}, "PERSON_NOT_FOUND"),
        ({"subject": "units/00000000-0000-7000-8000-000000000009"}, "UNIT_NOT_FOUND"),
        ({"subject": "sites/1"}, "FIELD_INVALID"),
        ({"running_on_date": "2026-02-30"}, "FIELD_INVALID"),
    ],
)
def test_a_wrong_question_is_refused(made: Made, wish: dict[str, str], why: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        made.found(**wish)
    assert reason(refused.value) == why


@pytest.mark.clause("SEC-1")
def test_a_head_finds_what_is_within_reach_and_what_everybody_follows(made: Made) -> None:
    head = made.attendance.caller(Scope.UNIT, unit=made.shop)

    assert made.found(head, show_withdrawn=True) == ["shop", "second", "first", "mistake", "everybody"]
    assert made.found(head, subject=made.anna) == ["second", "first"]
    assert made.found(head, subject="organisation") == ["everybody"]
    with pytest.raises(grpc.RpcError) as refused:
        made.found(head, subject=made.store)
    assert reason(refused.value) == "UNIT_NOT_FOUND"


def test_a_page_goes_on_with_the_question_it_began_with(made: Made) -> None:
    attendance = made.attendance
    request = policies_pb2.ListPatternAssignmentsRequest(subject=made.anna, page_size=1)
    first = attendance.policies.ListPatternAssignments(request, metadata=attendance.everything)
    request.page_token = first.next_page_token
    second = attendance.policies.ListPatternAssignments(request, metadata=attendance.everything)
    shown = [made.names[one.name] for page in (first, second) for one in page.pattern_assignments]
    assert (shown, second.next_page_token) == (["second", "first"], "")

    for other in ({"subject": made.shop}, {"running_on_date": "2026-02-14"}, {"show_withdrawn": True}):
        asked = policies_pb2.ListPatternAssignmentsRequest()
        asked.CopyFrom(request)
        asked.MergeFrom(policies_pb2.ListPatternAssignmentsRequest(**other))
        with pytest.raises(grpc.RpcError) as refused:
            attendance.policies.ListPatternAssignments(asked, metadata=attendance.everything)
        assert reason(refused.value) == "PAGE_TOKEN_INVALID"
