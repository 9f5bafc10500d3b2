"""What a rota must not say: each faulty cell is named with its field, and none of its batch is published."""

from collections.abc import Iterator

import pytest

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
        ("code", "", "code", "FIELD_INVALID"),
        ("work_date", "2025-12-31", "person", "PERSON_NOT_FOUND"),
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


@pytest.mark.parametrize(("field", "value"), [("person", "Anna"), ("work_date", "3 Feb"), ("shift_pattern", "week")])
def test_a_cell_that_cannot_be_read_is_refused_with_its_field(office: Office, field: str, value: str) -> None:
    faulty = cell(office.anna, "2026-02-03", "rest")
    setattr(faulty, field, value)
    refusal = refused(office, faulty)
    assert (refusal.reason, refusal.violations[0].field) == ("FIELD_INVALID", f"rota_cells[0].{field}")


def test_more_cells_than_a_batch_takes_are_refused(office: Office) -> None:
    refusal = refused(office, *[cell(office.anna, "2026-02-03", "rest")] * 10_001)
    assert (refusal.reason, refusal.variables["limit"]) == ("BATCH_TOO_LARGE", "10000")


def test_nothing_is_published_of_no_cells(office: Office) -> None:
    assert office.attendance.publish(office.shop).published_count == 0
