"""What the service orders may do in inventory as itself: reserve and issue what was ordered, and look goods up."""

from typing import Any
from uuid import uuid4

import pytest
from bylaw.inventory.v1 import audit_pb2 as audit
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw.inventory.v1.audit_pb2_grpc import AuditStub
from bylaw.people.v1 import sign_in_pb2
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.identity import service_secret
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.refusals import Refusal

from tests.builders.access import refusal
from tests.builders.inventory import ORDER, line
from tests.builders.orders import OrdersService
from tests.builders.people import MASTER_KEY, text
from tests.integration.orders.conftest import Stock

Token = tuple[tuple[str, str], ...]


def token_of(orders: OrdersService, service: str) -> Token:
    """What a service of the suite sends where it speaks for itself."""
    request = sign_in_pb2.CreateServiceSessionRequest(service=service, secret=service_secret(MASTER_KEY))
    session = orders.people.sign_in.CreateServiceSession(request)
    return (("authorization", f"Bearer {session.access_token}"),)


def wish(stock: Stock, item: items.Item, value: str) -> reservations.CreateStockReservationRequest:
    """Asks for so much of an item."""
    return reservations.CreateStockReservationRequest(
        stock_reservation=reservations.StockReservation(
            name=f"stockReservations/{uuid4()}",
            warehouse=stock.warehouse.name,
            purpose="O-1",
            lines=[reservations.StockReservationLine(item=item.name, quantity=Quantity(value=value))],
        )
    )


@pytest.mark.clause("ORD-1", "WHS-3")
def test_what_was_ordered_is_reserved_and_issued_by_the_service_orders(orders: OrdersService, stock: Stock) -> None:
    itself, tea = token_of(orders, "orders"), stock.item("TEA", "5")
    request = wish(stock, tea, "2")
    made = orders.inventory.reservations.CreateStockReservation(request, metadata=itself)
    confirm = reservations.ConfirmStockReservationRequest(name=made.name)
    orders.inventory.reservations.ConfirmStockReservation(confirm, metadata=itself)
    stock.warehouse.post(
        line(tea, stock.bin, stock.carrier, "2"), papers=(ORDER,), reservation=made.name, metadata=itself
    )
    found = orders.inventory.reservations.GetStockReservation(
        reservations.GetStockReservationRequest(name=made.name), metadata=itself
    )
    assert found.state == reservations.STOCK_RESERVATION_STATE_USED
    assert stock.warehouse.on_hand(tea)["A-01"] == ("3", "0")


@pytest.mark.clause("SEC-1")
def test_it_may_neither_keep_goods_nor_open_warehouses_and_no_other_service_may_reserve(
    orders: OrdersService, stock: Stock
) -> None:
    itself, tea = token_of(orders, "orders"), stock.item("TEA", "5")
    item = items.CreateItemRequest(item=items.Item(code="X", display_name="X", unit="piece"))
    opened = warehouses.Warehouse(code="X", title=text("X"), site=stock.site, unit=stock.unit)
    for ask in (
        lambda: orders.inventory.items.CreateItem(item, metadata=itself),
        lambda: orders.inventory.warehouses.CreateWarehouse(
            warehouses.CreateWarehouseRequest(warehouse=opened), metadata=itself
        ),
        lambda: orders.inventory.reservations.CreateStockReservation(
            wish(stock, tea, "1"), metadata=token_of(orders, "attendance")
        ),
    ):
        assert refusal(ask) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1", "SEC-3")
def test_during_the_call_of_somebody_who_holds_nothing_in_inventory_it_reserves_as_itself(
    orders: OrdersService, stock: Stock
) -> None:
    """The trail of inventory says that it was the service, under the trace of whoever placed the order."""
    tea, clerk = stock.item("TEA", "5"), orders.caller(stock.unit)
    own = Neighbours({}, token=lambda: dict(token_of(orders, "orders"))["authorization"].removeprefix("Bearer "))
    trace = uuid4().hex

    def reserved(**how: Any) -> reservations.StockReservation:
        with in_call(new_call("m", {**dict(clerk), "x-trace-id": trace}, 30)):
            return own.ask(orders.inventory.reservations.CreateStockReservation, wish(stock, tea, "1"), **how)

    with pytest.raises(Refusal) as refused:
        reserved()
    assert refused.value.reason == "PERMISSION_MISSING"
    assert reserved(as_itself=True).state == reservations.STOCK_RESERVATION_STATE_HELD
    auditor = orders.people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset({"inventory.audit.read"})))
    request = audit.ListAuditEntriesRequest(actor="services/orders", page_size=10)
    found = AuditStub(orders.inventory.channel).ListAuditEntries(request, metadata=auditor).audit_entries
    assert [one.trace_id for one in found if one.trace_id == trace] == [trace]
