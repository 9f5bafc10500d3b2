"""What becomes of goods that came back by a slip is seen on the ticket and in the timeline (CUS-2, WHS-6).

The warehouse decides in inventory, which is real beside orders, and tells of it in its feed.
"""

from typing import Any

import pytest

from tests.builders.returns import BOOKED, SALE, SCRAP, SUPPLIER, WAITING, Returns
from tests.builders.service_desk import CLOSED, GOODS_BACK, RETURN, ServiceDesk

pytestmark = pytest.mark.clause("CUS-2")


@pytest.fixture
def returns(desk: ServiceDesk) -> Returns:
    """Who decides on returns in the warehouse."""
    return Returns(desk.acme, desk.orders.inventory, desk.stock.warehouse)


@pytest.fixture
def order(desk: ServiceDesk) -> Any:
    """Three packets, shipped."""
    return desk.shipped("A-1", desk.tea)


def sent_back(desk: ServiceDesk, order: Any, quantity: str) -> tuple[str, str]:
    """A ticket of which so much is back, and the movement that brought it."""
    made = desk.take(RETURN, order=order.name)
    return made.name, desk.comes_back(desk.slip(made.name, desk.tea, quantity).return_slip, desk.tea, quantity)


def line(desk: ServiceDesk, ticket: str) -> tuple[str, str, str, str]:
    (told,) = desk.one(ticket).return_lines
    return told.returned, told.resold, told.scrapped, told.supplied


def test_a_ticket_shows_how_much_is_for_sale_again_and_how_much_went_to_the_supplier(
    desk: ServiceDesk, returns: Returns, order: Any
) -> None:
    ticket, moved = sent_back(desk, order, "3")
    assert line(desk, ticket) == ("3", "0", "0", "0")
    back = returns.line(desk.tea, "1", SALE, to_place=desk.stock.bin)
    returns.decide(moved, back, returns.line(desk.tea, "1", SUPPLIER), supplier_slip="RS-1")
    desk.orders.settle()
    assert line(desk, ticket) == ("3", "1", "0", "1")
    returns.decide(moved, back)
    desk.orders.settle()
    assert line(desk, ticket) == ("3", "2", "0", "1")
    assert desk.one(ticket).state == GOODS_BACK
    told = desk.orders.told(order.name)
    assert told[-4:] == ["GOODS_RETURNED", "RETURN_RESOLD", "RETURN_TO_SUPPLIER", "RETURN_RESOLD"]


@pytest.mark.clause("WHS-6")
def test_scrap_is_shown_once_the_heads_have_agreed_to_it(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, moved = sent_back(desk, order, "2")
    returns.photo(moved)
    asked = returns.decide(moved, returns.line(desk.tea, "2", SCRAP, cause="wet"))
    assert asked.scrap_state == WAITING
    desk.orders.settle()
    assert line(desk, ticket) == ("2", "0", "0", "0")
    assert returns.settle(asked).scrap_state == BOOKED
    desk.orders.settle()
    assert line(desk, ticket) == ("2", "0", "2", "0")
    assert desk.orders.told(order.name)[-1] == "RETURN_SCRAPPED"


def test_scrap_that_was_refused_is_no_outcome(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, moved = sent_back(desk, order, "1")
    returns.photo(moved)
    returns.settle(returns.decide(moved, returns.line(desk.tea, "1", SCRAP)), agree=False)
    desk.orders.settle()
    assert line(desk, ticket) == ("1", "0", "0", "0")


def test_what_was_put_back_to_sale_by_mistake_waits_again(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, moved = sent_back(desk, order, "2")
    decided = returns.decide(moved, returns.line(desk.tea, "2", SALE, to_place=desk.stock.bin))
    desk.orders.settle()
    assert line(desk, ticket) == ("2", "2", "0", "0")
    desk.stock.warehouse.reverse(decided.booked[0])
    desk.orders.settle()
    assert line(desk, ticket) == ("2", "0", "0", "0")
    assert desk.orders.told(order.name)[-2:] == ["RETURN_RESOLD", "INSPECTION_REVERSED"]


def test_a_closed_ticket_is_told_too_and_stays_closed(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, moved = sent_back(desk, order, "1")
    desk.answer(ticket)
    desk.close(ticket)
    returns.decide(moved, returns.line(desk.tea, "1", SALE, to_place=desk.stock.bin))
    desk.orders.settle()
    assert (line(desk, ticket), desk.one(ticket).state) == (("1", "1", "0", "0"), CLOSED)


def test_the_feed_told_anew_counts_nothing_twice(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, moved = sent_back(desk, order, "2")
    returns.decide(moved, returns.line(desk.tea, "1", SALE, to_place=desk.stock.bin))
    desk.orders.settle()
    with desk.orders.service.database.engine.begin() as connection:
        connection.exec_driver_sql("update cursors set cursor = ''")
    desk.orders.settle()
    assert line(desk, ticket) == ("2", "1", "0", "0")
    assert desk.orders.told(order.name).count("RETURN_RESOLD") == 1


def test_what_becomes_of_anothers_return_changes_nothing(desk: ServiceDesk, returns: Returns, order: Any) -> None:
    ticket, _ = sent_back(desk, order, "1")
    other = desk.comes_back("RMA-OTHER", desk.tea, "1")
    returns.decide(other, returns.line(desk.tea, "1", SALE, to_place=desk.stock.bin))
    desk.orders.settle()
    assert line(desk, ticket) == ("1", "0", "0", "0")
