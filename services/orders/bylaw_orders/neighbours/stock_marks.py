"""What reservations are packed with, as inventory tells it to those who pick (ORD-2, WHS-12)."""

from collections.abc import Mapping
from uuid import UUID

import grpc
from bylaw.inventory.v1 import reservations_pb2, reservations_pb2_grpc
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_name

from bylaw_orders.neighbours.stock_desk import MOST, RESERVATIONS


class InventoryMarks:
    """See `PackingDesk`."""

    def __init__(self, inventory: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = reservations_pb2_grpc.ReservationsStub(inventory)

    def mark(self, marks: Mapping[UUID, str]) -> None:
        """See `PackingDesk`: what inventory does not know, or has forgotten, needs no mark."""
        told = [
            reservations_pb2.StockReservationMark(name=resource_name(RESERVATIONS, one), packed_with=text)
            for one, text in sorted(marks.items())
        ]
        for start in range(0, len(told), MOST):
            request = reservations_pb2.BatchMarkStockReservationsRequest(marks=told[start : start + MOST])
            self._neighbours.ask(self._stub.BatchMarkStockReservations, request, as_itself=True)
