"""Parcels are followed from the hand-over to the customer's door, whoever tells of them how often (ORD-2, ORD-3)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import feed_pb2
from bylaw.orders.v1 import parcels_pb2 as parcels
from bylaw_chassis.status import refusal_from

from tests.builders.courier_servers import Kuaidi100Server, Step, served
from tests.builders.inventory import ORDER, line
from tests.builders.issuing import Parcels
from tests.builders.orders import OrdersService, orders_service
from tests.databases import Databases
from tests.integration.orders.conftest import Stock
from tests.integration.orders.parcels import OwnShop, state
from tests.integration.orders.shops import shop_of, stands

PHONE = "13812345678"


@pytest.fixture(scope="module")
def provider() -> Iterator[Kuaidi100Server]:
    """A provider of tracking."""
    with served(Kuaidi100Server()) as server:
        yield server  # type: ignore[misc]


@pytest.fixture(scope="module")
def orders(postgres: Databases, provider: Kuaidi100Server) -> Iterator[OrdersService]:
    """All three services, told of the provider."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in provider.told().items():
            environment.setenv(f"BYLAW_KUAIDI100_{name.upper()}", value)
        with orders_service(postgres, courier_push_url="https://shop.example") as service:
            yield service


@pytest.fixture
def shop(orders: OrdersService, stock: Stock, provider: Kuaidi100Server) -> Iterator[OwnShop]:
    """A shop that ships by itself."""
    begun = orders.clock.now
    provider.manner = "well"
    channel = orders.open_channel(stock.unit, f"OWN-{stock.number}")
    yield OwnShop(orders, provider, channel, stock.number)
    orders.clock.now = begun


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
def test_a_push_that_comes_again_changes_nothing_and_none_takes_a_parcel_back(shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "picked up", "under way", "out", "signed")
    shop.pushed(parcel.waybill)
    signed, known = shop.parcel(parcel.name), shop.events(parcel.name)
    whole = shop.provider.histories[parcel.waybill]
    for body in (whole, whole[:2], [*whole, *whole], list(reversed(whole)), []):
        shop.pushed(parcel.waybill, body)
    later = Step((whole[-1].at[:11] + "23:59:59"), "派件中", "5")
    shop.pushed(parcel.waybill, [later])
    assert shop.parcel(parcel.name).state == state("SIGNED")
    assert shop.parcel(parcel.name).sign_time == signed.sign_time
    assert len(shop.events(parcel.name)) == len(known) + 1


@pytest.mark.clause("ORD-2")
def test_whatever_order_pushes_come_in_the_parcel_is_where_it_is(shop: OwnShop) -> None:
    shop.knows("x", "picked up", "out", "problem")
    steps = shop.provider.histories.pop("x")
    found = set()
    for number, order in enumerate(permutations(steps)):
        parcel = shop.add(shop.place().name, shop.waybill(f"A{number}"))
        for step in order:
            shop.pushed(parcel.waybill, [step])
        at = shop.parcel(parcel.name)
        found.add((at.state, at.state_time.ToJsonString(), at.last_event_time.ToJsonString()))
    assert len(found) == 1
    assert found.pop()[0] == state("PROBLEM")


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
def test_a_forged_push_is_refused_and_on_record(orders: OrdersService, shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "signed")
    forged = shop.provider.push(parcel.waybill, salt="somebody-elses-salt")
    assert refused(lambda: shop.send(forged)) == "PUSH_FORGED"
    assert shop.parcel(parcel.name).state == state("NO_TRACE")
    with orders.service.database.engine.connect() as connection:
        written = connection.execute(sa.text("select reason from audit where reason = 'PUSH_FORGED'")).all()
    assert written


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "PUSH_FORGED"),
        (b"\xff\xfe\x00", "PUSH_UNREADABLE"),
        ("param=签".encode("gb18030"), "PUSH_UNREADABLE"),
        (b'{"lastResult": {}}', "PUSH_UNREADABLE"),
        (b"param=" + b"x" * 900_000, "PUSH_FORGED"),
    ],
)
def test_what_is_no_push_is_refused_in_one_word(shop: OwnShop, body: bytes, reason: str) -> None:
    assert refused(lambda: shop.send(body)) in {reason, "PUSH_FORGED", "PUSH_UNREADABLE"}


def test_an_adapter_that_is_not_set_up_is_unknown(shop: OwnShop) -> None:
    assert refused(lambda: shop.send(b"", courier="kdniao")) == "COURIER_UNKNOWN"
    assert refused(lambda: shop.send(b"", courier="x" * 200)) == "COURIER_UNKNOWN"


def test_a_waybill_that_is_not_on_record_is_answered_as_taken_so_that_it_does_not_come_again(shop: OwnShop) -> None:
    shop.knows("YT99999999999", "signed")
    assert '"result":true' in shop.pushed("YT99999999999").text


@pytest.mark.clause("CUS-1")
def test_nobody_by_name_or_telephone_is_kept_of_what_couriers_write(orders: OrdersService, shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "signed", text=f"已签收,签收人是:李小明 电话{PHONE}")
    shop.pushed(parcel.waybill)
    [event] = shop.events(parcel.name)
    assert event.text == "已签收,签收人是:*** 电话***"
    with orders.service.database.engine.connect() as connection:
        rows = connection.execute(sa.text("select * from track_events")).all()
        told = connection.execute(
            sa.text("select feed::text from feed union all select outbox::text from outbox")
        ).all()
    assert PHONE not in str(rows)
    assert PHONE not in str(told)
    assert "李小明" not in str(rows)


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
    assert refused(lambda: shop.report(parcel.name[:-1] + "0", "SIGNED", earlier)) in {
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


@pytest.mark.clause("ORD-2")
def test_two_workers_and_many_pushes_at_once_come_to_one_history(shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "picked up", "under way", "out", "signed")
    whole = shop.provider.histories[parcel.waybill]
    bodies = [whole[: number % 4 + 1] for number in range(6)]
    threads = [threading.Thread(target=shop.pushed, args=(parcel.waybill, body)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert shop.parcel(parcel.name).state == state("SIGNED")
    assert len(shop.events(parcel.name)) == 4


def test_it_is_told_in_the_feed_without_anybody(orders: OrdersService, shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "signed")
    shop.pushed(parcel.waybill)
    found = orders.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=1000), metadata=orders.everything)
    while len(found.events) == 1000:
        request = feed_pb2.ListEventsRequest(page_size=1000, after_cursor=found.cursor)
        found = orders.feed.ListEvents(request, metadata=orders.everything)
    told = [one.parcel_tracked for one in found.events if one.parcel_tracked.name == parcel.name]
    assert [one.state for one in told] == [state("NO_TRACE"), state("SIGNED")]
