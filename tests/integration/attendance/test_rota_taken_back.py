"""Cells of the rota taken back with those that come in their place; a publication that is only tried (HRS-2, HRS-7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from bylaw.attendance.v1 import rota_pb2

from tests.builders.attendance import BY_ROTA, AttendanceService, attendance_service, cell
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused
from tests.integration.attendance.test_rota_notice import day, told

RESTS = ("2026-03-01", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23")


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", store, site).name
    attendance.assign(company, since="2026-01-01", pattern=BY_ROTA)
    attendance.publish(shop, *(cell(anna, day, "rest") for day in RESTS))
    return shop, shop, store, anna, ben, cleo, site


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """The shop rests by rota, five days a month; Anna's March is published and uses them up."""
    with attendance_service(postgres, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


def rests(office: Office) -> list[str]:
    return [day for _, day, _ in office.cells(office.anna, "2026-03")]


def tried(office: Office, *cells: Any) -> rota_pb2.PublishRotaCellsResponse:
    """What would become of cells that are not published."""
    request = rota_pb2.PublishRotaCellsRequest(parent=office.shop, rota_cells=cells, validate_only=True)
    return office.attendance.rota.PublishRotaCells(request, metadata=office.attendance.everything)


def moved(office: Office) -> list[Any]:
    return [cell(office.anna, "2026-03-24", "rest"), cell(office.anna, "2026-03-23")]


@pytest.mark.clause("HRS-2", "HRS-7")
def test_a_day_of_rest_moves_in_one_request_and_what_it_comes_to_is_held_to_the_quota(office: Office) -> None:
    beyond = refused(office, moved(office)[0])
    assert [one.reason for one in beyond.violations] == ["ROTA_REST_NOT_GRANTED"]
    done = office.attendance.publish(office.shop, *moved(office))
    assert (done.published_count, done.taken_back_count, done.unchanged_count) == (1, 1, 0)
    assert rests(office) == [*RESTS[:4], "2026-03-24"]
    again = office.attendance.publish(office.shop, *moved(office))
    assert (again.published_count, again.taken_back_count, again.unchanged_count) == (0, 0, 2), "nothing is there"


@pytest.mark.clause("HRS-7")
def test_a_day_of_rest_taken_back_that_leaves_its_week_without_any_is_refused_whole(office: Office) -> None:
    found = refused(office, cell(office.anna, RESTS[4]), cell(office.anna, "2026-03-10", "rest"))
    (fault,) = found.violations
    assert (fault.reason, found.clause) == ("ROTA_WEEK_WITHOUT_REST", "HRS-7")
    assert "2026-03-23 to 2026-03-29" in fault.en
    assert rests(office) == list(RESTS)


@pytest.mark.clause("HRS-2")
def test_what_takes_a_cell_back_is_checked_like_any_other(office: Office) -> None:
    found = refused(
        office,
        cell(office.cleo, "2026-03-02"),
        cell(office.anna, RESTS[0]),
        cell(office.anna, RESTS[0], "rest"),
        cell(office.ben, "2026-03-02", frog=1),
    )
    assert [(one.field, one.reason) for one in found.violations] == [
        ("rota_cells[0].person", "PERSON_NOT_FOUND"),
        ("rota_cells[2].work_date", "FIELD_INVALID"),
        ("rota_cells[3].parameters", "FIELD_INVALID"),
    ]
    assert rests(office) == list(RESTS)


@pytest.mark.clause("HRS-2", "HRS-7")
def test_a_publication_that_is_only_tried_says_what_it_would_change_and_stores_nothing(office: Office) -> None:
    same = cell(office.anna, RESTS[0], "rest")
    found = tried(office, *moved(office), same)
    assert (found.published_count, found.taken_back_count, found.unchanged_count) == (1, 1, 1)
    assert [(one.employee_number, one.work_date, one.code) for one in found.changed_cells] == [
        ("A-1", "2026-03-24", "rest"),
        ("A-1", "2026-03-23", ""),
    ]
    assert list(found.faults) == []
    assert rests(office) == list(RESTS)

    refused_so = tried(office, cell(office.anna, "2026-03-24", "rest"), cell(office.anna, "March", "rest"))
    assert [(one.field, one.reason) for one in refused_so.faults] == [
        ("rota_cells[0].code", "ROTA_REST_NOT_GRANTED"),
        ("rota_cells[1].work_date", "FIELD_INVALID"),
    ]
    assert refused_so.faults[0].message.zh
    assert rests(office) == list(RESTS)
    done = office.attendance.publish(office.shop, *moved(office), same)
    assert list(done.changed_cells) == [], "what is published is read where it is"


@pytest.mark.clause("HRS-2", "PLN-2")
def test_what_is_taken_back_at_short_notice_is_told_and_what_is_only_tried_is_not(office: Office) -> None:
    soon, later = day(office, 1), day(office, 9)
    office.attendance.publish(office.shop, cell(office.ben, soon, "rest"), cell(office.ben, later, "rest"))
    before = len(told(office, office.ben))

    gone = cell(office.ben, soon), cell(office.ben, later)
    found = tried(office, *gone)
    assert (found.taken_back_count, found.short_notice_count) == (2, 1)
    assert [one.short_notice for one in found.changed_cells] == [True, False]
    assert len(told(office, office.ben)) == before

    done = office.attendance.publish(office.shop, *gone)
    assert (done.taken_back_count, done.short_notice_count) == (2, 1)
    assert len(told(office, office.ben)) == before + 1
