"""Customers' data over the calls: masked, found, and revealed for a reason that stays on record (CUS-1)."""

from datetime import timedelta
from uuid import UUID, uuid4

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import customers_pb2, orders_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.access import outcome as outcome_of
from tests.builders.access import refusal
from tests.builders.customers import WHY, ZHANG, Shop
from tests.builders.orders import EVERYTHING, ordered


@pytest.mark.clause("CUS-1")
def test_an_order_a_customer_and_a_search_show_what_is_masked(private: Shop) -> None:
    order = private.order()
    customer = private.customer(order.recipient.customer)
    (found,) = private.find(phone=f"+86 {private.phone()[:3]}-{private.phone()[3:]}")
    listed = private.orders.orders.ListOrders(
        orders_pb2.ListOrdersRequest(channel=private.channel.name), metadata=private.orders.everything
    )
    for shown in (order, customer, found, listed):
        assert not [text for text in private.clear_texts() if text in str(shown).encode().decode("unicode_escape")]
        assert "1******0000" in str(shown)
    assert found == customer
    assert customer.order_count == 1
    assert customer.orders[0].order == order.name
    assert customer.orders[0].recipient.display_name == "张**"


@pytest.mark.clause("CUS-1")
def test_a_customer_is_found_by_number_by_nick_and_by_last_digits(private: Shop) -> None:
    order = private.order(phone=private.phone(4321))
    assert [one.name for one in private.find(phone=private.phone(4321))] == [order.recipient.customer]
    assert [one.name for one in private.find(nick=f"三儿{private.mobile}", platform="taobao")] == [
        order.recipient.customer
    ]
    assert order.recipient.customer in [one.name for one in private.find_by_digits("4321")]
    assert private.find(phone=private.phone(4322)) == []
    assert private.find(nick=f"三儿{private.mobile}", platform="amazon") == []


@pytest.mark.clause("CUS-1")
def test_what_is_asked_for_must_be_a_whole_number_or_a_nick_of_a_platform(private: Shop) -> None:
    for wrong in (
        {},
        {"phone": "13800138000", "nick": "三儿", "platform": "taobao"},
        {"nick": "三儿"},
        {"phone": "138****8000"},
        {"phone": "8" * 65},
        {"phone": "nobody"},
    ):
        assert refusal(lambda wrong=wrong: private.find(**wrong)) == "FIELD_INVALID"
    for wrong in ("", "123", "12345", "12a4", "١٢٣٤"):
        assert refusal(lambda wrong=wrong: private.find_by_digits(wrong)) == "FIELD_INVALID"


@pytest.mark.clause("CUS-1", "SEC-1")
def test_who_reaches_no_order_of_a_customer_does_not_see_them(private: Shop) -> None:
    order = private.order()
    unit = private.orders.people.unit(f"OTHER-{private.mobile}").name
    private.orders.follow_people()
    stranger = Shop(private.orders, unit, private.channel, private.mobile).somebody()
    assert refusal(lambda: private.customer(order.recipient.customer, stranger)) == "CUSTOMER_NOT_FOUND"
    assert refusal(lambda: private.customer(f"customers/{uuid4()}", stranger)) == "CUSTOMER_NOT_FOUND"
    assert private.find(stranger, phone=private.phone()) == []
    assert private.find_by_digits("0000", stranger) == []
    assert refusal(lambda: private.reveal(order.name, stranger)) == "ORDER_NOT_FOUND"


@pytest.mark.clause("CUS-1")
def test_last_digits_have_a_permission_of_their_own(private: Shop) -> None:
    clerk = private.somebody("orders.customers.read")
    assert private.find(clerk, phone=private.phone()) == []
    assert refusal(lambda: private.find_by_digits("0000", clerk)) == "PERMISSION_MISSING"


@pytest.mark.clause("CUS-1")
def test_who_tries_digits_one_by_one_is_stopped_and_told_of(private: Shop) -> None:
    person = uuid4()
    curious, before = private.somebody(person=person), len(private.notices())
    for number in range(60):
        private.find_by_digits(f"{number:04}", curious)
    assert refusal(lambda: private.find_by_digits("0099", curious)) == "SEARCHES_TOO_MANY"
    assert refusal(lambda: private.find(curious, phone="13800138000")) == "SEARCHES_TOO_MANY"
    assert [one["role"] for one in private.notices(before)] == ["operations-director", "data-protection"]
    private.orders.clock.pass_time(minutes=61)
    private.find_by_digits("0099", private.somebody(person=person))


@pytest.mark.clause("CUS-1", "SEC-3")
def test_what_is_revealed_is_on_record_with_who_and_why(private: Shop) -> None:
    order = private.order()
    person = private.somebody()
    ticket = f"tickets/{uuid4()}"
    shown = private.reveal(order.name, person, ticket=ticket)
    to = shown.recipient
    assert (to.display_name, to.phone, to.address, to.remark) == (
        "张小三",
        private.phone(),
        ZHANG["address"],
        "请放门口",
    )
    assert shown.reveals_today == 1
    (kept,) = private.reveals(order=order.name)
    assert (kept.name, kept.customer, kept.explanation) == (shown.reveal, order.recipient.customer, WHY)
    assert (kept.reason, kept.ticket, list(kept.flags)) == (
        customers_pb2.REVEAL_REASON_DELIVERY_PROBLEM,
        ticket,
        [],
    )
    assert private.orders.told(order.name)[-1] == "RECIPIENT_REVEALED"
    trail = private.orders.service.database
    with trail.engine.begin() as connection:
        rows = connection.execute(sa.text("select targets::text from audit where method like '%RevealRecipient'"))
        targets = [row[0] for row in rows]
    assert any(order.name in one and shown.reveal in one for one in targets)


@pytest.mark.clause("CUS-1")
def test_a_reveal_needs_its_permission_a_kind_of_reason_and_words(private: Shop) -> None:
    order = private.order()
    clerk = private.somebody("orders.customers.read", "orders.orders.read")
    assert refusal(lambda: private.reveal(order.name, clerk)) == "PERMISSION_MISSING"
    for wrong in (
        {"reason": 0},
        {"reason": 9},
        {"explanation": ""},
        {"explanation": "因为"},
        {"explanation": "x" * 501},
        {"ticket": "T-1"},
    ):
        assert refusal(lambda wrong=wrong: private.reveal(order.name, **wrong)) == "FIELD_INVALID"
    assert private.reveals(order=order.name) == []


@pytest.mark.clause("CUS-1", "SEC-1")
@pytest.mark.parametrize(("ago", "outcome"), [(29, ""), (31, "SIGN_IN_AGAIN"), (None, "SIGN_IN_AGAIN")])
def test_what_is_in_clear_is_for_whoever_signed_in_lately_and_for_no_access_token(
    private: Shop, ago: int | None, outcome: str
) -> None:
    order, customers = private.order(), private.orders.customers
    signed_in = None if ago is None else timedelta(minutes=ago)
    who = private.orders.people.as_caller(EVERYTHING, signed_in=signed_in)
    customer = order.recipient.customer
    export = customers_pb2.ExportCustomerRequest(name=customer, explanation="客户来函索取")
    erase = customers_pb2.EraseCustomerRequest(
        name=customer,
        reason=customers_pb2.ERASURE_REASON_CUSTOMER_ASKED,
        explanation="客户来函要求",
        confirmation=customer,
    )
    asked = [
        outcome_of(lambda: private.reveal(order.name, who)),
        outcome_of(lambda: customers.ExportCustomer(export, metadata=who)),
        outcome_of(lambda: customers.EraseCustomer(erase, metadata=who)),
    ]
    assert asked == [outcome] * 3
    assert ("RECIPIENT_REVEALED" in private.orders.told(order.name)) == (not outcome)


@pytest.mark.clause("CUS-1")
def test_whoever_signed_in_too_long_ago_is_told_how_to_go_on(private: Shop) -> None:
    order, long_ago = private.order(), private.orders.people.as_caller(EVERYTHING, signed_in=timedelta(hours=8))
    with pytest.raises(grpc.RpcError) as refused:
        private.reveal(order.name, long_ago)
    told = refusal_from(refused.value)
    assert (refused.value.code(), told.clause) == (grpc.StatusCode.UNAUTHENTICATED, "CUS-1")
    assert "signed in themselves within 30 minutes: sign in again with your password" in told.message_en
    assert "须在 30 分钟内由本人登录；请用密码重新登录后再试" in told.message_zh


@pytest.mark.clause("CUS-1")
def test_a_reason_does_not_tell_what_it_is_to_protect(private: Shop) -> None:
    order = private.order()
    for telling in (
        "张小三来电催货",
        f"回拨 {private.phone()} 核对",
        f"号码尾段 {private.phone()[-7:]}",
        f"旺旺 三儿{private.mobile} 询问",
        "邮箱 Z3@mail.test 退信",
        "另一号码 13911112222 可用",
    ):
        assert (
            refusal(lambda telling=telling: private.reveal(order.name, explanation=telling)) == "REASON_TELLS_TOO_MUCH"
        )
    assert private.reveals(order=order.name) == []


@pytest.mark.clause("CUS-1")
def test_an_order_without_a_recipient_has_nothing_to_reveal(private: Shop) -> None:
    order = private.orders.place(private.channel, f"N-{uuid4()}", ordered("TEA"), recipient=None)
    assert refusal(lambda: private.reveal(order.name)) == "ORDER_WITHOUT_RECIPIENT"
    assert refusal(lambda: private.label(order.name)) == "ORDER_WITHOUT_RECIPIENT"


@pytest.mark.clause("CUS-1")
def test_what_was_changed_in_the_database_is_refused_and_shown_as_stars(private: Shop) -> None:
    order = private.order()
    with private.orders.service.database.engine.begin() as connection:
        change = sa.text("update order_recipients set phone = name where of_order = :order")
        connection.execute(change, {"order": UUID(order.name.partition("/")[2])})
    assert refusal(lambda: private.reveal(order.name)) == "RECIPIENT_DAMAGED"
    assert refusal(lambda: private.label(order.name)) == "RECIPIENT_DAMAGED"
    assert refusal(lambda: private.export(order.recipient.customer)) == "RECIPIENT_DAMAGED"
    assert private.orders.order(order.name).recipient.display_name == "***"


@pytest.mark.clause("CUS-1")
def test_many_reveals_are_told_once_a_day_and_too_many_are_refused(private: Shop) -> None:
    orders = [
        private.order(phone=private.phone(number), nick=f"n{private.mobile}-{number}").name for number in range(16)
    ]
    who = uuid4()
    person, before = private.somebody(person=who), len(private.notices())
    for name in orders[:15]:
        private.reveal(name, person)
    assert private.notices(before) == []
    private.reveal(orders[15], person)  # of a sixteenth customer within the hour
    assert [one["role"] for one in private.notices(before)] == ["operations-director", "data-protection"]
    assert "many customers in an hour" in private.notices(before)[0]["body"]
    for _ in range(14):
        private.reveal(orders[15], person)
    assert len(private.notices(before)) == 2
    last = private.reveal(orders[15], person)  # the thirty-first of the day
    kept = UUID(last.reveal.partition("/")[2])
    assert "many in a day" in private.notices(before)[-1]["body"]
    assert len(private.notices(before)) == 4
    assert [list(one.flags) for one in private.reveals(unusual=True, page_size=1)] == [
        [customers_pb2.REVEAL_FLAG_MANY, customers_pb2.REVEAL_FLAG_MANY_CUSTOMERS]
    ]
    columns = "at, by, of_order, customer, kind, reason, ticket, flags"
    more = f"insert into reveals select gen_random_uuid(), {columns} from reveals"  # noqa: S608 - our own columns
    private.rows(f"{more}, generate_series(1, 169) where id = :one returning 1", one=kept)
    assert refusal(lambda: private.reveal(orders[0], person)) == "REVEALS_TOO_MANY"
    private.orders.clock.pass_time(hours=20)
    assert private.reveal(orders[0], private.somebody(person=who)).reveals_today == 1


@pytest.mark.clause("CUS-1")
def test_a_reveal_at_night_is_told(private: Shop) -> None:
    order, before = private.order(), len(private.notices())
    private.orders.clock.pass_time(hours=12)  # midnight in Shanghai
    private.reveal(order.name, private.somebody())
    assert "outside of hours" in private.notices(before)[0]["body"]
    assert private.notices(before)[0]["about"] == order.name


@pytest.mark.clause("CUS-1")
def test_reveals_are_listed_page_by_page_for_whoever_answers_for_the_shop(private: Shop) -> None:
    order, person = private.order(), private.somebody()
    for _ in range(3):
        private.reveal(order.name, person)
    first = private.orders.customers.ListReveals(
        customers_pb2.ListRevealsRequest(page_size=2, order=order.name), metadata=private.orders.everything
    )
    request = customers_pb2.ListRevealsRequest(page_size=2, order=order.name, page_token=first.next_page_token)
    second = private.orders.customers.ListReveals(request, metadata=private.orders.everything)
    assert (len(first.reveals), len(second.reveals), second.next_page_token) == (2, 1, "")
    (by,) = {one.revealed_by for one in first.reveals}
    assert len(private.reveals(person=by)) == 3
    elsewhere = private.orders.people.unit(f"ELSEWHERE-{private.mobile}").name
    private.orders.follow_people()
    stranger = Shop(private.orders, elsewhere, private.channel, private.mobile).somebody()
    answer = private.orders.customers.ListReveals(customers_pb2.ListRevealsRequest(), metadata=stranger)
    assert list(answer.reveals) == []


@pytest.mark.clause("CUS-1")
def test_a_label_shows_the_house_and_hides_name_number_unit_and_room(private: Shop) -> None:
    order = private.order()
    to = private.label(order.name).recipient
    assert to.address == "浙江省杭州市西湖区文三路398号***"
    assert (to.display_name, to.phone) == ("张**", "1******0000")
    assert (to.email, to.nick, to.remark) == ("", "", "")
    request = customers_pb2.GetOrderLabelRequest(name=order.name)
    assert (
        refusal(lambda: private.orders.customers.GetOrderLabel(request, metadata=private.orders.everything))
        == "FIELD_INVALID"
    )
