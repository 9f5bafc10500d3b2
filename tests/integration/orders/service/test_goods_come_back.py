"""Returns meet inventory by their slip: what is back is on the order, money or an exchange is due (CUS-2)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bylaw.orders.v1 import orders_pb2
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.orders import ordered
from tests.builders.receiving import notices_of, refusal_of
from tests.builders.service_desk import (
    AGREED,
    CLERK,
    CLOSED,
    DECIDED,
    DONE,
    EXCHANGE,
    FOR_DECISION,
    FOR_GOODS,
    GOODS_BACK,
    GOODS_FOR_GOODS,
    REFUSED,
    RETURN,
    WAITING,
    ServiceDesk,
)

pytestmark = pytest.mark.clause("CUS-2")


@pytest.fixture
def order(desk: ServiceDesk) -> Any:
    """Three packets, shipped."""
    return desk.shipped("A-1", desk.tea)


def returned(desk: ServiceDesk, order: Any) -> list[str]:
    return [line.returned for line in desk.orders.order(order.name).lines]


def test_goods_come_back_by_their_slip_and_the_refund_is_due(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(RETURN, order=order.name)
    desk.assign(made.name)
    waits = desk.slip(made.name, desk.tea, "2")
    assert (waits.state, waits.return_slip[:4]) == (FOR_GOODS, "RMA-")
    assert [(line.quantity, line.returned) for line in waits.return_lines] == [("2", "0")]
    desk.comes_back(waits.return_slip, desk.tea, "1")
    assert (desk.one(made.name).state, returned(desk, order)) == (FOR_GOODS, ["1"])
    desk.comes_back(waits.return_slip, desk.tea, "1")
    assert (desk.one(made.name).state, returned(desk, order)) == (GOODS_BACK, ["2"])
    assert made.name in [one.about for one in notices_of(desk.orders, desk.acme.name(CLERK))]
    assert desk.orders.told(order.name)[-3:] == ["RETURN_AGREED", "GOODS_RETURNED", "GOODS_RETURNED"]
    assert desk.decide(desk.ask(made.name, 2_000)).state == DONE
    assert desk.one(made.name).state == DECIDED


def test_what_was_booked_as_back_by_mistake_is_awaited_again(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(RETURN, order=order.name)
    slip = desk.slip(made.name, desk.tea, "1").return_slip
    moved = desk.comes_back(slip, desk.tea, "1")
    desk.stock.warehouse.reverse(moved)
    desk.orders.settle()
    assert (desk.one(made.name).state, returned(desk, order)) == (FOR_GOODS, ["0"])
    assert desk.orders.told(order.name)[-1] == "RETURN_REVERSED"


def test_no_more_comes_back_than_has_left_and_is_not_awaited(desk: ServiceDesk, order: Any) -> None:
    first, second = (desk.take(RETURN, order=order.name).name for _ in range(2))
    assert refusal_of(lambda: desk.slip(first, desk.tea, "4")) == "RETURN_OVER_SHIPPED"
    assert refusal_of(lambda: desk.slip(first, desk.cup, "1")) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.slip(first, desk.tea, "0")) == "FIELD_INVALID"
    desk.slip(first, desk.tea, "2")
    assert refusal_of(lambda: desk.slip(first, desk.tea, "1")) == "RETURN_SLIP_ISSUED"
    assert refusal_of(lambda: desk.slip(second, desk.tea, "2")) == "RETURN_OVER_SHIPPED"
    desk.slip(second, desk.tea, "1")


def test_two_slips_at_once_do_not_await_the_same_goods(desk: ServiceDesk, order: Any) -> None:
    tickets = [desk.take(RETURN, order=order.name).name for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda name: refusal_of(lambda: desk.slip(name, desk.tea, "2")), tickets))
    assert sorted(found) == ["", "RETURN_OVER_SHIPPED", "RETURN_OVER_SHIPPED"]


def test_goods_that_come_when_the_ticket_is_closed_open_it_again(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(RETURN, order=order.name)
    slip = desk.slip(made.name, desk.tea, "1").return_slip
    desk.answer(made.name)
    assert desk.close(made.name).state == CLOSED
    desk.comes_back(slip, desk.tea, "1")
    now = desk.one(made.name)
    assert (now.state, now.reopen_count) == (GOODS_BACK, 1)
    assert desk.orders.order(order.name).after_sales_state == orders_pb2.AFTER_SALES_STATE_OPEN


def test_goods_by_a_slip_of_nobodys_change_nothing(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(RETURN, order=order.name)
    desk.slip(made.name, desk.tea, "1")
    desk.comes_back("RMA-OTHER", desk.tea, "1")
    assert (desk.one(made.name).state, returned(desk, order)) == (FOR_GOODS, ["0"])


def test_an_exchange_is_decided_and_placed_once_at_price_nothing(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(GOODS_FOR_GOODS, order=order.name)
    desk.comes_back(desk.slip(made.name, desk.tea, "1").return_slip, desk.tea, "1")
    asked = desk.ask(made.name, 1_000, EXCHANGE, lines=[{"code": desk.cup.code, "quantity": "2"}])
    assert (asked.state, desk.one(made.name).state) == (WAITING, FOR_DECISION)
    done = desk.decide(asked)
    for _ in range(2):
        desk.learn()
    assert (done.state, desk.one(made.name).state) == (DONE, DECIDED)
    placed = desk.orders.order(done.exchange_order)
    assert (placed.total, placed.channel, placed.number[:5]) == (0, desk.channel.name, "A-1-X")
    assert [(line.code, line.quantity, line.unit_price) for line in placed.lines] == [(desk.cup.code, "2", "0")]
    assert placed.recipient.customer == order.recipient.customer
    assert list(placed.holds) == []
    desk.orders.settle()
    assert desk.orders.order(placed.name).fulfilment_state == orders_pb2.FULFILMENT_STATE_RESERVED
    assert "EXCHANGE_PLACED" in desk.orders.told(order.name)
    assert "EXCHANGE_PLACED" in desk.orders.told(placed.name)
    assert desk.orders.order(order.name).refunded == 0


def test_an_exchange_is_not_held_for_its_price_where_prices_are_checked(desk: ServiceDesk) -> None:
    warehouse, number = desk.stock.warehouse.name, desk.stock.number
    desk.channel = desk.orders.open_channel(desk.stock.unit, f"P-{number}", warehouse=warehouse, sales_channel="shop")
    desk.orders.set_checks(desk.channel.name, off=["GOODS_NOT_LISTED"])
    sold = desk.orders.place(desk.channel, "A-1", ordered(desk.tea.code, "1"))
    assert [hold.check for hold in sold.holds] == ["PRICE_UNKNOWN"]
    asked = desk.ask(
        desk.take(GOODS_FOR_GOODS, order=sold.name).name,
        1_000,
        EXCHANGE,
        lines=[{"code": desk.cup.code, "quantity": "1"}],
    )
    placed = desk.orders.order(desk.decide(asked).exchange_order)
    assert list(placed.holds) == []
    mended = orders_pb2.Order(name=placed.name, promotion="GOODWILL")
    request = orders_pb2.UpdateOrderRequest(order=mended, update_mask=FieldMask(paths=["promotion"]))
    assert list(desk.orders.orders.UpdateOrder(request, metadata=desk.orders.everything).holds) == []


def test_an_exchange_is_placed_though_the_service_died_behind_the_decision(desk: ServiceDesk, order: Any) -> None:
    made = desk.take(GOODS_FOR_GOODS, order=order.name)
    asked = desk.ask(made.name, 0, EXCHANGE, lines=[{"code": desk.cup.code, "quantity": "1"}])
    for who in ("chen", "lin"):  # of what its worth is not known the next head decides too
        desk.answered(asked, who)
    for kind in ("organisation", "outcomes"):
        desk.orders.run_timer(kind)
    assert desk.action(asked.name).state == AGREED
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: desk.orders.run_timer("exchanges"), range(2)))
    assert desk.action(asked.name).state == DONE
    assert desk.orders.told(order.name).count("EXCHANGE_PLACED") == 1


def test_within_the_limit_an_exchange_needs_no_decision_and_a_refused_one_sends_nothing(
    desk: ServiceDesk, order: Any
) -> None:
    lines = [{"code": desk.cup.code, "quantity": "1"}]
    made = desk.take(GOODS_FOR_GOODS, order=order.name)
    assert desk.decide(desk.ask(made.name, 1_000, EXCHANGE, lines=lines), agree=False).state == REFUSED
    desk.promise(refund_limit=1_000)
    alone = desk.ask(made.name, 1_000, EXCHANGE, lines=lines)
    assert (alone.state, alone.decision) == (AGREED, "")
    desk.learn()
    assert desk.action(alone.name).exchange_order
    assert refusal_of(lambda: desk.ask(made.name, 100, EXCHANGE)) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.ask(made.name, 100, lines=lines)) == "FIELD_INVALID"
