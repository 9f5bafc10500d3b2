"""Every permission that the contracts of the suite know, read from the `access` option of their calls."""

from functools import cache

from bylaw.attendance.v1 import audit_pb2 as attendance_audit
from bylaw.attendance.v1 import (
    calendar_pb2,
    closing_pb2,
    corrections_pb2,
    explanations_pb2,
    exports_pb2,
    facts_pb2,
    hours_pb2,
    leave_pb2,
    leave_policies_pb2,
    objections_pb2,
    overtime_pb2,
    photos_pb2,
    policies_pb2,
    punches_pb2,
    pushing_pb2,
    replays_pb2,
    rota_pb2,
    sheets_pb2,
    swaps_pb2,
)
from bylaw.attendance.v1 import feed_pb2 as attendance_feed
from bylaw.inventory.v1 import audit_pb2 as inventory_audit
from bylaw.inventory.v1 import (
    books_pb2,
    codes_pb2,
    deliveries_pb2,
    delivery_notes_pb2,
    goods_imports_pb2,
    goods_reviews_pb2,
    house_rounds_pb2,
    item_sheets_pb2,
    items_pb2,
    listings_pb2,
    pack_checks_pb2,
    papers_pb2,
    parcels_pb2,
    picking_pb2,
    posting_pb2,
    prices_pb2,
    put_away_pb2,
    reservations_pb2,
    returns_pb2,
    special_goods_pb2,
    stock_levels_pb2,
    stock_months_pb2,
    stock_pb2,
    stocktakes_pb2,
    visits_pb2,
    warehouses_pb2,
)
from bylaw.inventory.v1 import feed_pb2 as inventory_feed
from bylaw.orders.v1 import audit_pb2 as orders_audit
from bylaw.orders.v1 import (
    channels_pb2,
    customers_pb2,
    figures_pb2,
    order_checks_pb2,
    order_imports_pb2,
    order_merges_pb2,
    orders_pb2,
    reviews_pb2,
    service_policies_pb2,
    stock_claims_pb2,
    ticket_actions_pb2,
    tickets_pb2,
)
from bylaw.orders.v1 import feed_pb2 as orders_feed
from bylaw.orders.v1 import parcels_pb2 as order_parcels
from bylaw.people.v1 import (
    access_pb2,
    access_review_pb2,
    accounts_pb2,
    audit_pb2,
    decisions_pb2,
    duties_pb2,
    feed_pb2,
    notices_pb2,
    organisation_pb2,
    outsiders_pb2,
    rulebook_pb2,
    service_records_pb2,
    sign_in_pb2,
    staff_pb2,
)
from bylaw_chassis.access import AccessRule, access_rule

from bylaw_people.rules.access.permissions import Permissions

CONTRACT_FILES = (
    access_pb2,
    accounts_pb2,
    access_review_pb2,
    outsiders_pb2,
    audit_pb2,
    decisions_pb2,
    duties_pb2,
    notices_pb2,
    feed_pb2,
    organisation_pb2,
    rulebook_pb2,
    service_records_pb2,
    sign_in_pb2,
    staff_pb2,
    attendance_audit,
    attendance_feed,
    closing_pb2,
    objections_pb2,
    corrections_pb2,
    explanations_pb2,
    exports_pb2,
    facts_pb2,
    calendar_pb2,
    hours_pb2,
    overtime_pb2,
    leave_pb2,
    leave_policies_pb2,
    photos_pb2,
    policies_pb2,
    punches_pb2,
    pushing_pb2,
    replays_pb2,
    rota_pb2,
    swaps_pb2,
    sheets_pb2,
    inventory_audit,
    inventory_feed,
    items_pb2,
    reservations_pb2,
    stock_pb2,
    books_pb2,
    posting_pb2,
    stock_months_pb2,
    stocktakes_pb2,
    visits_pb2,
    house_rounds_pb2,
    stock_levels_pb2,
    warehouses_pb2,
    delivery_notes_pb2,
    deliveries_pb2,
    put_away_pb2,
    papers_pb2,
    special_goods_pb2,
    parcels_pb2,
    picking_pb2,
    pack_checks_pb2,
    returns_pb2,
    codes_pb2,
    goods_imports_pb2,
    goods_reviews_pb2,
    item_sheets_pb2,
    listings_pb2,
    prices_pb2,
    orders_audit,
    orders_feed,
    order_parcels,
    customers_pb2,
    figures_pb2,
    channels_pb2,
    order_checks_pb2,
    order_imports_pb2,
    order_merges_pb2,
    orders_pb2,
    stock_claims_pb2,
    reviews_pb2,
    service_policies_pb2,
    ticket_actions_pb2,
    tickets_pb2,
)


@cache
def known_permissions() -> frozenset[str]:
    """The permissions of all calls."""
    return frozenset(rule.permission for _, rule in _stated() if rule.permission)


@cache
def permissions() -> Permissions:
    """The permissions of all calls, with what their calls state of them."""
    rules = [rule for _, rule in _stated() if rule.permission]
    return Permissions(
        known_permissions(),
        frozenset(rule.permission for rule in rules if rule.everywhere),
        frozenset(rule.permission for rule in rules if rule.services_only),
    )


def known_calls() -> dict[str, AccessRule]:
    """Who may make each call, by its full name such as `bylaw.people.v1.Staff.GetPerson`."""
    return dict(_stated())


@cache
def _stated() -> tuple[tuple[str, AccessRule], ...]:
    services = (service for file in CONTRACT_FILES for service in file.DESCRIPTOR.services_by_name.values())
    return tuple((method.full_name, access_rule(method)) for service in services for method in service.methods)
