"""The doctor of access, notices and duties: what nobody could have done through Bylaw is found and counted."""

import pytest
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.access import AccessCalls
from tests.builders.notices import Office, to
from tests.databases import Databases
from tests.integration.people.conftest import Shop
from tests.integration.people.test_doctor import found, tampered

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def lin(shop: Shop) -> staff.Person:
    """Lin from outside, let in until the end of March with a role as long."""
    calls = AccessCalls(shop.service)
    person = calls.hire("lin", shop.online.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    calls.permit(person.name, "2026-03-31")
    calls.give("warehouse-keeper", person=person.name)
    return person


@pytest.mark.clause("SEC-1")
def test_a_running_grant_to_a_position_that_there_is_not_is_found(shop: Shop, postgres: Databases) -> None:
    calls = AccessCalls(shop.service)
    calls.give("warehouse-keeper", position=calls.position("DESK", shop.sales.name).name)
    assert found(shop.service)["access"].holds
    tampered(
        postgres,
        shop.service,
        "alter table grants drop constraint grants_position_fkey",
        "update grants set position = gen_random_uuid() where position is not null",
    )
    assert not found(shop.service)["access"].holds
    assert "1 to nobody there is" in found(shop.service)["access"].seen.en


@pytest.mark.clause("SEC-2")
@pytest.mark.parametrize(
    "change",
    [
        "update grants set end_date = null where end_date is not null",
        "update grants set end_date = '2026-04-01' where end_date is not null",
        "update outside_accesses set ended_at = now()",
        "update outside_accesses set end_date = '2026-03-30'",
        "delete from outside_accesses",
    ],
)
def test_an_outsiders_grant_beyond_the_permission_is_found(
    shop: Shop, lin: staff.Person, postgres: Databases, change: str
) -> None:
    assert lin.name
    assert found(shop.service)["access"].holds
    tampered(postgres, shop.service, change)
    assert "1 to outsiders beyond their permission" in found(shop.service)["access"].seen.en


@pytest.mark.clause("SEC-2")
def test_whoever_becomes_an_outsider_later_keeps_a_grant_that_was_in_order(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    calls.give("warehouse-keeper", person=shop.wang.name)
    place = staff.Appointment(
        unit=shop.sales.name,
        site=shop.site.name,
        start_date="2026-02-01",
        employment_kind=staff.EMPLOYMENT_KIND_EXTERNAL,
    )
    wish = staff.AppointPersonRequest(name=shop.wang.name, appointment=place)
    shop.service.clock.pass_time(minutes=1)
    shop.service.staff.AppointPerson(wish, metadata=calls.all())
    assert found(shop.service)["access"].holds


@pytest.mark.clause("PLN-2")
def test_a_delivery_that_was_given_up_or_does_not_go_out_is_found(shop: Shop, postgres: Databases) -> None:
    office = Office(shop.service)
    office.send(shop.service.everything, to=to(unit=shop.company.name, with_subtree=True))
    assert found(shop.service, running=True)["deliveries"].holds
    made = (
        "insert into notice_deliveries (notice, person, channel, state, tries, due_at, last_error)"
        " select notice, person, 'mail', '%s', 9, added_at - interval '%s', 'refused'"
        " from notice_addressees order by person limit 1 offset %s"
    )
    tampered(postgres, shop.service, made % ("waiting", "2 hours", 0))
    assert found(shop.service)["deliveries"].holds
    assert not found(shop.service, running=True)["deliveries"].holds
    tampered(postgres, shop.service, "delete from notice_deliveries", made % ("given-up", "3 days", 0))
    assert found(shop.service, running=True)["deliveries"].holds
    tampered(postgres, shop.service, made % ("given-up", "1 day", 1))
    assert "1 were given up" in found(shop.service)["deliveries"].seen.en
    assert not found(shop.service)["deliveries"].holds


@pytest.mark.parametrize(
    "change",
    [
        "update duties set made_until = '2026-03-10'",
        "update duty_occurrences set due_at = '2026-02-01', escalated_at = null",
    ],
)
def test_duties_that_nobody_sees_to_are_found_where_the_service_runs(
    shop: Shop, postgres: Databases, change: str
) -> None:
    office = Office(shop.service)
    office.create(shop.service.everything, person=shop.wang.name)
    assert found(shop.service, running=True)["duties"].holds
    tampered(postgres, shop.service, change)
    assert found(shop.service)["duties"].holds
    assert not found(shop.service, running=True)["duties"].holds
