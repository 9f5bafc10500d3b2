"""Many who merge, cancel, split, mend and ship the same orders at once: one word counts in the end (ORD-1, ORD-2)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from bylaw.orders.v1 import orders_pb2

from tests.builders.issuing import Parcels
from tests.builders.orders import OrdersService
from tests.builders.receiving import refusal_of
from tests.integration.orders.conftest import Stock
from tests.integration.orders.merging import issued, mend, sound, taken
from tests.integration.orders.shops import Shop, shop_of, stands

pytestmark = pytest.mark.clause("ORD-1", "ORD-2")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item, and the channel that sells them."""
    return shop_of(orders, stock)


def test_of_two_clerks_who_merge_at_once_one_does(shop: Shop) -> None:
    first, second, third = (taken(shop, f"A-{number}", number) for number in "123")
    wishes = [(first, second), (second, third)] * 2
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda some: refusal_of(lambda: shop.merge(*some)), wishes))
    assert sorted(said) == ["", "", "ORDERS_NOT_MERGED", "ORDERS_NOT_MERGED"]
    groups = [shop.with_it(one) for one in (first, second, third)]
    assert groups in ([{"A-2"}, {"A-1"}, set()], [set(), {"A-3"}, {"A-2"}])


def test_what_is_cancelled_while_it_is_merged_goes_with_nothing(orders: OrdersService, shop: Shop) -> None:
    made = [taken(shop, f"A-{number}", str(number)) for number in range(1, 5)]
    with ThreadPoolExecutor(4) as pool:
        merging = pool.submit(refusal_of, lambda: shop.merge(*made))
        gone = pool.submit(orders.cancel, made[1].name)
        moved = pool.submit(mend, shop, made[2], address="上海市黄浦区南京东路 1 号 2 室")
        driven = pool.submit(orders.run_timer, "claims")
        refused = merging.result()
        for one in (gone, moved, driven):
            one.result()
    assert shop.with_it(made[1]) == shop.with_it(made[2]) == set()
    assert shop.with_it(made[0]) == (set() if refused else {"A-4"})
    orders.settle()
    orders.settle()
    sound(shop)


def test_what_is_split_or_issued_while_it_is_merged_is_told_right(orders: OrdersService, shop: Shop) -> None:
    made = [taken(shop, f"A-{number}", str(number)) for number in range(1, 5)]
    orders.settle()
    fresh = [orders.order(one.name) for one in made]
    part = orders_pb2.OrderPart(lines=[orders_pb2.OrderPartLine(line=1, quantity="1")])
    split = orders_pb2.SplitOrderRequest(name=made[1].name, parts=[part], request_id=str(uuid4()))
    with ThreadPoolExecutor(4) as pool:
        merging = [pool.submit(refusal_of, lambda: shop.merge(*made)) for _ in range(2)]
        parting = pool.submit(refusal_of, lambda: orders.orders.SplitOrder(split, metadata=orders.everything))
        leaving = pool.submit(issued, shop, fresh[2], "3")
        said = {one.result() for one in merging}
        assert said <= {"", "ORDERS_NOT_MERGED"}
        assert parting.result() == ""
        left = leaving.result()
    orders.settle()
    carrier = Parcels(orders.inventory, shop.stock.warehouse)
    with ThreadPoolExecutor(3) as pool:
        again = pool.submit(refusal_of, lambda: shop.merge(made[0], made[2], made[3]))
        apart = pool.submit(refusal_of, lambda: shop.unmerge(made[2]))
        gone = pool.submit(carrier.hand_over, (f"SF{shop.stock.number:010d}", left, ""), carrier="SF")
        assert again.result() == "ORDERS_NOT_MERGED"
        assert apart.result() in ("", "ORDER_SHIPPED")
        gone.result()
    orders.settle()
    assert orders.order(made[2].name).fulfilment_state == stands("HANDED_OVER")
    for one in made:
        assert all(one.number in shop.with_it(orders.order(name)) for name in orders.order(one.name).shipped_with)
    assert orders.told(made[1].name).count("UNMERGED") <= orders.told(made[1].name).count("MERGED")
    sound(shop)
