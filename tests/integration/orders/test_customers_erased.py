"""A customer's data are exported and erased at their request, and kept no longer than they may be (CUS-1)."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from bylaw.orders.v1 import channels_pb2, customers_pb2, feed_pb2, orders_pb2, tickets_pb2
from bylaw.orders.v1.tickets_pb2_grpc import TicketsStub
from bylaw_chassis.settings import SettingWrong
from bylaw_orders.app import INVENTORY, OrdersSettings, build
from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store import privacy_log
from bylaw_orders.store.customer_tables import metadata
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.store.erasing import ErasingStore
from bylaw_orders.store.erasures_file import ErasuresFile
from bylaw_orders.use_cases.privacy.keep_no_longer import KeepNoLonger
from bylaw_orders.use_cases.privacy.replay_erasures import ReplayErasures
from bylaw_orders.vault import Vault

from tests.builders.access import refusal
from tests.builders.customers import ZHANG, Shop
from tests.builders.orders import ordered
from tests.builders.people import MASTER_KEY
from tests.builders.recipients import ZHANG as CLEAR
from tests.builders.recipients import Kept, kept
from tests.databases import Databases


def waiting(private: Shop) -> channels_pb2.Channel:
    """A channel whose orders wait to be shipped."""
    return private.orders.open_channel(private.unit, f"OPEN-{private.mobile}", platform="taobao")


@pytest.mark.clause("CUS-1")
def test_an_export_holds_all_that_is_held_and_is_on_record(private: Shop) -> None:
    first = private.order()
    private.orders.clock.pass_time(minutes=1)
    second = private.order(address="上海市浦东新区世纪大道1号")
    private.reveal(first.name)
    customer = first.recipient.customer
    found = private.export(customer)
    assert [(one.order, one.recipient.address) for one in found.orders] == [
        (first.name, ZHANG["address"]),
        (second.name, "上海市浦东新区世纪大道1号"),
    ]
    to = found.orders[0].recipient
    assert (to.display_name, to.phone, to.remark) == ("张小三", private.phone(), "请放门口")
    assert found.orders[0].lines[0].code == "TEA"
    assert [(one.explanation, one.revealed_by) for one in found.orders[0].reveals] == [("包裹退回，需与收件人核对", "")]
    kept_of = private.rows("select reason, orders from customer_exports where customer = :id", id=_id(customer))
    assert [tuple(row) for row in kept_of] == [("客户来函索取", 2)]


@pytest.mark.clause("CUS-1")
def test_who_is_erased_is_gone_and_the_figures_stay(private: Shop) -> None:
    order = private.order()
    customer, total = order.recipient.customer, order.total
    made = private.erase(customer)
    assert (made.order_count, made.reason) == (1, customers_pb2.ERASURE_REASON_CUSTOMER_ASKED)
    after = private.orders.order(order.name)
    assert (after.total, after.recipient.erased, after.recipient.region) == (total, True, "浙江")
    assert (after.recipient.display_name, after.recipient.phone) == ("", "")
    assert private.find(phone=private.phone()) == []
    assert private.find(nick=f"三儿{private.mobile}", platform="taobao") == []
    assert customer not in [one.name for one in private.find_by_digits("0000")]
    for ask in (
        lambda: private.reveal(order.name),
        lambda: private.label(order.name),
        lambda: private.export(customer),
    ):
        assert refusal(ask) == "CUSTOMER_ERASED"
    assert private.customer(customer).HasField("erase_time")
    rows = private.rows("select * from order_recipients where customer = :id", id=_id(customer))
    assert [value for value in rows[0] if isinstance(value, bytes | memoryview)] == []
    assert private.rows("select 1 from customer_keys where customer = :id", id=_id(customer)) == []


@pytest.mark.clause("CUS-1")
def test_it_is_told_by_the_id_alone_and_listed(private: Shop) -> None:
    customer = private.order().recipient.customer
    made = private.erase(customer)
    assert private.erasures()[0] == made
    private.orders.run_timer("sequence")
    events = private.orders.feed.ListEvents(
        feed_pb2.ListEventsRequest(page_size=1000), metadata=private.orders.everything
    ).events
    assert [one.customer_erased.name for one in events if one.HasField("customer_erased")][-1] == customer
    again = private.erase(customer, explanation="客户再次要求")
    assert again == made


@pytest.mark.clause("CUS-1")
def test_who_comes_back_is_a_new_customer(private: Shop) -> None:
    first = private.order()
    private.erase(first.recipient.customer)
    second = private.order()
    assert second.recipient.customer != first.recipient.customer
    assert [one.name for one in private.find(phone=private.phone())] == [second.recipient.customer]


@pytest.mark.clause("CUS-1")
def test_an_erasure_waits_for_open_orders_and_needs_its_confirmation_and_a_reason(private: Shop) -> None:
    customer = private.order().recipient.customer
    to = {**ZHANG, "phone": private.phone(), "nick": f"三儿{private.mobile}"}
    open_order = private.orders.place(waiting(private), f"N-{uuid4()}", ordered("TEA"), recipient=to)
    assert open_order.recipient.customer == customer
    assert refusal(lambda: private.erase(customer)) == "CUSTOMER_HAS_OPEN_ORDERS"
    private.orders.cancel(open_order.name)
    assert refusal(lambda: private.erase(customer, confirmation="")) == "ERASURE_NOT_CONFIRMED"
    assert refusal(lambda: private.erase(customer, explanation="张小三要求删除")) == "REASON_TELLS_TOO_MUCH"
    for wrong in (
        {"reason": 0},
        {"reason": customers_pb2.ERASURE_REASON_RETENTION},
        {"explanation": ""},
        {"name": "customers/x"},
    ):
        assert refusal(lambda wrong=wrong: private.erase(customer, **wrong)) == "FIELD_INVALID"
    private.orders.order(open_order.name)
    assert private.erase(customer).order_count == 2


@pytest.mark.clause("CUS-1")
def test_an_export_needs_a_reason_and_a_customer(private: Shop) -> None:
    customer = private.order().recipient.customer
    assert refusal(lambda: private.export(customer, "")) == "FIELD_INVALID"
    assert refusal(lambda: private.export(customer, "张小三来函索取")) == "REASON_TELLS_TOO_MUCH"
    assert refusal(lambda: private.export(f"customers/{uuid4()}")) == "CUSTOMER_NOT_FOUND"
    assert refusal(lambda: private.erase(f"customers/{uuid4()}")) == "CUSTOMER_NOT_FOUND"


@pytest.mark.clause("CUS-1")
def test_what_is_kept_long_enough_is_erased_by_itself(private: Shop) -> None:
    old, new = private.order(), private.order()
    placed_before(private, old, 1_096)
    private.orders.run_timer("forget-recipients")
    assert private.orders.order(old.name).recipient.erased
    assert not private.orders.order(new.name).recipient.erased
    assert private.find(phone=private.phone())[0].order_count == 2
    placed_before(private, new, 1_096)
    private.orders.run_timer("forget-recipients")
    assert private.orders.order(new.name).recipient.erased
    assert private.erasures()[0].customer == new.recipient.customer
    assert private.erasures()[0].reason == customers_pb2.ERASURE_REASON_RETENTION


@pytest.mark.clause("CUS-1", "CUS-2")
def test_what_a_customer_wrote_is_exported_and_gone_with_them(private: Shop) -> None:
    order = private.order()
    ticket = ticket_about(private, order.name)
    (message,) = private.export(order.recipient.customer).messages
    assert (message.ticket, message.subject, message.text) == (ticket, "退货", f"我是{ZHANG['display_name']}")
    assert refusal(lambda: private.erase(order.recipient.customer)) == "CUSTOMER_HAS_OPEN_ORDERS"
    private.rows("update tickets set closed_at = now(), state = 9 where id = :id returning 1", id=_id(ticket))
    private.rows("update orders set after_sales = 3 where id = :id returning 1", id=_id(order.name))
    placed_before(private, order, 1_096)
    private.orders.run_timer("forget-recipients")
    assert [one.customer for one in private.erasures()[:1]] != [order.recipient.customer]  # the ticket is young
    private.erase(order.recipient.customer)
    stub, request = TicketsStub(private.orders.channel), tickets_pb2.ListTicketMessagesRequest(parent=ticket)
    (after,) = stub.ListTicketMessages(request, metadata=private.orders.everything).ticket_messages
    assert after.text == ""


def ticket_about(private: Shop, order: str) -> str:
    """A customer's question about an order."""
    wish = tickets_pb2.Ticket(order=order, kind=tickets_pb2.TICKET_KIND_INQUIRY)
    request = tickets_pb2.CreateTicketRequest(ticket=wish, subject="退货", text=f"我是{ZHANG['display_name']}")
    stub = TicketsStub(private.orders.channel)
    made: str = stub.CreateTicket(request, metadata=private.orders.everything).name
    return made


def placed_before(private: Shop, order: orders_pb2.Order, days: int) -> None:
    """As if it had been placed so long ago."""
    statement = "update orders set placed_at = placed_at - make_interval(days => :days) where id = :id returning 1"
    private.rows(statement, id=_id(order.name), days=days)


@pytest.mark.clause("CUS-1")
def test_after_a_change_of_the_master_key_every_key_is_wrapped_anew_and_the_former_is_needed_no_more(
    postgres: Databases,
) -> None:
    other = "another master key of at least 32 characters"
    people = [replace(CLEAR, nick=f"n{number}", phone=f"1391234{number:04}") for number in range(700)]
    with kept(postgres) as store:
        orders = store.written(*people)
        changed = SealedCustomers(Vault(other, [MASTER_KEY]))
        some = ErasingStore(changed.vault)
        with store.database.work() as work:  # left after a first batch, it goes on
            assert some.rewrap(work.connection, 100) == 101
        with store.database.read() as connection:
            assert changed.opened(connection, orders[:1]) == {orders[0]: people[0]}
        KeepNoLonger(store.database, some, 1_000).rewrap()
        alone = SealedCustomers(Vault(other))
        with store.database.read() as connection:
            found = alone.opened(connection, orders)
        assert [found[order] for order in orders] == people
        with store.database.work() as work:
            (again,) = alone.prepared(work.connection, [Recipient(nick="n3")])
        assert again
        assert (
            again.customer
            == store.rows(
                f"select customer from order_recipients where of_order = '{orders[3]}'"  # noqa: S608 - our own id
            )[0][0]
        )


def _id(customer: str) -> UUID:
    return UUID(customer.partition("/")[2])


@pytest.mark.clause("CUS-1")
def test_a_restored_back_up_does_not_bring_back_who_was_erased(postgres: Databases, tmp_path: Path) -> None:
    file = ErasuresFile(tmp_path / "kept" / "erasures.jsonl")
    with kept(postgres) as before, kept(postgres) as restored:
        (order,) = before.written(CLEAR)
        (found,) = before.rows("select customer from order_recipients")
        customer = UUID(str(found[0]))
        _copy(before, restored)  # the back-up of that hour
        erasing = ErasingStore(before.customers.vault)
        with before.database.work() as work:
            made = Erasure(customer, work.now, "", ErasureReason.CUSTOMER_ASKED, "客户来函", 0)
            erasing.erase(work.connection, made)
        replaying = ReplayErasures(before.database, privacy_log, erasing, file)
        replaying.keep()
        replaying.keep()
        assert list(file.kept()) == [customer]
        with file.path.open("a", encoding="utf-8") as cut_off:
            cut_off.write('{"customer": "')
        with restored.database.read() as connection:
            assert restored.customers.opened(connection, [order]) == {order: CLEAR}
        again = ReplayErasures(restored.database, privacy_log, ErasingStore(restored.customers.vault), file)
        assert again.replay() == 1
        assert again.replay() == 0
        with restored.database.read() as connection:
            assert restored.customers.opened(connection, [order]) == {order: None}
        assert restored.rows("select count(*) from outbox where kind = 'customer_erased'") == [(1,)]
        assert "张" not in file.path.read_text("utf-8")


@pytest.mark.clause("CUS-1")
def test_with_another_master_key_the_service_does_not_start_and_says_which_setting(private: Shop) -> None:
    private.order()
    channels = {"people": private.orders.people.channel, INVENTORY: private.orders.inventory.channel}

    def started(**keys: str) -> None:
        told = OrdersSettings(database_url=private.orders.url, master_key=MASTER_KEY, **keys)
        build(told, channels=channels, clock=private.orders.clock).close()

    other = "another-master-key-of-at-least-32-characters"
    started(customer_key=other)  # what the master key wraps is known still
    with pytest.raises(SettingWrong, match="BYLAW_CUSTOMER_KEY"):
        build(
            OrdersSettings(database_url=private.orders.url, master_key=other),
            channels=channels,
            clock=private.orders.clock,
        )
    started(customer_key=other, previous_customer_keys=f"{other}x {other}y")
    with pytest.raises(ValueError, match="at least 32 characters"):
        OrdersSettings(database_url=private.orders.url, master_key=MASTER_KEY, customer_key="too short")


def _copy(source: Kept, target: Kept) -> None:
    """All rows of customers' data, as a back-up has them."""
    names = ("channels", "orders", "customers", "customer_keys", "index_keys", "order_recipients")
    with source.database.engine.connect() as reading, target.database.engine.begin() as writing:
        for name in names:
            table = metadata.tables.get(name)
            columns = "*" if table is None else ", ".join(f'"{column.name}"' for column in table.columns)
            rows = reading.exec_driver_sql(f"select {columns} from {name}").mappings().all()  # noqa: S608 - our own names
            for row in rows:
                named, given = ", ".join(f'"{one}"' for one in row), ", ".join(f"%({one})s" for one in row)
                writing.exec_driver_sql(f"insert into {name} ({named}) values ({given})", dict(row))  # noqa: S608 - as above
