"""What is pushed is believed if it is signed; its order and how often it comes make no difference (ORD-2)."""

import threading
from itertools import permutations
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import feed_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.courier_servers import Step
from tests.builders.orders import OrdersService
from tests.integration.orders.tracking.own_shop import OwnShop, state

PHONE = "13812345678"


def refused(call: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call()
    return str(refusal_from(error.value).reason)


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
