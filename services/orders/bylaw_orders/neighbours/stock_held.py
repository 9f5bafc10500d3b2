"""What inventory holds for orders: the live reservations of a warehouse, page by page (WHS-3)."""

from collections.abc import Collection, Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any
from uuid import UUID

import grpc
from bylaw.inventory.v1 import reservations_pb2, reservations_pb2_grpc
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_id, resource_name

from bylaw_orders.rules.stocking.reconciling import PURPOSE, HeldInStock

PAGE_SIZE = 1_000


class InventoryHeld:
    """See `StockHeld`."""

    def __init__(self, inventory: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = reservations_pb2_grpc.ReservationsStub(inventory)

    def held(self, warehouses: Collection[UUID]) -> Mapping[UUID, HeldInStock]:
        """See `StockHeld`."""
        found: dict[UUID, HeldInStock] = {}
        for warehouse in warehouses:
            request = reservations_pb2.ListStockReservationsRequest(
                parent=resource_name("warehouses", warehouse), page_size=PAGE_SIZE
            )
            while True:
                answer = self._neighbours.ask(self._stub.ListStockReservations, request, as_itself=True)
                ours = [one for one in answer.stock_reservations if one.purpose.startswith(PURPOSE)]
                found |= {one.reservation: one for one in (_held(made, warehouse) for made in ours)}
                if not answer.next_page_token:
                    break
                request.page_token = answer.next_page_token
        return found


def _held(made: Any, warehouse: UUID) -> HeldInStock:
    left = {
        resource_id(line.item, "items"): Decimal(line.reserved.value) - Decimal(line.issued.value)
        for line in made.lines
    }
    reservation = resource_id(made.name, "stockReservations")
    return HeldInStock(reservation, warehouse, made.create_time.ToDatetime(tzinfo=UTC), left)
