"""What roles hold, what somebody holds, and that nobody gives more (SEC-1, ORG-3)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from bylaw_chassis.caller import Caller, HeldGrant, Reach, Scope
from bylaw_people.permissions import known_calls, known_permissions, permissions
from bylaw_people.rules.access.granting import Place, covers, require_within
from bylaw_people.rules.access.refusals import GrantBeyondOwn
from bylaw_people.rules.access.roles import (
    DIRECTORY,
    FOR_SERVICES,
    HEADING,
    OF_SERVICES,
    OWN,
    SERVICE,
    roles,
    service_permissions,
)
from bylaw_people.use_cases.sign_in.create_service_session import SERVICES
from hypothesis import given
from hypothesis import strategies as st

KNOWN = known_permissions()
ROLES = roles(KNOWN)
TOP, SALES, TEAM, STOCK = (UUID(int=number) for number in range(1, 5))
PARENTS = {SALES: TOP, TEAM: SALES, STOCK: TOP}
HOMES = {UUID(int=100 + number): unit for number, unit in enumerate((TOP, SALES, TEAM, STOCK))}


def test_every_permission_of_a_role_is_one_that_a_contract_knows() -> None:
    for role in ROLES.values():
        assert role.permissions <= KNOWN, role.name
    assert SERVICE <= KNOWN
    assert OWN | DIRECTORY | HEADING <= KNOWN


def test_the_administrator_holds_everything_and_the_auditor_reads_without_feeds() -> None:
    assert ROLES["administrator"].permissions == KNOWN
    assert all(permission.endswith(".read") for permission in ROLES["auditor"].permissions)
    assert "people.feed.read" not in ROLES["auditor"].permissions


@pytest.mark.clause("SEC-1")
def test_what_is_for_services_is_in_no_role_that_people_are_given_but_the_administrators() -> None:
    assert {name for name, role in ROLES.items() if role.permissions & FOR_SERVICES} == {"administrator"}


@pytest.mark.clause("SEC-1", "ORD-1")
def test_orders_may_reserve_and_issue_in_inventory_and_every_other_service_only_what_all_may() -> None:
    assert OF_SERVICES.keys() <= SERVICES
    own = {service: service_permissions(service) - SERVICE for service in SERVICES}
    assert {service for service, permissions in own.items() if permissions} == {"orders"}
    assert own["orders"] <= KNOWN
    assert {name for name in own["orders"] if not name.endswith(".read")} == {
        "inventory.reservations.create",
        "inventory.stock.post",
    }
    assert {name.split(".")[0] for name in own["orders"]} == {"inventory"}


@pytest.mark.clause("SEC-1")
def test_the_contract_says_which_permissions_count_only_everywhere_and_which_no_role_of_the_company_holds() -> None:
    stated = permissions()
    assert stated.known - stated.givable == stated.services_only == {"people.duties.declare"}
    feeds = {name: rule for name, rule in known_calls().items() if ".Feed." in name}
    assert len(feeds) >= 4
    assert [name for name, rule in feeds.items() if not rule.everywhere] == []
    others = {
        "attendance.facts.read",
        "inventory.channels.set",
        "inventory.items.create",
        "inventory.items.import",
        "inventory.items.update",
        "inventory.pack_rules.set",
        "inventory.paper_rules.set",
        "inventory.reviews.hold",
        "inventory.reviews.read",
        "inventory.sheets.set_rule",
        "inventory.special_goods.set",
        "orders.claims.read",
        "orders.claims.reconcile",
        "orders.customers.erase",
        "orders.customers.export",
        "orders.erasures.read",
    }
    assert stated.everywhere == {rule.permission for rule in feeds.values()} | others


@pytest.mark.clause("SEC-1")
def test_only_auditors_and_administrators_read_audit_trails_and_grants() -> None:
    watched = {name for name in KNOWN if ".audit." in name} | {"people.grants.read"}
    assert {name for name, role in ROLES.items() if role.permissions & watched} == {"administrator", "auditor"}


@pytest.mark.clause("CUS-1")
def test_who_answers_customers_may_have_them_revealed_and_who_answers_for_their_data_sees_who_did() -> None:
    def holding(*names: str) -> set[str]:
        assert set(names) <= KNOWN
        return {name for name, role in ROLES.items() if role.permissions & set(names)}

    assert holding("orders.customers.reveal") == {"administrator", "customer-service"}
    assert holding("orders.customers.export", "orders.customers.erase") == {"administrator", "data-protection"}
    watching = {"administrator", "auditor", "data-protection", "operations-director"}
    assert holding("orders.erasures.read") == watching
    assert holding("orders.reveals.read") == watching | {"shop-manager"}
    assert not {"hr", "employee", "unit-head", "warehouse-keeper"} & holding("orders.customers.read")


@pytest.mark.clause("SEC-1")
def test_only_the_administrator_gives_ends_and_makes_roles() -> None:
    giving = {"people.grants.create", "people.grants.revoke"}
    giving |= {f"people.roles.{verb}" for verb in ("create", "update", "delete")}
    assert giving <= KNOWN
    assert {name for name, role in ROLES.items() if role.permissions & giving} == {"administrator"}


def test_human_resources_hold_whatever_an_employee_or_a_head_holds_and_no_grants() -> None:
    assert ROLES["hr"].permissions >= (OWN | DIRECTORY | HEADING) & KNOWN
    assert not any(permission.startswith("people.grants") for permission in ROLES["hr"].permissions)


def above(unit: UUID) -> frozenset[UUID]:
    found = {unit}
    while unit in PARENTS:
        unit = PARENTS[unit]
        found.add(unit)
    return frozenset(found)


def people_of(reach: Reach) -> set[UUID]:
    """Whom a reach takes in, one by one: what `covers` has to agree with."""
    return {
        person
        for person, home in HOMES.items()
        if reach.everyone or person == reach.own or home in reach.units or reach.subtrees & above(home)
    }


units = st.sampled_from([TOP, SALES, TEAM, STOCK])
reaches = st.builds(
    Reach,
    everyone=st.just(False),
    own=st.none() | st.sampled_from(list(HOMES)),
    units=st.frozensets(units, max_size=2),
    subtrees=st.frozensets(units, max_size=2),
)


def places() -> st.SearchStrategy[tuple[Place, Reach]]:
    """A place where a grant would count, and the reach that grant would give."""

    def place(scope: Scope, unit: UUID, person: UUID) -> tuple[Place, Reach]:
        if scope is Scope.SELF:
            home = HOMES[person]
            return Place(scope, person, home, above(home)), Reach(own=person)
        if scope is Scope.COMPANY:
            return Place(scope, person), Reach(everyone=True)
        kind = {"units": frozenset({unit})} if scope is Scope.UNIT else {"subtrees": frozenset({unit})}
        return Place(scope, person, unit, above(unit)), Reach(**kind)

    make: Callable[..., tuple[Place, Reach]] = place
    return st.builds(make, st.sampled_from(Scope), units, st.sampled_from(list(HOMES)))


@pytest.mark.clause("SEC-1")
@given(reaches, places())
def test_a_grant_that_is_covered_reaches_nobody_whom_its_giver_does_not_reach(
    own: Reach, wished: tuple[Place, Reach]
) -> None:
    place, given_reach = wished
    if covers(own, place):
        assert people_of(given_reach) <= people_of(own)


@pytest.mark.clause("SEC-1")
def test_each_permission_has_to_be_held_there() -> None:
    reach_of = Caller(grants=(HeldGrant(Scope.SUBTREE, SALES, frozenset({"a"})),)).reach
    place = Place(Scope.UNIT, UUID(int=102), TEAM, above(TEAM))
    require_within(reach_of, {"a"}, place)
    with pytest.raises(GrantBeyondOwn, match="b"):
        require_within(reach_of, {"a", "b"}, place)


@pytest.mark.clause("SEC-1")
def test_who_holds_something_in_one_unit_cannot_give_it_for_the_units_below() -> None:
    own = Reach(units=frozenset({SALES}))
    assert covers(own, Place(Scope.UNIT, UUID(int=101), SALES, above(SALES)))
    assert not covers(own, Place(Scope.SUBTREE, UUID(int=101), SALES, above(SALES)))
    assert not covers(Reach(own=UUID(int=101)), Place(Scope.SELF, UUID(int=101), SALES, above(SALES)))
