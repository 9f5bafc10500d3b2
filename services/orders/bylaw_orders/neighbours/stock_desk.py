"""Inventory's reservations, up to a hundred in a call; the service speaks for itself there (WHS-3, ORD-1)."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import grpc
from bylaw.inventory.v1 import reservations_pb2, reservations_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_id, resource_name

from bylaw_orders.messages.values import written
from bylaw_orders.rules.stocking.answer import Answer, HeldState
from bylaw_orders.rules.stocking.claim import Claim

MOST, HOLD_MINUTES = 100, 30
RESERVATIONS, WAREHOUSES, ITEMS = "stockReservations", "warehouses", "items"


class InventoryDesk:
    """See `StockDesk`. Whether its user may order is decided here, before inventory is asked."""

    def __init__(self, inventory: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = reservations_pb2_grpc.ReservationsStub(inventory)

    def reserve(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """See `StockDesk`."""
        return self._asked(self._stub.BatchCreateStockReservations, claims, _reserve)

    def confirm(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """See `StockDesk`."""
        return self._asked(self._stub.BatchConfirmStockReservations, claims, _confirm)

    def release(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """See `StockDesk`."""
        return self._asked(self._stub.BatchReleaseStockReservations, claims, _release)

    def _asked(
        self, method: Callable[..., Any], claims: Sequence[Claim], request: Callable[[Sequence[Claim]], Any]
    ) -> Mapping[UUID, Answer]:
        found: dict[UUID, Answer] = {}
        for start in range(0, len(claims), MOST):
            some = claims[start : start + MOST]
            answer = self._neighbours.ask(method, request(some), as_itself=True)
            found |= {claim.reservation: _answer(one) for claim, one in zip(some, answer.results, strict=True)}
        return found


def _reserve(claims: Sequence[Claim]) -> Any:
    return reservations_pb2.BatchCreateStockReservationsRequest(stock_reservations=map(_wish, claims))


def _wish(claim: Claim) -> Any:
    lines = [
        reservations_pb2.StockReservationLine(
            item=resource_name(ITEMS, item), quantity=Quantity(value=written(quantity))
        )
        for item, quantity in claim.lines.items()
    ]
    return reservations_pb2.StockReservation(
        name=_name(claim),
        warehouse=resource_name(WAREHOUSES, claim.warehouse),
        purpose=claim.purpose,
        lines=lines,
        partial=claim.partial,
        hold_minutes=HOLD_MINUTES,
    )


def _confirm(claims: Sequence[Claim]) -> Any:
    return reservations_pb2.BatchConfirmStockReservationsRequest(names=map(_name, claims))


def _release(claims: Sequence[Claim]) -> Any:
    return reservations_pb2.BatchReleaseStockReservationsRequest(
        releases=[
            reservations_pb2.StockReservationRelease(
                name=_name(claim), warehouse=resource_name(WAREHOUSES, claim.warehouse)
            )
            for claim in claims
        ]
    )


def _name(claim: Claim) -> str:
    return resource_name(RESERVATIONS, claim.reservation)


def _answer(result: Any) -> Answer:
    if result.HasField("refusal"):
        return Answer(reason=result.refusal.reason)
    made = result.stock_reservation
    held = {resource_id(line.item, ITEMS): Decimal(line.reserved.value) for line in made.lines}
    return Answer(HeldState(made.state), held)
