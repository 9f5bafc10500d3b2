"""Calls about reservations."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import reservations_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.reservations import result_messages
from bylaw_inventory.messages.stock import reservation_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS, Reservation
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.reserving.reservation_forms import (
    marks_asked,
    names_asked,
    releases_asked,
    reservation_asked,
    reservations_asked,
)
from bylaw_inventory.use_cases.reserving.reserve import Reserve
from bylaw_inventory.use_cases.reserving.reserve_many import ReserveMany

CREATE, READ = "inventory.reservations.create", "inventory.reservations.read"


@dataclass(frozen=True, slots=True)
class ReservationCalls:
    """CreateStockReservation, Confirm, Release, each for one and for many, BatchMark, Get and List."""

    reserve: Reserve
    many: ReserveMany
    tokens: PageTokens

    def CreateStockReservation(self, request: Any, call: Call) -> Any:  # noqa: N802
        asked = reservation_asked(request.stock_reservation)
        return reservation_message(self.reserve.create(asked, call.caller, call.caller.reach(CREATE)))

    def ConfirmStockReservation(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, RESERVATIONS)
        return reservation_message(self.reserve.confirm(identifier, call.caller.reach(CREATE)))

    def ReleaseStockReservation(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, RESERVATIONS)
        warehouse = optional_id(request.warehouse, WAREHOUSES, field="warehouse")
        reach = call.caller.reach(CREATE)
        return reservation_message(self.reserve.release(identifier, warehouse, call.caller, reach))

    def BatchCreateStockReservations(self, request: Any, call: Call) -> Any:  # noqa: N802
        asked = reservations_asked(request.stock_reservations)
        done = self.many.create(asked, call.caller, call.caller.reach(CREATE))
        names = (wished.name for wished in request.stock_reservations)
        return reservations_pb2.BatchCreateStockReservationsResponse(results=result_messages(call, done, names))

    def BatchConfirmStockReservations(self, request: Any, call: Call) -> Any:  # noqa: N802
        done = self.many.confirm(names_asked(request.names), call.caller.reach(CREATE))
        return reservations_pb2.BatchConfirmStockReservationsResponse(
            results=result_messages(call, done, request.names)
        )

    def BatchReleaseStockReservations(self, request: Any, call: Call) -> Any:  # noqa: N802
        done = self.many.release(releases_asked(request.releases), call.caller, call.caller.reach(CREATE))
        names = (wished.name for wished in request.releases)
        return reservations_pb2.BatchReleaseStockReservationsResponse(results=result_messages(call, done, names))

    def BatchMarkStockReservations(self, request: Any, call: Call) -> Any:  # noqa: N802
        done = self.many.mark(marks_asked(request.marks), call.caller.reach(CREATE))
        names = (wished.name for wished in request.marks)
        return reservations_pb2.BatchMarkStockReservationsResponse(results=result_messages(call, done, names))

    def GetStockReservation(self, request: Any, call: Call) -> Any:  # noqa: N802
        return reservation_message(self.reserve.one(resource_id(request.name, RESERVATIONS), call.caller.reach(READ)))

    def ListStockReservations(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.reserve.listed(
            warehouse, call.caller.reach(READ), ended=request.show_ended, page=(one_id(page.position), page.limit)
        )
        return reservations_pb2.ListStockReservationsResponse(
            stock_reservations=map(reservation_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_id(listed: Reservation) -> str:
    return str(listed.identifier)
