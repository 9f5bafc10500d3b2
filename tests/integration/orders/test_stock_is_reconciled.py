"""Each day what orders claim is compared with what inventory holds; what disagrees is told, nothing is changed."""

from uuid import uuid4

import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import stock_claims_pb2 as claims
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, shop_of

pytestmark = pytest.mark.clause("ORD-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item, and the channel that sells them."""
    return shop_of(orders, stock)


def compared(orders: OrdersService, shop: Shop) -> list[tuple[str, str]]:
    """How they disagree in the warehouse of this test, and about which order."""
    request = claims.ReconcileStockRequest(request_id=str(uuid4()))
    orders.claims.ReconcileStock(request, metadata=orders.everything)
    found = orders.claims.ListStockDisagreements(
        claims.ListStockDisagreementsRequest(page_size=1000), metadata=orders.everything
    ).stock_disagreements
    kind = claims.StockDisagreementKind.Name
    mine = [one for one in found if one.warehouse == shop.stock.warehouse.name]
    return [(kind(one.kind).removeprefix("STOCK_DISAGREEMENT_KIND_"), one.order) for one in mine]


def test_where_each_order_has_its_goods_nothing_disagrees(orders: OrdersService, shop: Shop) -> None:
    shop.place("A-1", ordered(shop.tea.code, "3"))
    orders.settle()
    assert compared(orders, shop) == []


def test_a_reservation_of_an_order_that_there_is_not_is_found_and_left_as_it_is(
    orders: OrdersService, shop: Shop
) -> None:
    name = f"stockReservations/{uuid4()}"
    wish = reservations.StockReservation(
        name=name,
        warehouse=shop.stock.warehouse.name,
        purpose="orders/SHOP/LOST",
        lines=[reservations.StockReservationLine(item=shop.tea.name, quantity=Quantity(value="2"))],
    )
    request = reservations.CreateStockReservationRequest(stock_reservation=wish, request_id=str(uuid4()))
    inventory = orders.inventory
    inventory.reservations.CreateStockReservation(request, metadata=inventory.everything)
    assert compared(orders, shop) == []
    orders.clock.pass_time(minutes=2)
    assert compared(orders, shop) == [("WITHOUT_ORDER", "")]
    held = inventory.reservations.GetStockReservation(
        reservations.GetStockReservationRequest(name=name), metadata=inventory.everything
    )
    assert held.state == reservations.STOCK_RESERVATION_STATE_HELD


def test_goods_that_the_warehouse_let_go_are_missed_and_the_order_is_held_for_a_person(
    orders: OrdersService, shop: Shop
) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "3"))
    orders.settle()
    request = reservations.ReleaseStockReservationRequest(name=made.stock_reservations[0], request_id=str(uuid4()))
    orders.inventory.reservations.ReleaseStockReservation(request, metadata=orders.inventory.everything)
    assert compared(orders, shop) == [("NOT_HELD", made.name)]
    orders.settle()
    assert [hold.check for hold in orders.order(made.name).holds] == ["STOCK_LOST"]
    assert compared(orders, shop) == []
