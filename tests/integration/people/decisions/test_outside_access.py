"""An outsider is let in by the decision of the head who answers for them, in one transaction (SEC-2)."""

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.status import refusal_from

from tests.builders.decisions import AGREED, WAITING, Department, refusal
from tests.builders.people import identifier

pytestmark = pytest.mark.postgresql15
DAYS = [
    messages.DecisionFact(key="start_date", value="2026-03-03"),
    messages.DecisionFact(key="end_date", value="2026-03-20"),
]


def outsider(acme: Department, unit: str) -> staff.Person:
    """Somebody from outside who works in a unit."""
    first = staff.Appointment(
        unit=acme.units[unit].name,
        site=acme.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_EXTERNAL,
        start_date="2026-01-01",
    )
    person = staff.Person(number=f"outside-{unit}", display_name="Vera", appointment=first)
    return acme.service.staff.CreatePerson(staff.CreatePersonRequest(person=person), metadata=acme.service.everything)


def permitted(acme: Department, person: staff.Person) -> list[tuple[object, ...]]:
    """The permissions of somebody: by whom, until when."""
    statement = sa.text("select permitted_by, end_date::text from outside_accesses where person = :person")
    with acme.service.service.database.read() as connection:
        return [tuple(row) for row in connection.execute(statement, {"person": identifier(person.name)})]


@pytest.mark.clause("SEC-2", "DEC-2")
def test_the_head_who_agrees_is_the_named_head_by_whose_permission_the_outsider_is_in(acme: Department) -> None:
    vera = outsider(acme, "SALES")
    decision = acme.ask("wang", "outside-access", subjects=[vera.name], facts=DAYS, text="shop pictures")
    assert permitted(acme, vera) == []
    assert acme.answer("chen", decision).state == AGREED
    assert permitted(acme, vera) == [(identifier(acme.name("chen")), "2026-03-20")]


@pytest.mark.clause("SEC-2")
def test_a_head_does_not_let_in_whom_they_do_not_reach_and_then_nothing_is_decided(acme: Department) -> None:
    vera = outsider(acme, "STOCK")
    decision = acme.ask("wang", "outside-access", subjects=[vera.name], facts=DAYS, text="shop pictures")
    assert refusal(lambda: acme.answer("chen", decision)) == "PERSON_NOT_FOUND"
    seen = acme.see("wang", decision)
    assert (seen.state, len(seen.answers), permitted(acme, vera)) == (WAITING, 0, [])


@pytest.mark.clause("SEC-2")
def test_a_request_says_who_from_when_to_when_and_why(acme: Department) -> None:
    vera = outsider(acme, "SALES")
    for wrong in (
        {"subjects": [], "facts": DAYS, "text": "x"},
        {"subjects": ["units/1"], "facts": DAYS, "text": "x"},
        {"subjects": [vera.name], "facts": DAYS[:1], "text": "x"},
        {"subjects": [vera.name], "facts": DAYS, "text": " "},
    ):
        assert refusal(lambda w=wrong: acme.ask("wang", "outside-access", **w)) == "FIELD_INVALID"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"start_date": "2026-03-02"}, "decision.facts"),
        ({"start_date": "2026-03-02", "end_date": "soon"}, "decision.facts[1].value"),
        ({"start_date": "2026-03-02", "Note": "x"}, "decision.facts[1].key"),
        ({"start_date": "2026-03-02", "note": "x" * 501}, "decision.facts[1].value"),
    ],
)
def test_a_fact_at_fault_is_named_by_its_place(acme: Department, facts: dict[str, str], field: str) -> None:
    vera = outsider(acme, "SALES")
    said = [messages.DecisionFact(key=key, value=value) for key, value in facts.items()]
    with pytest.raises(grpc.RpcError) as refused:
        acme.ask("wang", "outside-access", subjects=[vera.name], facts=said, text="x")
    assert [each.field for each in refusal_from(refused.value).violations] == [field]
