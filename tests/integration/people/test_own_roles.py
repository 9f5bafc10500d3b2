"""Roles of the company's own: made of what their makers hold, changed for all who hold them (SEC-1, SEC-3)."""

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw_chassis.caller import HeldGrant, Scope
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.access import AccessCalls, Token, refusal
from tests.builders.people import identifier, text
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


def update(shop: Shop, role: access.Role, *paths: str, token: Token | None = None) -> access.Role:
    """Changes a role."""
    wish = access.UpdateRoleRequest(role=role, update_mask=FieldMask(paths=paths))
    return shop.service.access.UpdateRole(wish, metadata=token or AccessCalls(shop.service).admin())


def delete(shop: Shop, name: str) -> access.Role:
    """Takes a role away."""
    wish = access.DeleteRoleRequest(name=name)
    return shop.service.access.DeleteRole(wish, metadata=AccessCalls(shop.service).admin())


@pytest.mark.clause("SEC-1")
def test_a_role_gives_what_it_holds_and_what_it_is_changed_to(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    role = calls.role("stock-reader", "attendance.sheets.read")
    assert (role.etag, role.updated_by, role.shipped) == ("1", f"people/{people.administrator}", False)
    calls.give("stock-reader", person=shop.wang.name)
    assert calls.seen(people.signed_in("wang")) == ["wang"]
    before = calls.ended_below(shop.wang.name)
    role.permissions.append("people.staff.read")
    changed = update(shop, role, "permissions")
    assert (changed.etag, changed.title.zh) == ("2", "stock-reader")
    assert calls.ended_below(shop.wang.name) == before + 1
    assert len(calls.seen(people.signed_in("wang"))) > 1
    listed = people.access.ListRoles(access.ListRolesRequest(), metadata=calls.admin()).roles
    assert [one for one in listed if not one.shipped] == [changed]


@pytest.mark.clause("SEC-1")
def test_nobody_puts_into_a_role_what_they_do_not_hold_everywhere(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    making = frozenset({"people.roles.create", "people.roles.update", "people.sites.read"})
    part = HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), frozenset({"people.staff.read"}))
    token = people.as_caller(HeldGrant(Scope.COMPANY, None, making), part)
    for permission in ("people.staff.read", "people.grants.create"):
        assert refusal(lambda permission=permission: calls.role("mine", permission, token=token)) == "GRANT_BEYOND_OWN"
    role = calls.role("mine", "people.sites.read", token=token)
    more = access.Role(name=role.name, permissions=["people.sites.read", "people.staff.read"])
    assert refusal(lambda: update(shop, more, "permissions", token=token)) == "GRANT_BEYOND_OWN"
    below = people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), making))
    assert refusal(lambda: calls.role("other", "people.sites.read", token=below)) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1")
def test_nobody_adds_to_a_role_that_they_hold_themselves_now_or_later(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    role = calls.role("mine", "people.sites.read")
    calls.give("administrator", person=shop.wang.name, end_date="2026-03-31")
    calls.give("mine", person=shop.wang.name, start_date="2026-04-01")
    wang = people.signed_in("wang")
    more = access.Role(name=role.name, permissions=["people.sites.read", "people.staff.read"])
    assert refusal(lambda: update(shop, more, "permissions", token=wang)) == "GRANT_TO_SELF"
    assert update(shop, access.Role(name=role.name, title=text("Ours")), "title", token=wang).title.en == "Ours"
    assert update(shop, more, "permissions").etag == "3"


def test_names_permissions_and_versions_of_a_role_are_looked_at(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    for name in ("", "x", "Big", "9x", "a" * 41, "with space"):
        assert refusal(lambda name=name: calls.role(name, "people.sites.read")) == "FIELD_INVALID"
    for permission in ("people.sites.fly", "people.duties.declare", "\0"):
        assert refusal(lambda permission=permission: calls.role("fine", permission)) == "FIELD_INVALID"
    assert refusal(lambda: calls.role("fine")) == "FIELD_INVALID"
    assert refusal(lambda: calls.role("hr", "people.sites.read")) == "ROLE_NAME_TAKEN"
    role = calls.role("fine", "people.sites.read")
    assert refusal(lambda: calls.role("fine", "people.sites.read")) == "ROLE_NAME_TAKEN"
    assert refusal(lambda: update(shop, access.Role(name="roles/hr"), "title")) == "ROLE_SHIPPED"
    assert refusal(lambda: update(shop, access.Role(name="roles/none"), "title")) == "ROLE_NOT_FOUND"
    assert refusal(lambda: update(shop, role, "shipped")) == "FIELD_NOT_WRITABLE"
    assert refusal(lambda: update(shop, role, "wings")) == "FIELD_INVALID"
    update(shop, access.Role(name=role.name, permissions=["people.units.read"], etag="1"), "permissions")
    assert refusal(lambda: update(shop, role, "permissions")) == "ROLE_CHANGED"


@pytest.mark.clause("SEC-3")
def test_a_role_that_somebody_holds_stays_and_one_taken_away_leaves_its_name(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    role = calls.role("fine", "people.sites.read")
    grant = calls.give("fine", person=shop.wang.name, start_date="2026-04-01")
    assert refusal(lambda: delete(shop, role.name)) == "ROLE_IN_USE"
    calls.revoke(grant.name)
    delete(shop, role.name)
    assert refusal(lambda: calls.give("fine", person=shop.wang.name)) == "ROLE_NOT_FOUND"
    assert refusal(lambda: calls.role("fine", "people.sites.read")) == "ROLE_NAME_TAKEN"
    assert refusal(lambda: delete(shop, role.name)) == "ROLE_NOT_FOUND"
    assert refusal(lambda: delete(shop, "roles/hr")) == "ROLE_SHIPPED"
