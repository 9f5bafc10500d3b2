"""Whatever clerks, platforms and the warehouse do in whatever order, orders and stock agree: a model by chance."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import stock_claims_pb2 as claims
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.builders.inventory import ORDER, line
from tests.builders.orders import OrdersService, somebody
from tests.integration.inventory.books import assert_sound
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, shop_of

NUMBERS = st.integers(1, 4)
QUANTITIES = st.integers(1, 9)
EXPECTED = {
    "ORDER_SHIPPED",
    "ORDER_CANCELLED",
    "ORDER_NOT_SPLIT",
    "ORDERS_NOT_MERGED",
    "LINE_TAKEN",
    "LINE_NOT_FOUND",
    "LINES_REFUSED",
    "STOCK_SHORT",
    "RESERVATION_SHORT",
    "RESERVATION_ENDED",
    "RESERVATION_NOT_FOUND",
}


class Commands(RuleBasedStateMachine):
    """Four orders of a shop whose shelf has too little for all of them."""

    service: ClassVar[OrdersService]
    shop: ClassVar[Shop]
    runs: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.run = self.runs
        self.names: dict[int, str] = {}
        self.version = 0

    @rule(number=NUMBERS, quantity=QUANTITIES)
    def take(self, number: int, quantity: int) -> None:
        self.version += 1
        wish = {"source_update_time": {"seconds": 1_772_000_000 + self.version}}
        to = somebody(f"customer-{self.run}")
        made = tried(lambda: self.shop.teas(f"{self.run}-{number}", str(quantity), recipient=to, **wish))
        if made:
            self.names[number] = made.name

    @rule(number=NUMBERS)
    def close_on_the_platform(self, number: int) -> None:
        if number in self.names:
            self.version += 1
            found = self._order(number)
            told = {"source_update_time": {"seconds": 1_772_000_000 + self.version}}
            state = {"source_state": orders_pb2.SOURCE_STATE_CLOSED}
            told["recipient"] = somebody(f"customer-{self.run}")
            tried(lambda: self.shop.teas(f"{self.run}-{number}", found.lines[0].quantity, **told, **state))

    @rule(number=NUMBERS)
    def cancel(self, number: int) -> None:
        if number in self.names:
            tried(lambda: self.service.cancel(self.names[number]))

    @rule(number=NUMBERS)
    def hold(self, number: int) -> None:
        if number in self.names:
            wish = orders_pb2.HoldOrderRequest(name=self.names[number], reason="Wait.", request_id=str(uuid4()))
            tried(lambda: self.service.orders.HoldOrder(wish, metadata=self.service.everything))

    @rule(number=NUMBERS)
    def release(self, number: int) -> None:
        if number in self.names:
            self.shop.release(self._order(number))

    @rule(number=NUMBERS, quantity=QUANTITIES)
    def split(self, number: int, quantity: int) -> None:
        if number in self.names:
            part = orders_pb2.OrderPart(lines=[orders_pb2.OrderPartLine(line=1, quantity=str(quantity))])
            wish = orders_pb2.SplitOrderRequest(name=self.names[number], parts=[part], request_id=str(uuid4()))
            tried(lambda: self.service.orders.SplitOrder(wish, metadata=self.service.everything))

    @rule(numbers=st.sets(NUMBERS, min_size=2))
    def merge(self, numbers: set[int]) -> None:
        if numbers <= self.names.keys():
            tried(lambda: self.shop.merge(*(self.names[number] for number in sorted(numbers))))

    @rule(number=NUMBERS)
    def unmerge(self, number: int) -> None:
        if number in self.names:
            tried(lambda: self.shop.unmerge(self._order(number)))

    @rule(number=NUMBERS, quantity=QUANTITIES)
    def issue(self, number: int, quantity: int) -> None:
        """The warehouse issues what it can of what is on the picking list."""
        held = [*self._order(number).stock_reservations] if number in self.names else []
        if held:
            stock = self.shop.stock
            gone = line(self.shop.tea, stock.bin, stock.carrier, str(quantity))
            tried(lambda: stock.warehouse.post(gone, papers=[ORDER], reservation=held[0]))

    @rule(quantity=QUANTITIES)
    def receive(self, quantity: int) -> None:
        self.shop.receive(self.shop.tea, str(quantity))

    @rule(number=NUMBERS)
    def let_go_in_the_warehouse(self, number: int) -> None:
        held = [*self._order(number).stock_reservations] if number in self.names else []
        if held:
            wish = reservations.ReleaseStockReservationRequest(name=held[0], request_id=str(uuid4()))
            inventory = self.service.inventory
            inventory.reservations.ReleaseStockReservation(wish, metadata=inventory.everything)

    @rule()
    def hear(self) -> None:
        for kind in ("goods", "heard-stock"):
            self.service.run_timer(kind)

    @rule()
    def drive(self) -> None:
        self.service.run_timer("claims")

    @invariant()
    def they_agree_once_everything_was_heard(self) -> None:
        self.service.settle()
        self.service.settle()
        while self.service.service.runner.run_one(["tell-packers"]):
            pass
        assert_sound(self.service.inventory)
        found = self.service.claims.ReconcileStock(
            claims.ReconcileStockRequest(request_id=str(uuid4())), metadata=self.service.everything
        )
        assert found.disagreement_count == 0
        for number in self.names:
            self._is_told_right(self._order(number))
            self._is_packed_right(self._order(number))

    def _is_told_right(self, order: orders_pb2.Order) -> None:
        """What an order says of itself is what its lines and claims say."""
        (one,) = order.lines
        quantity, cancelled, issued, reserved = map(int, (one.quantity, one.cancelled, one.issued, one.reserved))
        assert 0 <= reserved <= max(quantity - cancelled - issued, 0)
        state = orders_pb2.FulfilmentState.Name(order.fulfilment_state).removeprefix("FULFILMENT_STATE_")
        if issued and issued >= quantity - cancelled:
            assert state == "ISSUED"
        elif issued:
            assert state == "ISSUED_IN_PART"
        elif cancelled == quantity:
            assert state == "CANCELLED"
        elif reserved == quantity - cancelled:
            assert state == "RESERVED"
        else:
            assert state == ("RESERVED_IN_PART" if reserved else "WAITING")
        if order.holds:
            assert not reserved
        for other in map(self.service.order, order.shipped_with):
            assert order.name in other.shipped_with
        if order.shipped_with and not issued:
            assert not order.holds
            assert cancelled < quantity

    def _is_packed_right(self, order: orders_pb2.Order) -> None:
        """Who packs reads of all that goes with it, and of nothing else."""
        code = self.shop.channel.code
        others = sorted(f"orders/{code}/{self.service.order(name).number}" for name in order.shipped_with)
        for part in range(len(order.stock_reservations)):
            assert self.shop.reservation(order, part).packed_with == ", ".join(others)

    def _order(self, number: int) -> orders_pb2.Order:
        return self.service.order(self.names[number])


def tried(call: Callable[[], Any]) -> Any:
    """What was answered, or nothing where it was refused as it may be."""
    try:
        return call()
    except grpc.RpcError as error:
        if refusal_from(error).reason in EXPECTED:
            return None
        raise


@pytest.mark.clause("ORD-1", "ORD-2", "WHS-3")
def test_in_any_order_of_commands_orders_and_stock_agree(orders: OrdersService, stock: Stock) -> None:
    Commands.service, Commands.shop = orders, shop_of(orders, stock)
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Commands,
        settings=settings(max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=checks),
    )
