"""A head of one department neither reads, changes nor infers what is another's, by any call (SEC-1, ORG-3)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import grpc
import pytest
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions

from tests.builders.access import Token
from tests.builders.people import identifier
from tests.integration.access.conftest import Department
from tests.integration.access.sound_requests import filled, naming, places, sound
from tests.integration.order_lists import sold_by
from tests.integration.stock_lists import kept_by

NOTHING = "018f0000-0000-7000-8000-000000000000"
PUBLIC_BY_NATURE = {"positions", "sites"}
"""Everybody who is employed sees all of them: what they are called is no secret."""


NOT_READ = {("people.Staff.CreatePerson", "person.head"), ("orders.Customers.RevealRecipient", "ticket")}
"""What is shown, or kept as it was said and not looked up: the request does what it does without it, and not twice."""

GIVEN_BY_WHO_ASKS = {("inventory.Reservations.ReleaseStockReservation", "name")}
"""An id that its maker drew and nobody else knows: a release of one never heard of is kept, of another's it is not."""


def known(department: Department, person: staff.Person, unit: str, tag: str) -> dict[str, str]:
    """One resource of each kind that has to do with somebody in a unit."""
    access, site = department.suite.access, department.site.name
    position = access.position(f"POST-{tag}", unit)
    outsider = access.hire(f"outsider-{tag}", unit, site, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    return {
        "people": person.name,
        "units": unit,
        "grants": access.give("finance", access.all(), person=person.name).name,
        "outsideAccesses": access.permit(outsider.name, "2026-03-31").name,
        "positions": position.name,
        "sites": site,
        "roles": "roles/finance",
        **kept_by(department.suite.inventory, unit, site, f"W-{tag}"),
        **sold_by(department.suite.orders, unit, f"C-{tag}"),
    }


@pytest.fixture(scope="module")
def own(department: Department) -> dict[str, str]:
    """What is the head's own."""
    return known(department, department.colleague, department.own.name, "own")


@pytest.fixture(scope="module")
def hidden(department: Department) -> dict[str, str]:
    """What is the other department's."""
    return known(department, department.stranger, department.other.name, "other")


@pytest.fixture
def head(department: Department) -> Token:
    """The head, with every permission there is, within the department."""
    held = HeldGrant(Scope.SUBTREE, identifier(department.own.name), known_permissions())
    return department.suite.token(held, person=identifier(department.head.name))


def told(department: Department, call: str, request: Any, token: Token) -> bytes:
    """All that a caller is told: the answer or the refusal, byte by byte."""
    try:
        answer = department.suite.ask(call, request, token)
    except grpc.RpcError as error:
        refused = refusal_from(error)
        return getattr(refused, "status", refused.args[0]).SerializeToString(deterministic=True)
    parts = answer if isinstance(answer, list) else [answer]
    return b"".join(part.SerializeToString(deterministic=True) for part in parts)


@pytest.mark.clause("SEC-1", "ORG-3")
def test_a_call_that_names_what_is_hidden_is_told_what_it_is_told_of_nothing(
    department: Department, own: Mapping[str, str], hidden: Mapping[str, str], head: Token
) -> None:
    looked_at, different = set(), []
    kinds = {kind: name for kind, name in hidden.items() if kind not in PUBLIC_BY_NATURE | {"roles"}}
    for call, (method, _) in department.suite.calls.items():
        request = sound(method.request_class.DESCRIPTOR, own)
        for path, collection, behind in places(request, kinds):
            if (call, path) in NOT_READ | GIVEN_BY_WHO_ASKS:
                continue
            nothing = f"{collection}/{NOTHING}"
            there = naming(request, path, filled(kinds[collection], behind))
            nowhere = naming(request, path, filled(nothing, behind))
            answers = [told(department, call, asked, head) for asked in (there, nowhere)]
            answers[0] = answers[0].replace(kinds[collection].encode(), nothing.encode())
            looked_at.add(call)
            if answers[0] != answers[1]:
                different.append((call, path, answers))
    assert different == []
    assert len(looked_at) > 50
    assert {"people.Staff.GetPerson", "people.Access.CreateGrant", "attendance.Sheets.GetSheet"} <= looked_at
    assert {"inventory.Warehouses.GetWarehouse", "inventory.Stock.ReverseStockMovement"} <= looked_at
    assert {"orders.Channels.UpdateChannel", "orders.Orders.CancelOrder"} <= looked_at


@pytest.mark.clause("SEC-1", "ORG-3")
def test_lists_pages_counts_and_errors_are_those_of_a_world_without_the_other_department(
    department: Department, own: Mapping[str, str], head: Token
) -> None:
    reading = [call for call in department.suite.calls if call.rpartition(".")[2].startswith(("Get", "List", "Why"))]

    def answers() -> dict[str, bytes]:
        found = {}
        for call in reading:
            request = sound(department.suite.calls[call][0].request_class.DESCRIPTOR, own)
            found[call] = told(department, call, request, head)
            bare = department.suite.calls[call][0].request_class()
            found[f"{call} bare"] = told(department, call, bare, head)
        return found

    department.suite.follow_people()
    before = answers()
    known(department, department.stranger, department.other.name, "later")
    more = department.suite.access.hire("later", department.other.name, department.site.name)
    department.suite.attendance.people.head(department.other.name, more.name)
    department.suite.follow_people()
    after = answers()
    assert [call for call, answer in after.items() if answer != before[call]] == []
    assert len(reading) > 30
    seen = after["people.Staff.ListPeople bare"]
    assert identifier(department.colleague.name) in _ids(seen)
    assert identifier(department.stranger.name) not in _ids(seen)


def _ids(answer: bytes) -> set[UUID]:
    people = staff.ListPeopleResponse.FromString(answer).people
    return {identifier(person.name) for person in people}
