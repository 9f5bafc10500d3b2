"""Many who order, cancel and work on claims at once: nothing is sold twice, one number is one order (ORD-1, WHS-3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import stock_claims_pb2 as claims
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.orders import OrdersService, ordered, somebody, wished
from tests.integration.inventory.books import assert_sound
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, shop_of, stands

pytestmark = pytest.mark.clause("ORD-1", "WHS-3")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item, and the channel that sells them."""
    return shop_of(orders, stock)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What they answer, each from a thread of its own."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def placing(shop: Shop, number: str, quantity: str, **more: object) -> Callable[[], orders_pb2.Order]:
    """Takes an order in, when it is called."""
    wish = wished(shop.service.clock, shop.channel, number, ordered(shop.tea.code, quantity), **more)
    who = shop.service.everything
    return lambda: shop.service.orders.CreateOrder(
        orders_pb2.CreateOrderRequest(order=wish, request_id=str(uuid4())), metadata=who
    )


def sound(shop: Shop) -> None:
    """Both services agree."""
    request = claims.ReconcileStockRequest(request_id=str(uuid4()))
    assert shop.service.claims.ReconcileStock(request, metadata=shop.service.everything).disagreement_count == 0
    assert_sound(shop.service.inventory)


def test_of_many_buyers_of_few_goods_just_so_many_get_them(orders: OrdersService, shop: Shop) -> None:
    made = at_once(*(placing(shop, f"A-{number}", "3") for number in range(12)))
    got = [one for one in made if one.fulfilment_state == stands("RESERVED")]
    assert len(got) == 6
    assert all(one.fulfilment_state == stands("WAITING") for one in made if one not in got)
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", "18")}
    orders.settle()
    sound(shop)


def test_the_same_number_from_eight_at_once_is_one_order(orders: OrdersService, shop: Shop) -> None:
    made = at_once(*(placing(shop, "A-1", "3") for _ in range(8)))
    assert len({one.name for one in made}) == 1
    assert orders.told(made[0].name) == ["TAKEN", "STOCK_ASKED", "STOCK_RESERVED"]
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", "3")}
    sound(shop)


def test_a_customer_who_is_new_to_six_orders_at_once_is_one_customer(shop: Shop) -> None:
    same = somebody(f"new-{uuid4()}")
    made = at_once(*(placing(shop, f"A-{number}", str(number + 1), recipient=same) for number in range(5)))
    assert len({one.recipient.customer for one in made}) == 1


def test_orders_that_are_mended_at_once_to_go_to_somebody_new_are_of_one_customer(shop: Shop) -> None:
    made = at_once(*(placing(shop, f"A-{number}", str(number)) for number in range(1, 7)))
    orders, who = shop.service.orders, shop.service.everything
    for _ in range(5):
        to = orders_pb2.Recipient(
            display_name="王小明", nick=f"new-{uuid4()}", phone="13912345678", address="南京东路 1 号"
        )
        wishes = [
            orders_pb2.UpdateOrderRequest(
                order=orders_pb2.Order(name=one.name, recipient=to),
                update_mask=FieldMask(paths=["recipient"]),
                request_id=str(uuid4()),
            )
            for one in made
        ]
        mended = at_once(*(lambda wish=wish: orders.UpdateOrder(wish, metadata=who) for wish in wishes))
        assert len({one.recipient.customer for one in mended}) == 1


def test_orders_that_are_cancelled_while_workers_reserve_for_them_hold_nothing(
    orders: OrdersService, shop: Shop
) -> None:
    wishes = [wished(orders.clock, shop.channel, f"A-{number}", ordered(shop.tea.code)) for number in range(10)]
    request = orders_pb2.BatchCreateOrdersRequest(parent=shop.channel.name, orders=wishes, request_id=str(uuid4()))
    taken = orders.orders.BatchCreateOrders(request, metadata=orders.everything).taken_orders
    workers = [lambda: orders.run_timer("claims")] * 3
    at_once(*workers, *(lambda name=one.order: orders.cancel(name) for one in taken))
    orders.settle()
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", "0")}
    assert all(orders.order(one.order).fulfilment_state == stands("CANCELLED") for one in taken)
    sound(shop)


def test_two_versions_at_once_leave_the_newer_one_with_its_own_goods(orders: OrdersService, shop: Shop) -> None:
    shop.teas("A-1", "1", source_update_time={"seconds": 1_772_000_001})
    versions = [
        placing(shop, "A-1", str(number), source_update_time={"seconds": 1_772_000_000 + number})
        for number in range(2, 9)
    ]
    made = at_once(*versions)
    orders.settle()
    orders.settle()
    found = orders.order(made[0].name)
    assert found.lines[0].quantity == found.lines[0].reserved == "8"
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", "8")}
    sound(shop)
