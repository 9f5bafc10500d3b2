"""How often a clause refused calls to people, per month and unit of who called."""

from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import rulebook_pb2 as rulebook
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.people import PeopleService, identifier, reason, text
from tests.integration.people.conftest import Shop

USE = frozenset({"people.clause_use.read"})
MARCH = "2026-03"


def refused(people: PeopleService, caller: Any, times: int = 1) -> None:
    """Somebody makes a unit, which they may not, by SEC-1."""
    wish = org.CreateUnitRequest(unit=org.Unit(code="X", title=text("X"), kind=org.UNIT_KIND_COMPANY))
    for _ in range(times):
        with pytest.raises(grpc.RpcError) as error:
            people.organisation.CreateUnit(wish, metadata=caller)
        assert reason(error.value) == "PERMISSION_MISSING"


def head(people: PeopleService, unit: str) -> Any:
    return people.as_caller(HeldGrant(Scope.SUBTREE, identifier(unit), USE))


def uses(people: PeopleService, caller: Any = None, **asked: Any) -> list[rulebook.ListClauseUseResponse]:
    request = rulebook.ListClauseUseRequest(**{"start_month": MARCH, **asked})
    metadata = caller or people.as_caller(HeldGrant(Scope.COMPANY, None, USE))
    return list(people.rulebook.ListClauseUse(request, metadata=metadata).uses)


def counts(shop: Shop, caller: Any = None, **asked: Any) -> dict[tuple[str, str], int]:
    """Refusals by month and code of the unit."""
    codes = {unit.name: unit.code for unit in (shop.company, shop.sales, shop.online, shop.stock)}
    found = uses(shop.service, caller, **asked)
    return {(use.month, codes.get(use.unit, "")): use.refusal_count for use in found if use.clause == "SEC-1"}


@pytest.mark.postgresql15
@pytest.mark.clause("SEC-1")
def test_each_refusal_by_a_clause_counts_in_the_unit_of_who_called(shop: Shop) -> None:
    people = shop.service
    refused(people, people.signed_in("wang"), 3)
    refused(people, people.signed_in("zhao"), 2)
    refused(people, people.as_caller(HeldGrant(Scope.SELF, None, USE)))
    assert counts(shop) == {(MARCH, ""): 1, (MARCH, "SALES"): 3, (MARCH, "ONLINE"): 2}
    assert {use.finding_count for use in uses(people)} == {0}
    assert uses(people, start_month="2026-02") == []


@pytest.mark.clause("SEC-1", "ORG-3")
def test_a_head_counts_in_the_units_below_and_learns_nothing_of_others(shop: Shop) -> None:
    people = shop.service
    refused(people, people.signed_in("wang"))
    alone = uses(people, head(people, shop.sales.name))
    refused(people, people.signed_in("qian"), 2)
    refused(people, people.as_caller(HeldGrant(Scope.SELF, None, USE)))
    assert uses(people, head(people, shop.sales.name)) == alone
    assert counts(shop, head(people, shop.company.name)) == {(MARCH, "SALES"): 1, (MARCH, "STOCK"): 2}
    assert counts(shop, parent=shop.stock.name) == {(MARCH, "STOCK"): 2}
    assert counts(shop, clause="ORG-1") == {}
    for unit in (shop.stock.name, "units/00000000-0000-7000-8000-000000000009"):
        with pytest.raises(grpc.RpcError) as error:
            uses(people, head(people, shop.sales.name), parent=unit)
        assert reason(error.value) == "UNIT_NOT_FOUND"


def test_the_head_of_a_unit_may_ask_and_a_member_may_not(shop: Shop) -> None:
    people = shop.service
    refused(people, people.signed_in("zhao"))
    assert counts(shop, people.signed_in("chen")) == {(MARCH, "ONLINE"): 1}
    with pytest.raises(grpc.RpcError) as error:
        uses(people, people.signed_in("wang"))
    assert reason(error.value) == "PERMISSION_MISSING"


def test_the_month_is_that_of_the_organisation_s_zone(shop: Shop) -> None:
    people = shop.service
    for instant in (datetime(2026, 3, 31, 15, 59, tzinfo=UTC), datetime(2026, 3, 31, 16, 1, tzinfo=UTC)):
        people.clock.now = instant
        refused(people, people.signed_in("wang"))
    assert counts(shop, end_month="2026-04") == {(MARCH, "SALES"): 1, ("2026-04", "SALES"): 1}
    assert counts(shop) == {(MARCH, "SALES"): 1}
