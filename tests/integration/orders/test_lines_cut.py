"""The lines to both databases cut at each statement and COMMIT in turn: what is asked again is done, once (ORD-1)."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from bylaw.orders.v1 import order_merges_pb2 as merges
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import stock_claims_pb2 as claims

from tests.builders.cutting import Cut, Line
from tests.builders.orders import OrdersService, ordered, somebody, wished
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, shop_of, stands

pytestmark = pytest.mark.clause("ORD-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Iterator[Shop]:
    """A shop with plenty of tea; what the clock is put on by is put back."""
    shop, begun = shop_of(orders, stock), orders.clock()
    shop.receive(shop.tea, "480")
    yield shop
    orders.clock.now = begun


@pytest.fixture
def cut_line(postgres: Databases, orders: OrdersService, monkeypatch: pytest.MonkeyPatch) -> Line:
    """The lines to the databases of orders and of inventory, which is asked on the same thread."""
    return Line(postgres, orders.inventory, monkeypatch)


def agreed(shop: Shop, held: int, on_hand: int = 500) -> None:
    """Both services know of so much that is held, of so much, and nothing disagrees."""
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": (str(on_hand), str(held))}
    request = claims.ReconcileStockRequest(request_id=str(uuid4()))
    assert shop.service.claims.ReconcileStock(request, metadata=shop.service.everything).disagreement_count == 0
    assert_sound(shop.service.inventory)


def again(service: OrdersService) -> None:
    """Lets leases end, so that what was begun is tried again."""
    service.clock.pass_time(seconds=40)


def test_an_order_cut_anywhere_is_taken_once_with_its_goods_reserved_once(
    orders: OrdersService, shop: Shop, cut_line: Line
) -> None:
    numbers, who = count(), orders.everything

    def place() -> Callable[[], Any]:
        wish = wished(orders.clock, shop.channel, f"A-{next(numbers)}", ordered(shop.tea.code))
        request = orders_pb2.CreateOrderRequest(order=wish, request_id=str(uuid4()))
        return lambda: orders.orders.CreateOrder(request, metadata=who)

    answers = cut_line.cut_everywhere(place)
    assert len(answers) == len({one.name for one in answers}) == next(numbers)
    orders.settle()
    again(orders)
    orders.settle()
    assert all(orders.order(one.name).fulfilment_state == stands("RESERVED") for one in answers)
    agreed(shop, len(answers))


def test_a_cancellation_cut_anywhere_gives_everything_back_once(
    orders: OrdersService, shop: Shop, cut_line: Line
) -> None:
    numbers, who = count(), orders.everything

    def cancel() -> Callable[[], Any]:
        made = shop.teas(f"A-{next(numbers)}")
        request = orders_pb2.CancelOrderRequest(name=made.name, reason="No.", request_id=str(uuid4()))
        return lambda: orders.orders.CancelOrder(request, metadata=who)

    answers = cut_line.cut_everywhere(cancel)
    assert all(one.fulfilment_state == stands("CANCELLED") for one in answers)
    orders.settle()
    agreed(shop, 0)
    assert all(orders.told(one.name).count("CANCELLED") == 1 for one in answers)


@pytest.mark.clause("ORD-2")
def test_orders_merged_over_a_line_that_is_cut_anywhere_go_together_once(
    orders: OrdersService, shop: Shop, cut_line: Line
) -> None:
    numbers, who, pairs = count(), orders.everything, list[list[str]]()

    def merge() -> Callable[[], Any]:
        number = next(numbers)
        to = somebody(f"customer-{number}")
        pairs.append([shop.teas(f"A-{number}-{part}", part, recipient=to).name for part in "12"])
        request = merges.MergeOrdersRequest(names=pairs[-1], reason="One parcel.", request_id=str(uuid4()))
        return lambda: orders.merges.MergeOrders(request, metadata=who)

    cut_line.cut_everywhere(merge)
    for first, second in pairs:
        assert [*orders.order(first).shipped_with] == [second]
        assert orders.told(first).count("MERGED") == orders.told(second).count("MERGED") == 1
    orders.settle()
    agreed(shop, 3 * len(pairs))


@pytest.mark.parametrize("cut", Cut)
def test_claims_driven_by_workers_that_are_cut_off_come_to_the_same(
    orders: OrdersService, shop: Shop, cut_line: Line, cut: Cut
) -> None:
    kept, gone = shop.teas("A-1", "3"), shop.teas("A-2", "5")
    orders.cancel(gone.name)
    wishes = [wished(orders.clock, shop.channel, f"B-{number}", ordered(shop.tea.code)) for number in range(3)]
    request = orders_pb2.BatchCreateOrdersRequest(parent=shop.channel.name, orders=wishes, request_id=str(uuid4()))
    orders.orders.BatchCreateOrders(request, metadata=orders.everything)
    begun = cut_line.cut_on_and_on(lambda: orders.run_timer("claims"), cut, between=lambda: again(orders))
    assert begun >= 3
    orders.settle()
    agreed(shop, 3 + 3)
    assert orders.told(kept.name) == ["TAKEN", "STOCK_ASKED", "STOCK_RESERVED"]
    assert orders.told(gone.name) == ["TAKEN", "STOCK_ASKED", "STOCK_RESERVED", "CANCELLED", "STOCK_RELEASED"]


@pytest.mark.clause("ORD-2")
@pytest.mark.parametrize("cut", Cut)
def test_an_issue_that_is_heard_by_somebody_who_is_cut_off_counts_once(
    orders: OrdersService, shop: Shop, cut_line: Line, cut: Cut
) -> None:
    made = shop.teas("A-1", "3")
    orders.settle()
    shop.issue(shop.tea, "2", made.stock_reservations[0])

    def hear() -> None:
        orders.run_timer("goods")
        orders.run_timer("heard-stock")

    assert cut_line.cut_on_and_on(hear, cut, between=lambda: again(orders)) >= 2
    orders.settle()
    assert orders.order(made.name).lines[0].issued == "2"
    assert orders.told(made.name).count("STOCK_ISSUED") == 1
    agreed(shop, 1, on_hand=498)
