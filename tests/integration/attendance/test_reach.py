"""Who sees whose punches and sheets: the reach of a grant over the tree, as a join (SEC-1)."""

from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import punches_pb2
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason

pytestmark = pytest.mark.clause("SEC-1")
MONTH = "2026-02"


@dataclass
class Company:
    """A company with a shop, the shop's team, and a store; one person in each of the three."""

    attendance: AttendanceService
    shop: str
    team: str
    store: str
    in_shop: str
    in_team: str
    in_store: str


def company_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, top = people.site().name, people.unit("co").name
    shop = people.unit("shop", parent=top).name
    team, store = people.unit("team", parent=shop).name, people.unit("store", parent=top).name
    persons = [people.person(number, unit, site).name for number, unit in (("1", shop), ("2", team), ("3", store))]
    attendance.assign(since="2026-01-01")
    return shop, team, store, *persons


BEGUN = {"company": company_in}


@pytest.fixture
def company(attendance: AttendanceService) -> Company:
    return Company(attendance, *attendance.filled)


def seen(company: Company, caller: object) -> set[str]:
    """Whose sheets a caller is shown; the others are not found, in the words used for nobody at all."""
    found = set()
    for name in (company.in_shop, company.in_team, company.in_store):
        try:
            company.attendance.sheet(name, MONTH, caller)
        except grpc.RpcError as error:
            refusal = refusal_from(error)
            assert refusal.reason == "PERSON_NOT_FOUND"
            assert refusal.message_en == f"There is no person “{name}” here; check the number."
        else:
            found.add(name)
    return found


def test_oneself_a_unit_a_subtree_and_everybody(company: Company) -> None:
    caller = company.attendance.caller

    assert seen(company, caller(Scope.SELF, person=company.in_team)) == {company.in_team}
    assert seen(company, caller(Scope.UNIT, unit=company.shop)) == {company.in_shop}
    assert seen(company, caller(Scope.SUBTREE, unit=company.shop)) == {company.in_shop, company.in_team}
    assert len(seen(company, caller(Scope.COMPANY))) == 3


def test_the_list_of_a_unit_holds_whom_the_reach_holds(company: Company) -> None:
    attendance = company.attendance

    head = attendance.caller(Scope.SUBTREE, unit=company.shop)
    assert [sheet.employee_number for sheet in attendance.unit_sheets(company.shop, MONTH, head).sheets] == ["1", "2"]
    lead = attendance.caller(Scope.UNIT, unit=company.team)
    assert [sheet.employee_number for sheet in attendance.unit_sheets(company.team, MONTH, lead).sheets] == ["2"]
    for unit in (company.store, "units/00000000-0000-7000-8000-000000000009"):
        with pytest.raises(grpc.RpcError) as refused:
            attendance.unit_sheets(unit, MONTH, head)
        assert reason(refused.value) == "UNIT_NOT_FOUND"


def test_somebody_who_moved_away_is_out_of_reach_in_the_months_after(company: Company) -> None:
    people, attendance = company.attendance.people, company.attendance
    moved = staff_pb2.Appointment(
        unit=company.store,
        start_date="2026-02-01",
        employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL,
        site=people.site("S2").name,
    )
    people.staff.AppointPerson(
        staff_pb2.AppointPersonRequest(name=company.in_shop, appointment=moved), metadata=people.everything
    )
    attendance.follow_people()

    head = attendance.caller(Scope.SUBTREE, unit=company.shop)
    assert attendance.sheet(company.in_shop, "2026-01", head)
    with pytest.raises(grpc.RpcError) as refused:
        attendance.sheet(company.in_shop, "2026-02", head)
    assert reason(refused.value) == "PERSON_NOT_FOUND"


def test_punches_are_recorded_and_listed_within_reach_only(company: Company) -> None:
    attendance = company.attendance
    own = attendance.caller(Scope.SELF, person=company.in_team)
    punch = punches_pb2.Punch(person=company.in_team, local_time="2026-02-02 08:20:00")
    attendance.punches.CreatePunch(punches_pb2.CreatePunchRequest(punch=punch), metadata=own)

    punch.person = company.in_shop
    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.CreatePunch(punches_pb2.CreatePunchRequest(punch=punch), metadata=own)
    assert reason(refused.value) == "PERSON_NOT_FOUND"
    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.ListPunches(punches_pb2.ListPunchesRequest(parent=company.in_shop), metadata=own)
    assert reason(refused.value) == "PERSON_NOT_FOUND"


def test_without_the_permission_nothing_is_shown(company: Company) -> None:
    caller = company.attendance.caller(Scope.COMPANY, permissions=frozenset({"attendance.punches.read"}))
    with pytest.raises(grpc.RpcError) as refused:
        company.attendance.sheet(company.in_shop, MONTH, caller)
    assert reason(refused.value) == "PERMISSION_MISSING"
