"""What a rota must not say: each faulty cell is named with its field, and none of its batch is published."""

from collections.abc import Iterator

import pytest
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import FIXED_WEEK, cell
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused, rota_office

NOBODY = "people/00000000-0000-7000-8000-000000000009"


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with rota_office(postgres) as made:
        yield made


@pytest.mark.parametrize(
    ("field", "value", "at", "why"),
    [
        ("person", NOBODY, "person", "PERSON_NOT_FOUND"),
        ("code", "x" * 33, "code", "FIELD_INVALID"),
        ("code", "a\nb", "code", "FIELD_INVALID"),
        ("work_date", "2025-12-31", "person", "PERSON_NOT_EMPLOYED"),
        ("work_date", "2026-02-04", "work_date", "FIELD_INVALID"),
        ("shift_pattern", "shiftPatterns/fixed-week@99", "shift_pattern", "POLICY_VERSION_GONE"),
    ],
)
def test_a_faulty_cell_is_named_with_its_field_and_none_of_the_batch_is_published(
    office: Office, field: str, value: str, at: str, why: str
) -> None:
    faulty = cell(office.anna, "2026-02-03", "rest")
    setattr(faulty, field, value)

    refusal = refused(office, cell(office.anna, "2026-02-04", "rest"), faulty)

    assert (refusal.reason, refusal.clause) == ("ROTA_REFUSED", "HRS-2")
    assert [(one.field, one.reason) for one in refusal.violations] == [(f"rota_cells[1].{at}", why)]
    assert office.cells(office.shop) == []


def test_every_faulty_cell_is_named_and_of_its_parameters_every_field(office: Office) -> None:
    wrong = {"sign_in_lead_minutes": "five", "colour": "red"}
    refusal = refused(
        office,
        cell(office.anna, "2026-02-03", pattern=FIXED_WEEK, **wrong),
        cell(office.cleo, "2026-02-03", "rest"),
        cell(office.ben, "2026-02-03", pattern=FIXED_WEEK, **wrong),
    )
    assert {(one.field, one.reason) for one in refusal.violations} == {
        ("rota_cells[0].parameters.sign_in_lead_minutes", "POLICY_PARAMETERS_INVALID"),
        ("rota_cells[0].parameters.colour", "POLICY_PARAMETERS_INVALID"),
        ("rota_cells[1].person", "PERSON_NOT_FOUND"),
        ("rota_cells[2].parameters.sign_in_lead_minutes", "POLICY_PARAMETERS_INVALID"),
        ("rota_cells[2].parameters.colour", "POLICY_PARAMETERS_INVALID"),
    }


def test_every_fault_of_a_publication_is_named_at_once_those_of_reading_and_those_of_the_rota(office: Office) -> None:
    wrong = cell("Anna", "2026-02-30", "", "week")
    refusal = refused(
        office,
        cell(office.anna, "2026-02-03", "rest"),
        cell(office.anna, "3 Feb", "rest", colour="red"),
        wrong,
        cell(office.cleo, "2026-02-03", "x" * 33, FIXED_WEEK, colour="red"),
        cell(NOBODY, "2026-02-03", pattern=FIXED_WEEK, colour="red"),
        cell(office.anna, "2026-02-03", pattern="shiftPatterns/fixed-week@99"),
    )

    assert [(one.field, one.reason) for one in refusal.violations] == [
        ("rota_cells[1].work_date", "FIELD_INVALID"),
        ("rota_cells[1].parameters", "FIELD_INVALID"),
        ("rota_cells[2].person", "FIELD_INVALID"),
        ("rota_cells[2].work_date", "FIELD_INVALID"),
        ("rota_cells[2].shift_pattern", "FIELD_INVALID"),
        ("rota_cells[3].code", "FIELD_INVALID"),
        ("rota_cells[4].person", "PERSON_NOT_FOUND"),
        ("rota_cells[4].parameters.colour", "POLICY_PARAMETERS_INVALID"),
        ("rota_cells[5].work_date", "FIELD_INVALID"),
        ("rota_cells[5].shift_pattern", "POLICY_VERSION_GONE"),
    ]
    assert (refusal.reason, refusal.variables["count"]) == ("ROTA_REFUSED", "10")
    assert office.cells(office.shop) == []


def test_parameters_of_no_pattern_are_a_fault_and_are_not_dropped(office: Office) -> None:
    refusal = refused(office, cell(office.anna, "2026-02-03", "rest", rest_days=6))

    (fault,) = refusal.violations
    assert (fault.field, fault.reason) == ("rota_cells[0].parameters", "FIELD_INVALID")
    assert fault.en == "belong to a shift pattern and the cell names none; name it, or leave them out"
    assert fault.zh == "参数属于某一班制，而本格未写明班制；请写明班制，或去掉参数"


def test_a_cell_before_somebody_was_hired_or_after_they_left_names_them_the_day_and_their_days(office: Office) -> None:
    people = office.attendance.people
    back = people.person("D-1", office.team, office.site, since="2026-02-05", until="2026-02-10").name
    again = staff_pb2.Appointment(
        unit=office.shop,
        site=office.site,
        start_date="2026-02-20",
        employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL,
    )
    people.staff.RehirePerson(staff_pb2.RehirePersonRequest(name=back, appointment=again), metadata=people.everything)

    refusal = refused(office, *(cell(back, f"2026-02-{day}", "rest") for day in ("04", "05", "10", "11", "20")))

    days = "days of employment: 2026-02-05 to 2026-02-10, since 2026-02-20."
    assert [(one.field, one.reason, one.en) for one in refusal.violations] == [
        ("rota_cells[0].person", "PERSON_NOT_EMPLOYED", f"D-1 is not employed on 2026-02-04; {days}"),
        ("rota_cells[3].person", "PERSON_NOT_EMPLOYED", f"D-1 is not employed on 2026-02-11; {days}"),
    ]
    assert refusal.violations[0].zh == (
        "D-1 在 2026-02-04 不在职；任职日期：2026-02-05 至 2026-02-10、2026-02-20 至 今后。"
    )


@pytest.mark.clause("SEC-1")
def test_of_somebody_who_never_worked_within_reach_a_head_hears_nothing(office: Office) -> None:
    head = office.attendance.caller(Scope.SUBTREE, unit=office.shop)
    (fault,) = refused(office, cell(office.cleo, "2025-12-31", "rest"), caller=head).violations
    assert (fault.reason, "C-1" in fault.en) == ("PERSON_NOT_FOUND", False)


@pytest.mark.parametrize(("field", "value"), [("person", "Anna"), ("work_date", "3 Feb"), ("shift_pattern", "week")])
def test_a_cell_that_cannot_be_read_is_refused_with_its_field(office: Office, field: str, value: str) -> None:
    faulty = cell(office.anna, "2026-02-03", "rest")
    setattr(faulty, field, value)
    refusal = refused(office, faulty)
    assert refusal.reason == "ROTA_REFUSED"
    assert [(one.field, one.reason) for one in refusal.violations] == [(f"rota_cells[0].{field}", "FIELD_INVALID")]


def test_more_cells_than_a_batch_takes_are_refused(office: Office) -> None:
    refusal = refused(office, *[cell(office.anna, "2026-02-03", "rest")] * 10_001)
    assert (refusal.reason, refusal.variables["limit"]) == ("BATCH_TOO_LARGE", "10000")


def test_nothing_is_published_of_no_cells(office: Office) -> None:
    assert office.attendance.publish(office.shop).published_count == 0
