"""The keeper's position in a shop, and short forms that tests of duties share."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import duties_pb2 as messages
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.people import reason, text
from tests.integration.people.conftest import Shop


def refusal(call: Callable[[], Any]) -> str:
    """Why a call is refused."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


def dates(found: list[messages.DutyOccurrence]) -> list[str]:
    """Due dates, without their year."""
    return [due.due_date[5:] for due in found]


def keeper_of(shop: Shop, *people: staff.Person, since: str = "2026-03-02") -> org.Position:
    """The keeper's position in stock, held by some people."""
    service = shop.service
    made = org.Position(code="KEEPER", title=text("仓管员"), unit=shop.stock.name)
    keeper = service.organisation.CreatePosition(org.CreatePositionRequest(position=made), metadata=service.everything)
    for person in people:
        appoint(shop, person, since, position=keeper.name)
    return keeper


def appoint(shop: Shop, person: staff.Person, since: str, *, position: str = "") -> None:
    """Appoints somebody in stock from a date."""
    appointment = staff.Appointment(
        unit=shop.stock.name,
        position=position,
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date=since,
    )
    wish = staff.AppointPersonRequest(name=person.name, appointment=appointment)
    shop.service.staff.AppointPerson(wish, metadata=shop.service.everything)
