"""What a month is judged from, for whoever tries a pattern on real data: whole, and without saying whose it is."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import facts_pb2, facts_pb2_grpc, rota_pb2
from bylaw_chassis.caller import Scope
from bylaw_hooks import DayKind

from tests.builders.attendance import FIXED_WEEK
from tests.builders.people import reason
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, rota_office

MONTH = "2026-02"


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with rota_office(postgres) as found:
        yield found


def answered(office: Office, unit: str, *, caller: Any = None, **more: Any) -> facts_pb2.ListMonthFactsResponse:
    request = facts_pb2.ListMonthFactsRequest(parent=unit, month=MONTH, **more)
    stub = facts_pb2_grpc.FactsStub(office.attendance.channel)
    return stub.ListMonthFacts(request, metadata=caller or office.attendance.everything)


def test_facts_say_what_the_sheet_was_judged_from_and_what_came_of_it(office: Office) -> None:
    attendance = office.attendance
    for time in ("2026-02-02 09:07:00", "2026-02-02 17:00:00"):
        attendance.punch(office.anna, time)
    attendance.publish(office.shop, rota_pb2.RotaCell(person=office.anna, work_date="2026-02-03", code="rest"))
    sheet = attendance.sheet(office.anna, MONTH)

    page = answered(office, office.team)

    anna, ben = page.month_facts
    (stretch,) = anna.stretches
    days = page.calendars[stretch.calendar].days
    assert [day.work_date for day in days if day.inside] == [f"2026-02-{day:02}" for day in range(1, 29)]
    assert (days[0].work_date, days[0].inside) == ("2026-01-31", False)
    assert {day.cell for day in days} == {"", "rest"}
    assert {day.kind for day in days} <= {kind.value for kind in DayKind}
    assert len(anna.punches) == 2
    assert anna.totals == sheet.totals
    assert len(anna.halves) == sum(len(day.halves) for day in sheet.days)
    assert [half.verdict for half in anna.halves] == [half.verdict for day in sheet.days for half in day.halves]
    assert list(anna.shift_patterns) == ["shiftPatterns/rota@1"]
    assert ben.stretches[0].calendar != stretch.calendar


def test_nobody_is_named_in_them(office: Office) -> None:
    said = str(answered(office, office.shop))
    people = (office.anna, office.ben)
    assert not [known for known in (*people, "A-1", "B-1", "name") if known.removeprefix("people/") in said]


def test_pages_count_people_on(office: Office) -> None:
    first = answered(office, office.shop, page_size=1)
    second = answered(office, office.shop, page_size=1, page_token=first.next_page_token)
    assert [one.number for page in (first, second) for one in page.month_facts] == [1, 2]
    assert second.next_page_token == ""


def test_days_of_a_rota_that_names_a_pattern_are_a_stretch_that_an_assignment_would_not_decide(office: Office) -> None:
    cell = rota_pb2.RotaCell(person=office.anna, work_date="2026-02-10", shift_pattern=FIXED_WEEK)
    office.attendance.publish(office.shop, cell)
    office.attendance.assign(office.anna, since="2026-02-17", pattern=FIXED_WEEK)

    page = answered(office, office.team)

    stretches = page.month_facts[0].stretches
    inside = [[day.work_date for day in page.calendars[one.calendar].days if day.inside] for one in stretches]
    assert [(days[0], days[-1]) for days in inside] == [
        ("2026-02-01", "2026-02-09"),
        ("2026-02-10", "2026-02-10"),
        ("2026-02-11", "2026-02-28"),
    ]
    assert [one.rota_pattern for one in stretches] == ["", FIXED_WEEK, ""]


def test_whoever_cannot_be_judged_has_facts_and_the_reason(office: Office) -> None:
    people = office.attendance.people
    yard = people.unit("yard").name
    people.person("D-1", yard, office.site)
    office.attendance.follow_people()
    (alone,) = answered(office, yard).month_facts
    assert (alone.fault.reason, list(alone.halves), len(alone.stretches)) == ("NO_POLICY", [], 1)


def test_asking_for_facts_keeps_nothing(office: Office) -> None:
    answered(office, office.shop)
    with office.attendance.service.database.read() as connection:
        assert connection.execute(sa.text("select count(*) from sheets")).scalar() == 0


@pytest.mark.clause("SEC-1")
def test_facts_take_a_reach_over_everybody_and_a_unit_there_is(office: Office) -> None:
    caller = office.attendance.caller(Scope.SUBTREE, unit=office.shop)
    with pytest.raises(grpc.RpcError) as refused:
        answered(office, office.shop, caller=caller)
    assert reason(refused.value) == "PERMISSION_MISSING"
    with pytest.raises(grpc.RpcError) as refused:
        answered(office, "units/00000000-0000-7000-8000-000000000009")
    assert reason(refused.value) == "UNIT_NOT_FOUND"
