"""Whoever may change part of the organisation changes that part; the rest does not exist for them (SEC-1)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.organisation import appointment
from tests.builders.people import identifier, text
from tests.integration.people.conftest import Shop
from tests.integration.people.test_changes_in_time import refused

NOWHERE = "018f0000-0000-7000-8000-000000000000"


def calls(shop: Shop, unit: str, position: str, person: str) -> list[tuple[Callable[..., Any], Any, str]]:
    """Each call on a unit, a position and a person, with the reason for which it is refused."""
    organisation, people = shop.service.organisation, shop.service.staff
    day = {"effective_date": "2026-04-01"}
    wish = appointment(shop.sales.name, shop.site.name, "2026-04-01")
    return [
        (organisation.UpdateUnit, org.UpdateUnitRequest(unit=org.Unit(name=unit, title=text("X"))), "UNIT"),
        (organisation.CloseUnit, org.CloseUnitRequest(name=unit, last_date="2026-04-01"), "UNIT"),
        (organisation.WithdrawUnitChange, org.WithdrawUnitChangeRequest(name=unit, **day), "UNIT"),
        (organisation.ListUnitVersions, org.ListUnitVersionsRequest(parent=unit), "UNIT"),
        (organisation.ListHeadships, org.ListHeadshipsRequest(parent=unit), "UNIT"),
        (organisation.AppointHead, org.AppointHeadRequest(name=unit, head=shop.wang.name, **day), "UNIT"),
        (organisation.AppointDeputy, org.AppointDeputyRequest(name=unit, deputy=shop.wang.name, **day), "UNIT"),
        (organisation.EndHeadship, org.EndHeadshipRequest(name=unit, last_date="2026-04-01"), "UNIT"),
        (organisation.WithdrawHeadship, org.WithdrawHeadshipRequest(name=unit, **day), "UNIT"),
        (organisation.GetPosition, org.GetPositionRequest(name=position), "POSITION"),
        (organisation.ListPositionVersions, org.ListPositionVersionsRequest(parent=position), "POSITION"),
        (organisation.ClosePosition, org.ClosePositionRequest(name=position, last_date="2026-04-01"), "POSITION"),
        (organisation.WithdrawPositionChange, org.WithdrawPositionChangeRequest(name=position, **day), "POSITION"),
        (organisation.UpdatePosition, org.UpdatePositionRequest(position=org.Position(name=position)), "POSITION"),
        (people.UpdatePerson, staff.UpdatePersonRequest(person=staff.Person(name=person)), "PERSON"),
        (people.AppointPerson, staff.AppointPersonRequest(name=person, appointment=wish), "PERSON"),
        (people.RehirePerson, staff.RehirePersonRequest(name=person, appointment=wish), "PERSON"),
        (people.WithdrawAppointment, staff.WithdrawAppointmentRequest(name=person, start_date="2026-01-01"), "PERSON"),
        (people.GetQualifications, staff.GetQualificationsRequest(name=person), "PERSON"),
        (people.SetQualifications, staff.SetQualificationsRequest(name=person), "PERSON"),
        (
            people.ListRecordedQualifications,
            staff.ListRecordedQualificationsRequest(parent=person),
            "PERSON",
        ),
    ]


@pytest.mark.postgresql15
@pytest.mark.clause("SEC-1", "ORG-3")
def test_what_lies_beyond_is_refused_exactly_like_what_does_not_exist(shop: Shop) -> None:
    people = shop.service
    made = org.Position(code="KEEPER", title=text("Keeper"), unit=shop.stock.name)
    keeper = people.organisation.CreatePosition(org.CreatePositionRequest(position=made), metadata=people.everything)
    token = people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), known_permissions()))
    beyond = calls(shop, shop.stock.name, keeper.name, shop.qian.name)
    nowhere = calls(shop, f"units/{NOWHERE}", f"positions/{NOWHERE}", f"people/{NOWHERE}")
    for (call, request, kind), (_, other, _) in zip(beyond, nowhere, strict=True):
        answers = [refused(call, asked, metadata=token) for asked in (request, other)]
        assert answers == [f"{kind}_NOT_FOUND"] * 2, request.DESCRIPTOR.name


@pytest.mark.clause("SEC-1")
def test_sites_belong_to_everybody_and_only_who_may_everywhere_changes_them(shop: Shop) -> None:
    people = shop.service
    token = people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), known_permissions()))
    for call, request in (
        (people.organisation.UpdateSite, org.UpdateSiteRequest(site=org.Site(name=shop.site.name, calendar="NONE"))),
        (people.organisation.CloseSite, org.CloseSiteRequest(name=shop.site.name, last_date="2026-04-01")),
        (
            people.organisation.WithdrawSiteChange,
            org.WithdrawSiteChangeRequest(name=shop.site.name, effective_date="2026-04-01"),
        ),
    ):
        assert refused(call, request, metadata=token) == "PERMISSION_MISSING"


@pytest.mark.postgresql15
@pytest.mark.clause("SEC-1")
def test_what_was_recorded_is_shown_of_what_each_permission_lets_read_and_goes_with_a_position(shop: Shop) -> None:
    people, sales, stock = shop.service, identifier(shop.sales.name), identifier(shop.stock.name)
    wish = org.Position(code="KEEPER", title=text("Keeper"), unit=shop.sales.name, effective_date="2026-01-01")
    keeper = people.organisation.CreatePosition(
        org.CreatePositionRequest(position=wish), metadata=people.everything
    ).name
    moved = org.Position(name=keeper, unit=shop.stock.name, effective_date="2026-03-01")
    request = org.UpdatePositionRequest(position=moved, update_mask=FieldMask(paths=["unit"]))
    people.organisation.UpdatePosition(request, metadata=people.everything)

    def told(*grants: HeldGrant) -> set[str]:
        listed = org.ListChangesRequest(page_size=1000)
        found = people.organisation.ListChanges(listed, metadata=people.as_caller(*grants)).changes
        return {change.name for change in found}

    def held(unit: UUID, *names: str) -> HeldGrant:
        return HeldGrant(Scope.SUBTREE, unit, frozenset(f"people.{name}.read" for name in names))

    assert keeper in told(held(stock, "staff", "positions"))
    assert keeper not in told(held(sales, "staff", "positions", "units"))
    alone = told(held(sales, "staff"))
    assert shop.wang.name in alone
    assert shop.sales.name not in alone
    assert told(held(sales, "staff"), held(stock, "units")) == alone
    assert shop.stock.name in told(held(stock, "staff", "units"))
    assert shop.site.name not in told(held(stock, "staff", "units", "positions"))
    assert shop.site.name in told(held(stock, "staff", "sites"))
