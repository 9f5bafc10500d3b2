"""Parcels are followed from the hand-over to the customer's door, and orders that are late are told (ORD-2, ORD-3)."""

import threading
from datetime import timedelta
from typing import Any

import grpc
import pytest
from bylaw.orders.v1 import parcels_pb2 as parcels
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import ORDER, line
from tests.builders.issuing import Parcels
from tests.builders.orders import OrdersService, somebody
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import shop_of, stands
from tests.integration.orders.tracking.own_shop import OwnShop, state

PHONE = "13812345678"


def refused(call: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call()
    return str(refusal_from(error.value).reason)


@pytest.mark.clause("ORD-2")
def test_what_the_warehouse_hands_over_is_followed(orders: OrdersService, stock: Stock, shop: OwnShop) -> None:
    house, waybill = shop_of(orders, stock), shop.waybill()
    made = house.teas("W-1")
    orders.settle()
    gone = line(house.tea, stock.bin, stock.carrier, "1")
    issue = stock.warehouse.post(gone, papers=[ORDER], reservation=made.stock_reservations[0])
    Parcels(orders.inventory, stock.warehouse).hand_over((waybill, issue.name, ""), carrier="顺丰速运")
    orders.settle()
    orders.settle()
    assert orders.order(made.name).fulfilment_state == stands("HANDED_OVER")
    request = parcels.ListOrderParcelsRequest(parent=made.name)
    [parcel] = orders.parcels.ListOrderParcels(request, metadata=orders.everything).order_parcels
    assert (parcel.waybill, parcel.courier, parcel.stock_movement) == (waybill, "sf", issue.name)
    shop.knows(waybill, "signed")
    shop.pushed(waybill)
    assert shop.parcel(parcel.name).state == state("NO_TRACE"), "the provider speaks of another courier's parcel"
    shop.ask()
    assert orders.order(made.name).fulfilment_state == stands("SIGNED")


@pytest.mark.clause("ORD-2")
def test_a_parcel_of_orders_that_go_together_is_asked_for_once_and_followed_for_each(
    orders: OrdersService, stock: Stock, shop: OwnShop
) -> None:
    house, waybill, to = shop_of(orders, stock), shop.waybill(), somebody(f"li-{stock.number}")
    both = [house.teas(f"W-{quantity}", quantity, recipient=to) for quantity in "12"]
    house.merge(*both)
    orders.settle()
    issues = [
        stock.warehouse.post(
            line(house.tea, stock.bin, stock.carrier, quantity), papers=[ORDER], reservation=made.stock_reservations[0]
        ).name
        for made, quantity in zip(both, "12", strict=True)
    ]
    Parcels(orders.inventory, stock.warehouse).hand_over((waybill, issues[0], ""), carrier="圆通速递", more=issues[1:])
    orders.settle()
    shop.knows(waybill, "picked up", "under way")
    shop.ask()
    assert [orders.order(made.name).fulfilment_state for made in both] == [stands("IN_TRANSIT")] * 2
    assert [one["num"] for one in shop.provider.asked].count(waybill) == 1
    shop.knows(waybill, "picked up", "under way", "signed")
    shop.pushed(waybill)
    assert [orders.order(made.name).fulfilment_state for made in both] == [stands("SIGNED")] * 2
    for made in both:
        assert orders.told(made.name)[-3:] == ["PARCEL_HANDED_OVER", "PARCEL_UNDER_WAY", "PARCEL_SIGNED"]


@pytest.mark.clause("ORD-2")
def test_a_parcel_goes_its_way_as_the_provider_pushes_it(orders: OrdersService, shop: OwnShop) -> None:
    order = shop.place()
    parcel = shop.add(order.name)
    assert (parcel.state, parcel.courier) == (state("NO_TRACE"), "yto")
    assert orders.order(order.name).fulfilment_state == stands("HANDED_OVER")
    shop.knows(parcel.waybill, "picked up", "under way", "out")
    answer = shop.pushed(parcel.waybill)
    assert '"returnCode":"200"' in answer.text
    assert shop.parcel(parcel.name).state == state("OUT_FOR_DELIVERY")
    assert orders.order(order.name).fulfilment_state == stands("IN_TRANSIT")
    shop.knows(parcel.waybill, "picked up", "under way", "out", "locker")
    shop.pushed(parcel.waybill)
    waiting = shop.parcel(parcel.name)
    assert (waiting.state, waiting.HasField("sign_time")) == (state("IN_LOCKER"), False)
    assert orders.order(order.name).fulfilment_state == stands("IN_TRANSIT"), "a locker is not the customer"
    shop.knows(parcel.waybill, "picked up", "under way", "out", "locker", "signed")
    shop.pushed(parcel.waybill)
    signed = shop.parcel(parcel.name)
    assert (signed.state, signed.signer) == (state("SIGNED"), parcels.PARCEL_SIGNER_CUSTOMER)
    assert orders.order(order.name).fulfilment_state == stands("SIGNED")
    assert orders.told(order.name)[-4:] == [
        "PARCEL_HANDED_OVER",
        "PARCEL_OUT_FOR_DELIVERY",
        "PARCEL_IN_LOCKER",
        "PARCEL_SIGNED",
    ]


@pytest.mark.clause("ORD-2")
def test_a_return_that_begins_behind_the_signature_is_seen_and_the_order_stays_signed(
    orders: OrdersService, shop: OwnShop
) -> None:
    order = shop.place()
    parcel = shop.add(order.name)
    shop.knows(parcel.waybill, "signed", "back", "under way")
    shop.pushed(parcel.waybill)
    assert shop.parcel(parcel.name).state == state("RETURNING")
    assert orders.order(order.name).fulfilment_state == stands("SIGNED")
    [late] = shop.late()
    assert (late.order, late.reason, late.clause) == (order.name, parcels.PROMISE_REASON_PARCEL_IN_TROUBLE, "ORD-2")


@pytest.mark.clause("ORD-2")
def test_couriers_are_asked_where_they_do_not_push(orders: OrdersService, shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "picked up", "out")
    shop.ask()
    assert shop.parcel(parcel.name).state == state("OUT_FOR_DELIVERY")
    subscribed = [one for one in shop.provider.subscribed if one["number"] == parcel.waybill]
    assert [one["parameters"]["callbackurl"] for one in subscribed] == ["https://shop.example/couriers/kuaidi100/push"]
    asked = len(shop.provider.asked)
    shop.ask()
    assert len(shop.provider.asked) == asked, "not again within its pause"
    shop.knows(parcel.waybill, "picked up", "out", "signed")
    orders.clock.now += timedelta(hours=13)
    shop.ask()
    assert shop.parcel(parcel.name).state == state("SIGNED")
    orders.clock.now += timedelta(days=3)
    asked = len([one for one in shop.provider.asked if one["num"] == parcel.waybill])
    shop.ask()
    assert len([one for one in shop.provider.asked if one["num"] == parcel.waybill]) == asked, "it has arrived"


@pytest.mark.clause("ORD-2")
def test_several_workers_ask_for_each_parcel_once(shop: OwnShop) -> None:
    made = [shop.add(shop.place().name, shop.waybill(f"B{number}")).waybill for number in range(5)]
    workers = [threading.Thread(target=shop.ask) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    asked = [one["num"] for one in shop.provider.asked]
    assert [asked.count(waybill) for waybill in made] == [1] * len(made)


@pytest.mark.clause("ORD-2")
@pytest.mark.parametrize("manner", ["500", "garbage", "huge"])
def test_a_provider_that_is_not_well_is_asked_again_later_and_nothing_is_lost(
    orders: OrdersService, shop: OwnShop, manner: str
) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "picked up")
    shop.provider.manner = manner
    shop.ask()
    assert shop.parcel(parcel.name).state == state("NO_TRACE")
    shop.provider.manner = "well"
    orders.clock.now += timedelta(hours=1)
    shop.ask()
    assert shop.parcel(parcel.name).state == state("PICKED_UP")


@pytest.mark.clause("CUS-1")
def test_only_a_courier_that_wants_them_is_told_the_last_digits_of_the_telephone(shop: OwnShop) -> None:
    plain = shop.add(shop.place().name, shop.waybill("1"))
    wanting = shop.add(shop.place().name, shop.waybill("2"), carrier="顺丰速运")
    shop.ask()
    asked = {one["num"]: one for one in shop.provider.asked}
    assert asked[plain.waybill]["phone"] == ""
    assert asked[wanting.waybill]["phone"] == PHONE[-4:]
    assert PHONE not in str(shop.provider.asked) + str(shop.provider.subscribed)


@pytest.mark.clause("ORD-2")
def test_a_clerk_records_what_the_courier_said_and_it_has_its_place_in_time(
    orders: OrdersService, shop: OwnShop
) -> None:
    parcel = shop.add(shop.place().name)
    said = shop.report(parcel.name, "SIGNED", orders.clock(), signer=parcels.PARCEL_SIGNER_PROXY)
    assert (said.state, said.signer) == (state("SIGNED"), parcels.PARCEL_SIGNER_PROXY)
    [event] = shop.events(parcel.name)
    assert (event.source, event.reason) == ("hand", "The courier said so on the telephone.")
    earlier = orders.clock() - timedelta(hours=3)
    assert shop.report(parcel.name, "PROBLEM", earlier).state == state("SIGNED"), "it was told late"
    ahead = orders.clock() + timedelta(days=2)
    assert refused(lambda: shop.report(parcel.name, "SIGNED", ahead)) == "FIELD_INVALID"
    assert refused(lambda: shop.report(parcel.name, "UNSPECIFIED", earlier)) == "FIELD_INVALID"
    assert refused(lambda: shop.report(parcel.name, "SIGNED", earlier, reason="")) == "FIELD_INVALID"
    nobodys = parcel.name[:-1] + ("1" if parcel.name.endswith("0") else "0")
    assert refused(lambda: shop.report(nobodys, "SIGNED", earlier)) in {
        "PARCEL_NOT_FOUND",
        "FIELD_INVALID",
    }


@pytest.mark.clause("ORD-2")
def test_only_a_shop_that_ships_itself_adds_parcels_and_the_same_twice_is_once(
    orders: OrdersService, stock: Stock, shop: OwnShop
) -> None:
    house = shop_of(orders, stock)
    made = house.teas("W-2")
    assert refused(lambda: shop.add(made.name)) == "PARCEL_FROM_WAREHOUSE"
    order = shop.place()
    assert shop.add(order.name).name == shop.add(order.name).name
    assert refused(lambda: shop.add(order.name, "no")) == "FIELD_INVALID"
    assert refused(lambda: shop.add(order.name, "'; drop table parcels; --")) == "FIELD_INVALID"
    assert refused(lambda: shop.add(order.name[:-4] + "0000")) == "ORDER_NOT_FOUND"
    request = parcels.FindOrderParcelsRequest(waybill=shop.waybill().lower())
    found = orders.parcels.FindOrderParcels(request, metadata=orders.everything).order_parcels
    assert [one.waybill for one in found] == [shop.waybill()]


@pytest.mark.clause("ORD-3")
def test_orders_are_listed_before_and_after_they_are_late_each_told_once(orders: OrdersService, shop: OwnShop) -> None:
    order = shop.place()
    orders.run_timer("promises")
    assert shop.late() == []
    orders.clock.now += timedelta(hours=40)
    orders.run_timer("promises")
    [soon] = shop.late("AT_RISK")
    assert (soon.order, soon.reason, soon.clause) == (order.name, parcels.PROMISE_REASON_SHIP_SOON, "ORD-3")
    assert soon.explanation.zh
    orders.clock.now += timedelta(hours=9)
    orders.run_timer("promises")
    orders.run_timer("promises")
    [late] = shop.late("OVERDUE")
    assert late.reason == parcels.PROMISE_REASON_NOT_SHIPPED
    assert shop.late("AT_RISK") == []
    parcel = shop.add(order.name)
    assert shop.late() == []
    shop.knows(parcel.waybill, "out")
    shop.pushed(parcel.waybill)
    orders.clock.now += timedelta(hours=80)
    orders.run_timer("promises")
    [late] = shop.late()
    assert late.reason == parcels.PROMISE_REASON_NOT_DELIVERED
    shop.report(parcel.name, "SIGNED", orders.clock())
    assert shop.late() == []
    told = [one for one in orders.told(order.name) if one.startswith("PROMISE")]
    assert told == ["PROMISE_AT_RISK", "PROMISE_OVERDUE", "PROMISE_ON_TIME", "PROMISE_OVERDUE", "PROMISE_ON_TIME"]
