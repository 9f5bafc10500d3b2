"""A month of the rota copied into another: tried first, then published all or nothing; what has no place is named."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import rota_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import BY_ROTA, AttendanceService, attendance_service, cell
from tests.builders.closing import months_of
from tests.builders.leave import refusal
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office

NO_SUCH_DAY = rota_pb2.ROTA_LEFT_OUT_REASON_NO_SUCH_DAY
NOT_HERE = rota_pb2.ROTA_LEFT_OUT_REASON_NOT_HERE
PUBLISHED = rota_pb2.ROTA_LEFT_OUT_REASON_PUBLISHED
MONDAYS = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", shop, site, until="2026-05-10").name
    attendance.assign(company, since="2026-01-01", pattern=BY_ROTA)
    return shop, shop, store, anna, ben, cleo, site


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """Everybody rests by rota, five days a month."""
    with attendance_service(postgres, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


def copied(office: Office, to: str, *, dry: bool = False, since: str = "2026-03") -> rota_pb2.CopyRotaMonthResponse:
    request = rota_pb2.CopyRotaMonthRequest(parent=office.shop, from_month=since, to_month=to, validate_only=dry)
    return office.attendance.rota.CopyRotaMonth(request, metadata=office.attendance.everything)


def publish(office: Office, person: str, *days: str) -> None:
    office.attendance.publish(office.shop, *(cell(person, day, "rest") for day in days))


@pytest.mark.clause("HRS-2")
def test_a_dry_run_shows_what_would_be_published_and_leaves_nothing_and_the_copy_then_publishes_just_that(
    office: Office,
) -> None:
    """The second Monday comes to stand on the second Monday; May has no fifth one, June has."""
    publish(office, office.anna, *MONDAYS)

    tried = copied(office, "2026-05", dry=True)

    days = ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25"]
    assert [(one.person, one.work_date, one.code) for one in tried.rota_cells] == [
        (office.anna, day, "rest") for day in days
    ]
    assert [(one.rota_cell.work_date, one.reason) for one in tried.left_out] == [("2026-03-30", NO_SUCH_DAY)]
    assert (list(tried.faults), tried.published_count) == ([], 0)
    assert office.cells(office.shop, "2026-05") == []
    done = copied(office, "2026-05")
    assert (done.published_count, list(done.rota_cells)) == (4, list(tried.rota_cells))
    assert [day for _, day, _ in office.cells(office.shop, "2026-05")] == days
    assert copied(office, "2026-06").published_count == 5


@pytest.mark.clause("HRS-2")
def test_who_has_left_and_days_that_are_published_already_are_left_out_by_name(office: Office) -> None:
    publish(office, office.cleo, *MONDAYS[:2])
    publish(office, office.anna, *MONDAYS[:2])
    publish(office, office.anna, "2026-05-04")

    done = copied(office, "2026-05")

    assert [(one.rota_cell.employee_number, one.rota_cell.work_date, one.reason) for one in done.left_out] == [
        ("A-1", "2026-03-02", PUBLISHED),
        ("C-1", "2026-03-09", NOT_HERE),
    ]
    assert [(one.employee_number, one.work_date) for one in done.rota_cells] == [
        ("A-1", "2026-05-11"),
        ("C-1", "2026-05-04"),
    ]


@pytest.mark.clause("HRS-2", "HRS-7")
def test_a_dry_run_names_what_would_be_refused_and_the_copy_refuses_it_all_with_the_same_words(office: Office) -> None:
    """Anna's quota is lower from May on; on the make-up day of the twentieth of September everybody works."""
    publish(office, office.anna, *MONDAYS)
    publish(office, office.ben, "2026-03-15")
    office.attendance.assign(office.anna, since="2026-05-01", pattern=BY_ROTA, is_approved=True, rest_days=3)

    tried = copied(office, "2026-09", dry=True)

    refusal = refused_copy(office, "2026-09")
    assert [(one.field, one.reason, one.message.en, one.message.zh) for one in tried.faults] == [
        (one.field, one.reason, one.en, one.zh) for one in refusal.violations
    ]
    assert [(one.field, one.reason) for one in tried.faults] == [
        ("rota_cells[3].code", "ROTA_REST_NOT_GRANTED"),
        ("rota_cells[4].code", "ROTA_REST_NOT_GRANTED"),
    ]
    assert tried.rota_cells[4].work_date == "2026-09-20"
    assert office.cells(office.shop, "2026-09") == []


def refused_copy(office: Office, to: str) -> Refusal:
    with pytest.raises(grpc.RpcError) as error:
        copied(office, to)
    return refusal_from(error.value)


def test_a_month_is_not_copied_into_itself_and_a_head_copies_within_reach_alone(office: Office) -> None:
    with pytest.raises(grpc.RpcError) as error:
        copied(office, "2026-03")
    assert refusal_from(error.value).variables["field"] == "to_month"
    head = office.attendance.caller(Scope.SUBTREE, unit=office.store)
    request = rota_pb2.CopyRotaMonthRequest(parent=office.shop, from_month="2026-03", to_month="2026-05")
    with pytest.raises(grpc.RpcError) as beyond:
        office.attendance.rota.CopyRotaMonth(request, metadata=head)
    assert refusal_from(beyond.value).reason == "UNIT_NOT_FOUND"


def test_of_an_empty_month_nothing_is_copied(office: Office) -> None:
    done = copied(office, "2026-05")
    assert (done.published_count, list(done.rota_cells), list(done.left_out)) == (0, [], [])


@pytest.mark.clause("SHT-3", "HRS-1")
def test_nothing_is_copied_into_a_closed_month(postgres: Databases) -> None:
    with months_of(postgres) as months:
        attendance, shop = months.shop.attendance, months.shop.shop
        attendance.publish(shop, cell(months.shop.anna, "2026-01-06", "floating"))
        months.finish()
        request = rota_pb2.CopyRotaMonthRequest(parent=shop, from_month="2026-01", to_month="2026-02")

        told = refusal(attendance.rota.CopyRotaMonth, request, metadata=attendance.everything)

        assert (told.reason, told.clause, told.variables["month"]) == ("MONTH_CLOSED", "SHT-3", "2026-02")
        request.validate_only = True
        tried = attendance.rota.CopyRotaMonth(request, metadata=attendance.everything)
        assert [(one.employee_number, one.work_date) for one in tried.rota_cells] == [("A-1", "2026-02-03")]
