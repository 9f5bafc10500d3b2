"""Orders are taken in once, checked, reserved for, shipped and cancelled, beside a real inventory (ORD-1, ORD-2)."""

from uuid import uuid4

import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import orders_pb2

from tests.builders.orders import OrdersService, ordered, wished
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, is_paid, shop_of, stands


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item and one of another, and the channel that sells them."""
    return shop_of(orders, stock)


@pytest.mark.clause("ORD-1")
def test_an_order_is_taken_and_its_goods_are_reserved_and_confirmed(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "3"), ordered(shop.cup.code))
    assert made.fulfilment_state == stands("RESERVED")
    assert [line.reserved for line in made.lines] == ["3", "1"]
    assert made.payment_state == is_paid("PAID")
    assert shop.reservation(made).state == reservations.STOCK_RESERVATION_STATE_HELD
    orders.settle()
    assert shop.reservation(made).state == reservations.STOCK_RESERVATION_STATE_CONFIRMED
    assert orders.told(made.name) == ["TAKEN", "STOCK_ASKED", "STOCK_RESERVED"]


@pytest.mark.clause("CUS-1")
def test_of_the_customer_what_is_masked_is_shown(shop: Shop) -> None:
    to = shop.place("A-1", ordered(shop.tea.code)).recipient
    assert "李小明" not in str(to)
    assert "13812345678" not in str(to)
    assert "502" not in to.address
    assert to.phone
    assert to.region


@pytest.mark.clause("ORD-1")
def test_the_same_order_again_is_a_repeat(shop: Shop) -> None:
    first = shop.place("A-1", ordered(shop.tea.code, "3"))
    again = shop.place("A-1", ordered(shop.tea.code, "3"))
    assert again == first


@pytest.mark.clause("ORD-1")
def test_what_is_cancelled_is_free_again(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "20"))
    orders.settle()
    cancelled = orders.cancel(made.name)
    assert cancelled.fulfilment_state == stands("CANCELLED")
    orders.settle()
    other = shop.place("A-2", ordered(shop.tea.code, "20"))
    assert other.fulfilment_state == stands("RESERVED")
    assert orders.told(made.name)[-2:] == ["CANCELLED", "STOCK_RELEASED"]


@pytest.mark.clause("ORD-1")
def test_an_order_that_is_short_goes_as_soon_as_its_goods_are_there(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.cup.code, "2"))
    assert made.fulfilment_state == stands("WAITING")
    shop.receive(shop.cup, "1")
    orders.settle()
    assert orders.order(made.name).fulfilment_state == stands("RESERVED")


@pytest.mark.clause("ORD-2")
def test_what_the_warehouse_issues_has_left(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "3"))
    orders.settle()
    shop.issue(shop.tea, "3", made.stock_reservations[0])
    orders.settle()
    left = orders.order(made.name)
    assert left.fulfilment_state == stands("ISSUED")
    assert left.lines[0].issued == "3"


@pytest.mark.clause("ORD-1")
def test_many_orders_are_taken_at_once(orders: OrdersService, shop: Shop) -> None:
    wishes = [wished(orders.clock, shop.channel, f"B-{number}", ordered(shop.tea.code, "1")) for number in range(5)]
    wishes.append(wished(orders.clock, shop.channel, "B-0", ordered(shop.tea.code, "1")))
    wishes.append(wished(orders.clock, shop.channel, "B-9", ordered(shop.tea.code, "1e5")))
    request = orders_pb2.BatchCreateOrdersRequest(parent=shop.channel.name, orders=wishes, request_id=str(uuid4()))
    taken = orders.orders.BatchCreateOrders(request, metadata=orders.everything).taken_orders
    assert [one.outcome for one in taken] == [1, 1, 1, 1, 1, 4, 5]
    orders.settle()
    assert orders.order(taken[0].order).fulfilment_state == stands("RESERVED")


@pytest.mark.clause("ORD-1")
def test_what_is_held_by_hand_holds_no_goods_until_it_is_released(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "20"))
    request = orders_pb2.HoldOrderRequest(name=made.name, reason="The customer is not sure.", request_id=str(uuid4()))
    held = orders.orders.HoldOrder(request, metadata=orders.everything)
    assert [hold.check for hold in held.holds] == ["HELD_BY_HAND"]
    assert held.fulfilment_state == stands("WAITING")
    orders.settle()
    other = shop.place("A-2", ordered(shop.tea.code, "1"))
    assert other.fulfilment_state == stands("RESERVED")
    orders.cancel(other.name)
    (released,) = shop.release(made)
    assert not released.order.holds
    orders.settle()
    assert orders.order(made.name).fulfilment_state == stands("RESERVED")


@pytest.mark.clause("ORD-1")
def test_an_unknown_code_holds_an_order_until_a_clerk_mends_it(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered("NOBODY-KNOWS-IT", "2"))
    assert [hold.check for hold in made.holds] == ["GOODS_UNKNOWN"]
    wish = orders_pb2.Order(name=made.name, lines=[ordered(shop.tea.code, "2")], etag=made.etag)
    request = orders_pb2.UpdateOrderRequest(order=wish, reason="He meant tea.", request_id=str(uuid4()))
    request.update_mask.paths.append("lines")
    mended = orders.orders.UpdateOrder(request, metadata=orders.everything)
    assert not mended.holds
    assert mended.total == 2000
    orders.settle()
    assert orders.order(made.name).fulfilment_state == stands("RESERVED")
    again = shop.place("A-1", ordered("NOBODY-KNOWS-IT", "2"))
    assert again.lines[0].code == shop.tea.code
    assert orders.told(made.name) == ["TAKEN", "HELD", "MENDED", "STOCK_ASKED", "STOCK_RESERVED"]


@pytest.mark.clause("ORD-1")
def test_a_split_order_is_picked_in_parts(orders: OrdersService, shop: Shop) -> None:
    made = shop.place("A-1", ordered(shop.tea.code, "3"), ordered(shop.cup.code))
    orders.settle()
    part = orders_pb2.OrderPart(lines=[orders_pb2.OrderPartLine(line=1, quantity="2")])
    request = orders_pb2.SplitOrderRequest(name=made.name, parts=[part], request_id=str(uuid4()))
    orders.orders.SplitOrder(request, metadata=orders.everything)
    orders.settle()
    split = orders.order(made.name)
    assert split.fulfilment_state == stands("RESERVED")
    assert len(split.stock_reservations) == 2
    shop.issue(shop.tea, "2", split.stock_reservations[0])
    orders.settle()
    left = orders.order(made.name)
    assert left.fulfilment_state == stands("ISSUED_IN_PART")
    assert [one.issued for one in left.lines] == ["2", "0"]


@pytest.mark.clause("ORD-1")
def test_an_unpaid_order_waits_for_its_payment(orders: OrdersService, shop: Shop) -> None:
    unpaid = orders_pb2.SOURCE_STATE_UNPAID
    made = shop.place("A-1", ordered(shop.tea.code), source_state=unpaid, paid=0)
    assert made.fulfilment_state == stands("WAITING")
    assert not made.HasField("ship_by_time")
    request = orders_pb2.RecordPaymentRequest(name=made.name, amount=1000, request_id=str(uuid4()))
    paid = orders.orders.RecordPayment(request, metadata=orders.everything)
    assert paid.payment_state == is_paid("PAID")
    assert paid.HasField("ship_by_time")
    orders.settle()
    assert orders.order(made.name).fulfilment_state == stands("RESERVED")


@pytest.mark.clause("ORD-1")
def test_a_newer_version_of_the_platform_counts_and_an_older_one_does_not(orders: OrdersService, shop: Shop) -> None:
    def version(minute: int, quantity: str) -> orders_pb2.Order:
        wish = wished(orders.clock, shop.channel, "A-1", ordered(shop.tea.code, quantity))
        wish.source_update_time.seconds = 1_772_424_000 + 60 * minute
        request = orders_pb2.CreateOrderRequest(order=wish, request_id=str(uuid4()))
        return orders.orders.CreateOrder(request, metadata=orders.everything)

    assert version(1, "3").lines[0].quantity == "3"
    assert version(3, "5").lines[0].quantity == "5"
    assert version(2, "4").lines[0].quantity == "5"
    orders.settle()
    found = orders.order(version(3, "5").name)
    assert found.lines[0].reserved == "5"
    assert len(found.stock_reservations) == 1


@pytest.mark.clause("ORD-1")
def test_an_order_that_the_platform_closes_is_cancelled_and_its_goods_are_free(
    orders: OrdersService, shop: Shop
) -> None:
    shop.place("A-1", ordered(shop.tea.code, "20"))
    closed = orders.place(
        shop.channel, "A-1", ordered(shop.tea.code, "20"), source_state=orders_pb2.SOURCE_STATE_CLOSED
    )
    assert closed.fulfilment_state == stands("CANCELLED")
    orders.settle()
    assert shop.place("A-2", ordered(shop.tea.code, "20")).fulfilment_state == stands("RESERVED")
