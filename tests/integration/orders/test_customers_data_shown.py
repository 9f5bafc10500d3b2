"""Customers' data over the calls: masked, found, and revealed for a reason that stays on record (CUS-1)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import channels_pb2, customers_pb2, orders_pb2
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.access import refusal
from tests.builders.orders import ORDERS_PERMISSIONS, OrdersService, ordered
from tests.builders.people import NOON

ZHANG = {
    "display_name": "张小三",
    "phone": "13800138000",
    "address": "浙江省杭州市西湖区文三路398号5幢2单元501室",
    "region": "浙江省",
    "postal_code": "310012",
    "email": "z3@mail.test",
    "nick": "三儿",
    "remark": "请放门口",
}
WHY = "包裹退回，需与收件人核对"


@dataclass
class Shop:
    """A unit's channel whose orders are records of the past, and what is asked of its customers."""

    orders: OrdersService
    unit: str
    channel: channels_pb2.Channel
    mobile: int
    placed: list[str] = field(default_factory=list)

    def order(self, **to: Any) -> orders_pb2.Order:
        """Takes an order in that goes to somebody; a number of this test's where none is given."""
        told = {**ZHANG, "phone": self.phone(), "nick": f"三儿{self.mobile}", **to}
        number = f"N-{uuid4()}"
        return self.orders.place(self.channel, number, ordered("TEA"), recipient=orders_pb2.Recipient(**told))

    def phone(self, more: int = 0) -> str:
        """A number of this test's."""
        return f"138{self.mobile:04}{more:04}"

    def reveal(self, order: str, caller: Any = None, **more: Any) -> customers_pb2.RevealedRecipient:
        """Has it revealed."""
        told = {"reason": customers_pb2.REVEAL_REASON_DELIVERY_PROBLEM, "explanation": WHY, **more}
        request = customers_pb2.RevealRecipientRequest(name=order, **told)
        return self.orders.customers.RevealRecipient(request, metadata=caller or self.orders.everything)

    def find(self, caller: Any = None, **by: str) -> list[customers_pb2.Customer]:
        """Finds customers."""
        request = customers_pb2.FindCustomersRequest(**by)
        return list(self.orders.customers.FindCustomers(request, metadata=caller or self.orders.everything).customers)

    def find_by_digits(self, digits: str, caller: Any = None) -> list[customers_pb2.Customer]:
        """Finds customers by the end of their number."""
        request = customers_pb2.FindCustomersByLastDigitsRequest(digits=digits)
        answer = self.orders.customers.FindCustomersByLastDigits(request, metadata=caller or self.orders.everything)
        return list(answer.customers)

    def customer(self, name: str, caller: Any = None) -> customers_pb2.Customer:
        """A customer."""
        request = customers_pb2.GetCustomerRequest(name=name)
        return self.orders.customers.GetCustomer(request, metadata=caller or self.orders.everything)

    def reveals(self, **more: Any) -> list[customers_pb2.Reveal]:
        """Reveals, newest first."""
        request = customers_pb2.ListRevealsRequest(**more)
        return list(self.orders.customers.ListReveals(request, metadata=self.orders.everything).reveals)

    def somebody(self, *permissions: str) -> Any:
        """A person of this shop's unit; all permissions where none are named."""
        reach = UUID(self.unit.rpartition("/")[2])
        held = frozenset(permissions) or ORDERS_PERMISSIONS
        return self.orders.people.as_caller(HeldGrant(Scope.SUBTREE, reach, held), person=uuid4())

    def notices(self, since: int = 0) -> list[dict[str, Any]]:
        """What people will be told of, newest last."""
        with self.orders.service.database.engine.begin() as connection:
            rows = connection.execute(sa.text("select payload from jobs where kind = 'tell-people' order by id"))
            told = [json.loads(bytes(row.payload)) for row in rows][since:]
        return [{"body": one[2][1], "about": one[3], "role": one[4]} for one in told]


@pytest.fixture
def shop(orders: OrdersService, numbers: Iterator[int]) -> Iterator[Shop]:
    """A shop of a unit of its own; whatever time passes, the next test begins at noon in Shanghai."""
    number = next(numbers)
    unit = orders.people.unit(f"PRIVATE-{number}").name
    orders.follow_people()
    channel = orders.open_channel(unit, f"PRIVATE-{number}", platform="taobao", history=True)
    yield Shop(orders, unit, channel, 7000 + number)
    orders.clock.now = NOON


def clear_texts(shop: Shop) -> list[str]:
    """What nobody may read without a reason."""
    return ["张小三", shop.phone(), "398", "501", "310012", "z3@mail", f"三儿{shop.mobile}", "请放门口"]


@pytest.mark.clause("CUS-1")
def test_an_order_a_customer_and_a_search_show_what_is_masked(shop: Shop) -> None:
    order = shop.order()
    customer = shop.customer(order.recipient.customer)
    (found,) = shop.find(phone=f"+86 {shop.phone()[:3]}-{shop.phone()[3:]}")
    listed = shop.orders.orders.ListOrders(
        orders_pb2.ListOrdersRequest(channel=shop.channel.name), metadata=shop.orders.everything
    )
    for shown in (order, customer, found, listed):
        assert not [text for text in clear_texts(shop) if text in str(shown).encode().decode("unicode_escape")]
        assert "1******0000" in str(shown)
    assert found == customer
    assert customer.order_count == 1
    assert customer.orders[0].order == order.name
    assert customer.orders[0].recipient.display_name == "张**"


@pytest.mark.clause("CUS-1")
def test_a_customer_is_found_by_number_by_nick_and_by_last_digits(shop: Shop) -> None:
    order = shop.order(phone=shop.phone(4321))
    assert [one.name for one in shop.find(phone=shop.phone(4321))] == [order.recipient.customer]
    assert [one.name for one in shop.find(nick=f"三儿{shop.mobile}", platform="taobao")] == [order.recipient.customer]
    assert order.recipient.customer in [one.name for one in shop.find_by_digits("4321")]
    assert shop.find(phone=shop.phone(4322)) == []
    assert shop.find(nick=f"三儿{shop.mobile}", platform="amazon") == []


@pytest.mark.clause("CUS-1")
def test_what_is_asked_for_must_be_a_whole_number_or_a_nick_of_a_platform(shop: Shop) -> None:
    for wrong in (
        {},
        {"phone": "13800138000", "nick": "三儿", "platform": "taobao"},
        {"nick": "三儿"},
        {"phone": "138****8000"},
        {"phone": "8" * 65},
        {"phone": "nobody"},
    ):
        assert refusal(lambda wrong=wrong: shop.find(**wrong)) == "FIELD_INVALID"
    for wrong in ("", "123", "12345", "12a4", "١٢٣٤"):
        assert refusal(lambda wrong=wrong: shop.find_by_digits(wrong)) == "FIELD_INVALID"


@pytest.mark.clause("CUS-1", "SEC-1")
def test_who_reaches_no_order_of_a_customer_does_not_see_them(shop: Shop) -> None:
    order = shop.order()
    unit = shop.orders.people.unit(f"OTHER-{shop.mobile}").name
    shop.orders.follow_people()
    stranger = Shop(shop.orders, unit, shop.channel, shop.mobile).somebody()
    assert refusal(lambda: shop.customer(order.recipient.customer, stranger)) == "CUSTOMER_NOT_FOUND"
    assert refusal(lambda: shop.customer(f"customers/{uuid4()}", stranger)) == "CUSTOMER_NOT_FOUND"
    assert shop.find(stranger, phone=shop.phone()) == []
    assert shop.find_by_digits("0000", stranger) == []
    assert refusal(lambda: shop.reveal(order.name, stranger)) == "ORDER_NOT_FOUND"


@pytest.mark.clause("CUS-1")
def test_last_digits_have_a_permission_of_their_own(shop: Shop) -> None:
    clerk = shop.somebody("orders.customers.read")
    assert shop.find(clerk, phone=shop.phone()) == []
    assert refusal(lambda: shop.find_by_digits("0000", clerk)) == "PERMISSION_MISSING"


@pytest.mark.clause("CUS-1")
def test_who_tries_digits_one_by_one_is_stopped_and_told_of(shop: Shop) -> None:
    curious, before = shop.somebody(), len(shop.notices())
    for number in range(60):
        shop.find_by_digits(f"{number:04}", curious)
    assert refusal(lambda: shop.find_by_digits("0099", curious)) == "SEARCHES_TOO_MANY"
    assert refusal(lambda: shop.find(curious, phone="13800138000")) == "SEARCHES_TOO_MANY"
    assert [one["role"] for one in shop.notices(before)] == ["operations-director", "data-protection"]
    shop.orders.clock.pass_time(minutes=61)
    shop.find_by_digits("0099", curious)


@pytest.mark.clause("CUS-1", "SEC-3")
def test_what_is_revealed_is_on_record_with_who_and_why(shop: Shop) -> None:
    order = shop.order()
    person = shop.somebody()
    ticket = f"tickets/{uuid4()}"
    shown = shop.reveal(order.name, person, ticket=ticket)
    to = shown.recipient
    assert (to.display_name, to.phone, to.address, to.remark) == (
        "张小三",
        shop.phone(),
        ZHANG["address"],
        "请放门口",
    )
    assert shown.reveals_today == 1
    (kept,) = shop.reveals(order=order.name)
    assert (kept.name, kept.customer, kept.explanation) == (shown.reveal, order.recipient.customer, WHY)
    assert (kept.reason, kept.ticket, list(kept.flags)) == (
        customers_pb2.REVEAL_REASON_DELIVERY_PROBLEM,
        ticket,
        [],
    )
    assert shop.orders.told(order.name)[-1] == "RECIPIENT_REVEALED"
    trail = shop.orders.service.database
    with trail.engine.begin() as connection:
        rows = connection.execute(sa.text("select targets::text from audit where method like '%RevealRecipient'"))
        targets = [row[0] for row in rows]
    assert any(order.name in one and shown.reveal in one for one in targets)


@pytest.mark.clause("CUS-1")
def test_a_reveal_needs_its_permission_a_kind_of_reason_and_words(shop: Shop) -> None:
    order = shop.order()
    clerk = shop.somebody("orders.customers.read", "orders.orders.read")
    assert refusal(lambda: shop.reveal(order.name, clerk)) == "PERMISSION_MISSING"
    for wrong in (
        {"reason": 0},
        {"reason": 9},
        {"explanation": ""},
        {"explanation": "因为"},
        {"explanation": "x" * 501},
        {"ticket": "T-1"},
    ):
        assert refusal(lambda wrong=wrong: shop.reveal(order.name, **wrong)) == "FIELD_INVALID"
    assert shop.reveals(order=order.name) == []


@pytest.mark.clause("CUS-1")
def test_a_reason_does_not_tell_what_it_is_to_protect(shop: Shop) -> None:
    order = shop.order()
    for telling in (
        "张小三来电催货",
        f"回拨 {shop.phone()} 核对",
        f"号码尾段 {shop.phone()[-7:]}",
        f"旺旺 三儿{shop.mobile} 询问",
        "邮箱 Z3@mail.test 退信",
        "另一号码 13911112222 可用",
    ):
        assert refusal(lambda telling=telling: shop.reveal(order.name, explanation=telling)) == "REASON_TELLS_TOO_MUCH"
    assert shop.reveals(order=order.name) == []


@pytest.mark.clause("CUS-1")
def test_an_order_without_a_recipient_has_nothing_to_reveal(shop: Shop) -> None:
    order = shop.orders.place(shop.channel, f"N-{uuid4()}", ordered("TEA"), recipient=None)
    assert refusal(lambda: shop.reveal(order.name)) == "ORDER_WITHOUT_RECIPIENT"
    assert refusal(lambda: label(shop, order.name)) == "ORDER_WITHOUT_RECIPIENT"


@pytest.mark.clause("CUS-1")
def test_what_was_changed_in_the_database_is_refused_and_shown_as_stars(shop: Shop) -> None:
    order = shop.order()
    with shop.orders.service.database.engine.begin() as connection:
        change = sa.text("update order_recipients set phone = name where of_order = :order")
        connection.execute(change, {"order": UUID(order.name.partition("/")[2])})
    assert refusal(lambda: shop.reveal(order.name)) == "RECIPIENT_DAMAGED"
    assert refusal(lambda: label(shop, order.name)) == "RECIPIENT_DAMAGED"
    assert refusal(lambda: export(shop, order.recipient.customer)) == "RECIPIENT_DAMAGED"
    assert shop.orders.order(order.name).recipient.display_name == "***"


def export(shop: Shop, customer: str) -> customers_pb2.CustomerExport:
    """All that is held of a customer."""
    request = customers_pb2.ExportCustomerRequest(name=customer, explanation="客户来函索取")
    return shop.orders.customers.ExportCustomer(request, metadata=shop.orders.everything)


@pytest.mark.clause("CUS-1")
def test_many_reveals_are_told_once_a_day_and_too_many_are_refused(shop: Shop) -> None:
    orders = [shop.order(phone=shop.phone(number), nick=f"n{shop.mobile}-{number}").name for number in range(16)]
    person, before = shop.somebody(), len(shop.notices())
    for name in orders[:15]:
        shop.reveal(name, person)
    assert shop.notices(before) == []
    shop.reveal(orders[15], person)  # of a sixteenth customer within the hour
    assert [one["role"] for one in shop.notices(before)] == ["operations-director", "data-protection"]
    assert "many customers in an hour" in shop.notices(before)[0]["body"]
    for _ in range(14):
        shop.reveal(orders[15], person)
    assert len(shop.notices(before)) == 2
    shop.reveal(orders[15], person)  # the thirty-first of the day
    assert "many in a day" in shop.notices(before)[-1]["body"]
    assert len(shop.notices(before)) == 4
    assert [list(one.flags) for one in shop.reveals(unusual=True, page_size=1)] == [
        [customers_pb2.REVEAL_FLAG_MANY, customers_pb2.REVEAL_FLAG_MANY_CUSTOMERS]
    ]
    for _ in range(169):
        shop.reveal(orders[0], person)
    assert refusal(lambda: shop.reveal(orders[0], person)) == "REVEALS_TOO_MANY"
    shop.orders.clock.pass_time(hours=20)
    assert shop.reveal(orders[0], person).reveals_today == 1


@pytest.mark.clause("CUS-1")
def test_a_reveal_at_night_is_told(shop: Shop) -> None:
    order, before = shop.order(), len(shop.notices())
    shop.orders.clock.pass_time(hours=12)  # midnight in Shanghai
    shop.reveal(order.name, shop.somebody())
    assert "outside of hours" in shop.notices(before)[0]["body"]
    assert shop.notices(before)[0]["about"] == order.name


@pytest.mark.clause("CUS-1")
def test_reveals_are_listed_page_by_page_for_whoever_answers_for_the_shop(shop: Shop) -> None:
    order, person = shop.order(), shop.somebody()
    for _ in range(3):
        shop.reveal(order.name, person)
    first = shop.orders.customers.ListReveals(
        customers_pb2.ListRevealsRequest(page_size=2, order=order.name), metadata=shop.orders.everything
    )
    request = customers_pb2.ListRevealsRequest(page_size=2, order=order.name, page_token=first.next_page_token)
    second = shop.orders.customers.ListReveals(request, metadata=shop.orders.everything)
    assert (len(first.reveals), len(second.reveals), second.next_page_token) == (2, 1, "")
    (by,) = {one.revealed_by for one in first.reveals}
    assert len(shop.reveals(person=by)) == 3
    elsewhere = shop.orders.people.unit(f"ELSEWHERE-{shop.mobile}").name
    shop.orders.follow_people()
    stranger = Shop(shop.orders, elsewhere, shop.channel, shop.mobile).somebody()
    answer = shop.orders.customers.ListReveals(customers_pb2.ListRevealsRequest(), metadata=stranger)
    assert list(answer.reveals) == []


def label(shop: Shop, order: str) -> customers_pb2.OrderLabel:
    """A label."""
    request = customers_pb2.GetOrderLabelRequest(name=f"{order}/label")
    return shop.orders.customers.GetOrderLabel(request, metadata=shop.somebody("orders.labels.read"))


@pytest.mark.clause("CUS-1")
def test_a_label_shows_the_house_and_hides_name_number_unit_and_room(shop: Shop) -> None:
    order = shop.order()
    to = label(shop, order.name).recipient
    assert to.address == "浙江省杭州市西湖区文三路398号***"
    assert (to.display_name, to.phone) == ("张**", "1******0000")
    assert (to.email, to.nick, to.remark) == ("", "", "")
    request = customers_pb2.GetOrderLabelRequest(name=order.name)
    assert (
        refusal(lambda: shop.orders.customers.GetOrderLabel(request, metadata=shop.orders.everything))
        == "FIELD_INVALID"
    )
