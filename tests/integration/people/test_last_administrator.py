"""Somebody always is left who can give every role everywhere, whoever is quicker (SEC-1)."""

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import access_pb2 as access

from tests.builders.access import AccessCalls, refusal
from tests.integration.people.conftest import Shop
from tests.integration.people.test_races import at_once

pytestmark = pytest.mark.postgresql15


def own_grant(shop: Shop) -> str:
    """The grant of the installation's first account."""
    listed = shop.service.access.ListGrants(
        access.ListGrantsRequest(person=f"people/{shop.service.administrator}"), metadata=shop.service.everything
    )
    return listed.grants[0].name


@pytest.mark.clause("SEC-1")
def test_the_last_administrator_revokes_nobody_of_that_kind_not_even_themselves(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    assert refusal(lambda: calls.revoke(own_grant(shop))) == "LAST_ADMINISTRATOR"
    second = calls.give("administrator", person=shop.wang.name)
    calls.revoke(own_grant(shop))
    wang = shop.service.signed_in("wang")
    assert refusal(lambda: calls.revoke(second.name, wang)) == "LAST_ADMINISTRATOR"


@pytest.mark.clause("SEC-1")
def test_administrators_of_one_unit_or_for_a_time_or_from_outside_are_none_that_could_be_left(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    calls.give("administrator", person=shop.wang.name, scope=access.SCOPE_SUBTREE, unit=shop.company.name)
    calls.give("administrator", person=shop.zhao.name, end_date="2026-12-31")
    assert refusal(lambda: calls.revoke(own_grant(shop))) == "LAST_ADMINISTRATOR"
    for_good = calls.position("ROOT", shop.sales.name)
    calls.give("administrator", position=for_good.name)
    assert refusal(lambda: calls.revoke(own_grant(shop))) == "LAST_ADMINISTRATOR"


@pytest.mark.clause("SEC-1")
def test_of_two_administrators_who_revoke_each_other_at_once_one_is_left(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    grants = {who: calls.give("administrator", person=person.name) for who, person in people_of(shop).items()}
    calls.revoke(own_grant(shop))
    tokens = {who: shop.service.signed_in(who) for who in grants}
    answers = at_once(
        lambda: calls.revoke(grants["zhao"].name, tokens["wang"]),
        lambda: calls.revoke(grants["wang"].name, tokens["zhao"]),
    )
    assert sum(1 for answer in answers if answer == "LAST_ADMINISTRATOR") == 1
    with shop.service.service.database.read() as connection:
        left = connection.execute(
            sa.text("select count(*) from grants where role = 'administrator' and ended_at is null")
        )
        assert left.scalar_one() == 1


def people_of(shop: Shop) -> dict[str, object]:
    """Two who are made administrators."""
    return {"wang": shop.wang, "zhao": shop.zhao}
