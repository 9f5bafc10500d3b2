"""Open orders of one customer are shipped in one parcel, and what is reserved for each stays its own (ORD-1, ORD-2)."""

from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import channels_pb2, orders_pb2, parcels_pb2
from bylaw.orders.v1 import order_merges_pb2 as merges
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.issuing import Parcels
from tests.builders.orders import OrdersService, ordered, somebody
from tests.builders.receiving import refusal_of
from tests.integration.orders.conftest import Stock
from tests.integration.orders.merging import candidates, issued, mend, sound, taken
from tests.integration.orders.shops import Shop, shop_of, stands

pytestmark = pytest.mark.clause("ORD-1", "ORD-2")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """Twenty of one item, and the channel that sells them."""
    return shop_of(orders, stock)


@pytest.fixture
def pair(shop: Shop) -> tuple[orders_pb2.Order, orders_pb2.Order]:
    """Two orders of one customer, for two and three of it."""
    return taken(shop, "A-1", "2"), taken(shop, "A-2", "3")


def faults(shop: Shop, *made: orders_pb2.Order) -> list[tuple[str, str]]:
    """Which orders are at fault, and why."""
    with pytest.raises(grpc.RpcError) as refused:
        shop.merge(*made)
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("ORDERS_NOT_MERGED", "ORD-1")
    return [(one.field, one.reason) for one in told.violations]


def test_orders_that_go_together_say_so_and_keep_what_is_reserved_for_each(shop: Shop, pair: Any) -> None:
    before = [shop.service.order(one.name).stock_reservations for one in pair]
    first, second = shop.merge(*pair)
    assert (list(first.shipped_with), list(second.shipped_with)) == ([second.name], [first.name])
    assert int(first.etag) == int(pair[0].etag) + 1
    assert [shop.service.order(one.name).stock_reservations for one in pair] == before
    assert shop.service.told(first.name)[-1] == "MERGED"
    request = orders_pb2.ListOrderEventsRequest(parent=second.name)
    noted = shop.service.orders.ListOrderEvents(request, metadata=shop.service.everything).order_events[-1]
    assert (noted.kind, noted.reason) == ("MERGED", "The customer asked.")
    assert [one.etag for one in shop.merge(*pair)] == [first.etag, second.etag], "asked again it stays so"
    shop.service.settle()
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", "5")}
    sound(shop)


def test_one_parcel_with_the_issues_of_all_is_the_parcel_of_each(orders: OrdersService, shop: Shop, pair: Any) -> None:
    shop.merge(*pair)
    orders.settle()
    issues = [issued(shop, orders.order(one.name), quantity) for one, quantity in zip(pair, "23", strict=True)]
    waybill = f"SF{shop.stock.number:010d}"
    Parcels(orders.inventory, shop.stock.warehouse).hand_over((waybill, issues[0], ""), carrier="SF", more=issues[1:])
    orders.settle()
    for one, issue in zip(pair, issues, strict=True):
        assert orders.order(one.name).fulfilment_state == stands("HANDED_OVER")
        assert [(parcel.waybill, parcel.stock_movement) for parcel in parcels_of(orders, one)] == [(waybill, issue)]
        assert orders.told(one.name)[-2:] == ["STOCK_ISSUED", "PARCEL_HANDED_OVER"]
    assert refusal_of(lambda: shop.unmerge(pair[0])) == "ORDER_SHIPPED"
    assert shop.with_it(pair[0]) == {"A-2"}
    sound(shop)


def parcels_of(orders: OrdersService, made: orders_pb2.Order) -> list[Any]:
    request = parcels_pb2.ListOrderParcelsRequest(parent=made.name)
    return [*orders.parcels.ListOrderParcels(request, metadata=orders.everything).order_parcels]


def packers_read(orders: OrdersService, *made: orders_pb2.Order) -> list[str]:
    """What each order's goods are packed with, as inventory tells it once all was said."""
    while orders.service.runner.run_one(["tell-packers"]):
        pass
    names = [orders.order(one.name).stock_reservations for one in made]
    inventory = orders.inventory
    wishes = [reservations.GetStockReservationRequest(name=name) for (name,) in names]
    return [
        inventory.reservations.GetStockReservation(one, metadata=inventory.everything).packed_with for one in wishes
    ]


@pytest.mark.clause("WHS-12")
def test_who_packs_is_told_of_the_others_and_of_every_change(orders: OrdersService, shop: Shop, pair: Any) -> None:
    late = taken(shop, "A-3", "16")
    assert orders.order(late.name).fulfilment_state == stands("WAITING"), "fifteen are left"
    code = shop.channel.code
    shop.merge(*pair, late)
    assert packers_read(orders, *pair) == [
        f"orders/{code}/A-2, orders/{code}/A-3",
        f"orders/{code}/A-1, orders/{code}/A-3",
    ]
    shop.receive(shop.tea, "10")
    orders.clock.pass_time(minutes=11)
    orders.settle()
    assert packers_read(orders, late) == [f"orders/{code}/A-1, orders/{code}/A-2"]
    orders.cancel(pair[0].name)
    assert packers_read(orders, pair[1], late) == [f"orders/{code}/A-3", f"orders/{code}/A-2"]
    shop.unmerge(late)
    assert packers_read(orders, pair[1], late) == ["", ""]


def test_what_is_not_ready_or_has_left_goes_with_nothing(orders: OrdersService, shop: Shop) -> None:
    fit = taken(shop, "A-1", "1")
    gone, held, cancelled = (taken(shop, f"B-{number}", number) for number in "234")
    unpaid = taken(shop, "B-5", "5", source_state=orders_pb2.SOURCE_STATE_UNPAID, paid=0)
    orders.settle()
    issued(shop, orders.order(gone.name), "1")
    orders.settle()
    orders.orders.HoldOrder(
        orders_pb2.HoldOrderRequest(name=held.name, reason="Wait.", request_id=str(uuid4())), metadata=orders.everything
    )
    orders.cancel(cancelled.name)
    assert faults(shop, fit, gone, held, cancelled, unpaid) == [
        ("names[1]", "ORDER_SHIPPED"),
        ("names[2]", "ORDER_HELD"),
        ("names[3]", "ORDER_CANCELLED"),
        ("names[4]", "ORDER_NOT_READY"),
    ]
    assert orders.told(fit.name)[-1] != "MERGED"
    past = orders.open_channel(shop.stock.unit, f"P-{shop.stock.number}", history=True)
    old = orders.place(past, "P-1", ordered(shop.tea.code), recipient=somebody(f"li-{shop.stock.number}"))
    assert ("names[1]", "ORDER_NOT_READY") in faults(shop, fit, old)


def test_one_customer_one_recipient_and_one_warehouse(orders: OrdersService, shop: Shop) -> None:
    fit, other = taken(shop, "A-1", "1"), taken(shop, "A-2", "2", nick="wang")
    moved = taken(shop, "A-3", "3", to={"address": "上海市黄浦区南京东路 1 号 2 室"})
    nobody = shop.teas("A-4", "4")
    house = orders.inventory.warehouse(shop.stock.unit, shop.stock.site, f"X-{shop.stock.number}")
    orders.settle()
    there = orders.open_channel(shop.stock.unit, f"X-{shop.stock.number}", warehouse=house.name)
    away = orders.place(there, "X-1", ordered(shop.tea.code, "6"), recipient=somebody(f"li-{shop.stock.number}"))
    assert faults(shop, fit, other, moved, away) == [
        ("names[1]", "CUSTOMER_DIFFERS"),
        ("names[2]", "RECIPIENT_DIFFERS"),
        ("names[3]", "WAREHOUSE_DIFFERS"),
    ]
    assert faults(shop, fit, nobody) == [("names[1]", "CUSTOMER_DIFFERS")]


def test_how_a_recipient_is_written_does_not_matter(shop: Shop, pair: Any) -> None:
    written = taken(
        shop,
        "A-3",
        "4",
        to={"phone": "+86 138-1234-5678", "address": "浙江省杭州市西湖区文三路100号3幢502室", "region": ""},
    )
    assert len(shop.merge(*pair, written)) == 3
    assert shop.with_it(written) == {"A-1", "A-2"}


def test_orders_of_several_channels_out_of_one_warehouse_go_together(orders: OrdersService, shop: Shop) -> None:
    second = orders.open_channel(shop.stock.unit, f"D-{shop.stock.number}", warehouse=shop.stock.warehouse.name)
    to = somebody(f"li-{shop.stock.number}")
    other = orders.place(second, "D-1", ordered(shop.tea.code, "2"), recipient=to)
    assert len(shop.merge(taken(shop, "A-1", "1"), other)) == 2
    assert candidates(shop) == []


def test_others_may_be_added_where_all_are_named(shop: Shop, pair: Any) -> None:
    third = taken(shop, "A-3", "1")
    shop.merge(*pair)
    assert faults(shop, pair[0], third) == [("names[0]", "ORDER_MERGED")]
    shop.merge(*pair, third)
    assert shop.with_it(third) == {"A-1", "A-2"}


def test_what_is_cancelled_held_split_or_goes_elsewhere_goes_by_itself(orders: OrdersService, shop: Shop) -> None:
    made = [taken(shop, f"A-{number}", str(number)) for number in range(1, 6)]
    shop.merge(*made)
    kept, cancelled, held, split, mended = made
    orders.cancel(cancelled.name)
    orders.orders.HoldOrder(
        orders_pb2.HoldOrderRequest(name=held.name, reason="Wait.", request_id=str(uuid4())), metadata=orders.everything
    )
    part = orders_pb2.OrderPart(lines=[orders_pb2.OrderPartLine(line=1, quantity="1")])
    orders.orders.SplitOrder(
        orders_pb2.SplitOrderRequest(name=split.name, parts=[part], request_id=str(uuid4())), metadata=orders.everything
    )
    assert shop.with_it(kept) == {"A-5"}
    mend(shop, mended, address="浙江省杭州市西湖区文三路100号3幢502室")
    assert shop.with_it(kept) == {"A-5"}, "it is written otherwise, and the same place"
    mend(shop, mended, address="上海市黄浦区南京东路 1 号 2 室")
    assert shop.with_it(kept) == set()
    for one in made[1:]:
        assert "UNMERGED" in orders.told(one.name)
    assert "UNMERGED" not in orders.told(kept.name)
    orders.settle()
    orders.settle()
    assert shop.stock.warehouse.on_hand(shop.tea) == {"A-01": ("20", str(1 + 4 + 5))}
    sound(shop)


def test_a_newer_version_that_goes_elsewhere_takes_it_out(shop: Shop) -> None:
    first = taken(shop, "A-1", "1", source_update_time={"seconds": 1_772_000_001})
    second = taken(shop, "A-2", "2", source_update_time={"seconds": 1_772_000_001})
    third = taken(shop, "A-3", "3", source_update_time={"seconds": 1_772_000_001})
    shop.merge(first, second, third)
    taken(shop, "A-2", "4", source_update_time={"seconds": 1_772_000_002})
    assert shop.with_it(first) == {"A-2", "A-3"}, "other goods go in the same parcel"
    taken(shop, "A-2", "4", source_update_time={"seconds": 1_772_000_003}, to={"display_name": "王小明"})
    assert shop.with_it(first) == {"A-3"}
    closed = orders_pb2.SOURCE_STATE_CLOSED
    taken(shop, "A-3", "3", source_update_time={"seconds": 1_772_000_003}, source_state=closed)
    assert shop.with_it(first) == set()


def test_one_that_is_another_customers_now_goes_by_itself_though_the_door_is_the_same(shop: Shop, pair: Any) -> None:
    shop.merge(*pair)
    mend(shop, pair[0], nick=f"chen-{shop.stock.number}")
    assert shop.with_it(pair[1]) == set()
    assert faults(shop, *pair) == [("names[1]", "CUSTOMER_DIFFERS")]


def test_what_is_reserved_elsewhere_is_shipped_from_there_wherever_its_channel_ships_from_now(
    orders: OrdersService, shop: Shop, pair: Any
) -> None:
    house = orders.inventory.warehouse(shop.stock.unit, shop.stock.site, f"Y-{shop.stock.number}")
    orders.settle()
    changed = channels_pb2.Channel(name=shop.channel.name, warehouse=house.name)
    request = channels_pb2.UpdateChannelRequest(channel=changed, update_mask=FieldMask(paths=["warehouse"]))
    orders.channels.UpdateChannel(request, metadata=orders.everything)
    later = taken(shop, "A-3", "1")
    assert faults(shop, *pair, later) == [("names[2]", "WAREHOUSE_DIFFERS")]
    assert candidates(shop) == [["A-1", "A-2"]]
    assert len(shop.merge(*pair)) == 2


def test_one_is_taken_out_and_the_others_go_on(orders: OrdersService, shop: Shop, pair: Any) -> None:
    third = taken(shop, "A-3", "1")
    shop.merge(*pair, third)
    alone = shop.unmerge(third)
    assert list(alone.shipped_with) == []
    assert shop.with_it(pair[0]) == {"A-2"}
    assert shop.unmerge(third).etag == alone.etag, "one that goes by itself stays so"
    shop.unmerge(pair[0])
    assert shop.with_it(pair[1]) == set()
    assert orders.told(pair[1].name).count("UNMERGED") == 0, "the last one is alone because the others left"
    assert candidates(shop) == [["A-1", "A-2", "A-3"]]
    assert len(shop.merge(*pair, third)) == 3


def test_what_has_no_form_or_is_out_of_reach_is_refused(orders: OrdersService, shop: Shop, pair: Any) -> None:
    none = "orders/00000000-0000-7000-8000-000000000000"
    for names in ([], [pair[0].name], [pair[0].name] * 2, [pair[0].name, "channels/1"], [pair[0].name] * 21):
        assert refusal_of(lambda names=names: shop.merge(*names)) == "FIELD_INVALID"
    assert refusal_of(lambda: shop.merge(*pair, reason="")) == "FIELD_INVALID"
    assert refusal_of(lambda: shop.unmerge(pair[0], reason="")) == "FIELD_INVALID"
    with pytest.raises(grpc.RpcError) as refused:
        shop.merge(pair[0].name, none)
    told = refusal_from(refused.value)
    assert (told.reason, [one.field for one in told.violations]) == ("ORDER_NOT_FOUND", ["names[1]"])
    assert refusal_of(lambda: candidates(shop, page_size=-1)) == "FIELD_INVALID"
    nowhere = "x"
    assert refusal_of(lambda: candidates(shop, page_token=nowhere)) == "PAGE_TOKEN_INVALID"
    far = orders.caller(orders.people.unit(f"FAR-{shop.stock.number}").name)
    orders.follow_people()
    asked = merges.MergeOrdersRequest(names=[one.name for one in pair], reason="no", request_id=str(uuid4()))
    assert refusal_of(lambda: orders.merges.MergeOrders(asked, metadata=far)) == "ORDER_NOT_FOUND"
    apart = merges.UnmergeOrderRequest(name=pair[0].name, reason="no", request_id=str(uuid4()))
    assert refusal_of(lambda: orders.merges.UnmergeOrder(apart, metadata=far)) == "ORDER_NOT_FOUND"
    listed = merges.ListMergeCandidatesRequest(channel=shop.channel.name)
    assert refusal_of(lambda: orders.merges.ListMergeCandidates(listed, metadata=far)) == "CHANNEL_NOT_FOUND"
    listed = merges.ListMergeCandidatesRequest()
    assert not orders.merges.ListMergeCandidates(listed, metadata=far).merge_candidates
