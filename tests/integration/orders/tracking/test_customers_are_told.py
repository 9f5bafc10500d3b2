"""The customer is told of each step of a parcel once, where the shop wants it, and nobody learns of them (ORD-2)."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import parcels_pb2 as parcels
from bylaw_chassis.doctor import Examined
from bylaw_chassis.jobs import NotNow
from bylaw_chassis.status import refusal_from
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.parcels import parcels_check, promises_check

from tests.builders.courier_servers import Kuaidi100Server
from tests.builders.mail_server import MailServer, mail_server, told
from tests.builders.orders import SOMEBODY, OrdersService, orders_service
from tests.databases import Databases
from tests.integration.orders.conftest import Stock
from tests.integration.orders.tracking.own_shop import OwnShop, state

MAIL = "xiaoming@example.org"


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A mail server."""
    folder: Path = tmp_path_factory.mktemp("mail")
    with mail_server(folder) as server:
        yield server


@pytest.fixture(scope="module")
def orders(postgres: Databases, provider: Kuaidi100Server, mail: MailServer) -> Iterator[OrdersService]:
    """All three services, told of both."""
    with pytest.MonkeyPatch.context() as environment:
        told(mail, environment.setenv)
        for name, value in provider.told().items():
            environment.setenv(f"BYLAW_KUAIDI100_{name.upper()}", value)
        with orders_service(postgres) as service:
            yield service


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Numbers of this file's own."""
    return count(500)


@pytest.fixture
def shop(orders: OrdersService, stock: Stock, provider: Kuaidi100Server, mail: MailServer) -> OwnShop:
    """A shop that ships by itself."""
    mail.mails.clear()
    mail.recipients.clear()
    return OwnShop(orders, provider, orders.open_channel(stock.unit, f"TELL-{stock.number}"), stock.number)


def somebody(**more: str) -> orders_pb2.Recipient:
    made = orders_pb2.Recipient(email=MAIL)
    made.MergeFrom(SOMEBODY)
    made.MergeFrom(orders_pb2.Recipient(**more))
    return made


def run_messages(orders: OrdersService) -> None:
    """Does the jobs of messages that wait, as the runner does."""
    while orders.service.runner.run_one(["tell-customer"]):
        pass


@pytest.mark.clause("ORD-2")
def test_each_step_is_told_once(orders: OrdersService, shop: OwnShop, mail: MailServer) -> None:
    shop.tells_customers("SHIPPED", "OUT_FOR_DELIVERY", "SIGNED")
    order = shop.place(recipient=somebody())
    parcel = shop.add(order.name)
    shop.knows(parcel.waybill, "picked up", "out")
    shop.pushed(parcel.waybill)
    shop.pushed(parcel.waybill)
    run_messages(orders)
    shop.knows(parcel.waybill, "picked up", "out", "problem", "out", "signed")
    shop.pushed(parcel.waybill)
    run_messages(orders)
    run_messages(orders)
    subjects = [str(one["Subject"]) for one in mail.mails]
    assert [one.partition(order.number)[2] for one in subjects] == [
        " is on its way",
        " is out for delivery",
        " was signed for",
    ]
    assert set(mail.recipients) == {MAIL}
    assert parcel.waybill in mail.mails[0].get_content()
    assert "李小明" not in str(mail.mails)
    assert orders.told(order.name).count("CUSTOMER_TOLD") == 3


@pytest.mark.clause("ORD-2")
def test_a_shop_that_tells_nobody_tells_nobody(orders: OrdersService, shop: OwnShop, mail: MailServer) -> None:
    parcel = shop.add(shop.place(recipient=somebody()).name)
    shop.knows(parcel.waybill, "signed")
    shop.pushed(parcel.waybill)
    run_messages(orders)
    assert mail.mails == []


@pytest.mark.clause("CUS-1")
def test_who_has_no_address_is_told_nothing_and_the_address_is_kept_nowhere(
    orders: OrdersService, shop: OwnShop, mail: MailServer
) -> None:
    shop.tells_customers("SHIPPED", language="zh")
    shop.add(shop.place().name, shop.waybill("1"))
    shop.add(shop.place(recipient=somebody()).name, shop.waybill("2"))
    run_messages(orders)
    assert [str(one["Subject"]).endswith("已发货") for one in mail.mails] == [True]
    with orders.service.database.engine.connect() as connection:
        rows = connection.execute(sa.text("select customer_messages::text from customer_messages")).all()
        jobs = connection.execute(sa.text("select jobs::text from jobs")).all()
        events = connection.execute(sa.text("select order_events::text from order_events")).all()
    assert "NO_ADDRESS" in str(rows)
    assert MAIL not in str(rows) + str(jobs) + str(events)


@pytest.mark.clause("ORD-2")
def test_while_no_mail_goes_out_it_is_tried_again(orders: OrdersService, shop: OwnShop, mail: MailServer) -> None:
    shop.tells_customers("SHIPPED")
    mail.answers = ["451 later"]
    parcel = shop.add(shop.place(recipient=somebody()).name)
    job = orders.service.runner.functions["tell-customer"]
    identifier = parcel.name.rpartition("/")[2]

    class Lease:
        key = f"{identifier}.1"

        def hold(self, _: object) -> None:
            """Nobody else is there."""

    with pytest.raises(NotNow):
        job(Lease())  # type: ignore[arg-type]
    job(Lease())  # type: ignore[arg-type]
    job(Lease())  # type: ignore[arg-type]
    assert len(mail.mails) == 1


def test_the_steps_are_shown_as_they_were_set_and_odd_ones_refused(orders: OrdersService, shop: OwnShop) -> None:
    set_to = shop.tells_customers("SIGNED", "SHIPPED", "SIGNED")
    assert list(set_to.steps) == [parcels.CUSTOMER_STEP_SHIPPED, parcels.CUSTOMER_STEP_SIGNED]
    request = parcels.GetCustomerMessagesRequest(name=set_to.name)
    assert orders.parcels.GetCustomerMessages(request, metadata=orders.everything) == set_to
    for wrong in (
        parcels.SetCustomerMessagesRequest(name=set_to.name, steps=[9]),
        parcels.SetCustomerMessagesRequest(name=set_to.name, language="fr"),
        parcels.SetCustomerMessagesRequest(name=shop.channel.name),
    ):
        wrong.request_id = "a-key-of-this-test"
        with pytest.raises(grpc.RpcError) as error:
            orders.parcels.SetCustomerMessages(wrong, metadata=orders.everything)
        assert refusal_from(error.value).reason == "FIELD_INVALID"


@pytest.mark.clause("ORD-2")
def test_the_doctor_finds_a_parcel_that_is_not_where_its_events_say(orders: OrdersService, shop: OwnShop) -> None:
    parcel = shop.add(shop.place().name)
    shop.knows(parcel.waybill, "signed")
    shop.pushed(parcel.waybill)
    assert shop.parcel(parcel.name).state == state("SIGNED")
    database = orders.service.database
    examined = Examined(database, MIGRATIONS)
    with database.engine.connect() as connection:
        assert parcels_check(connection, examined).holds
        assert promises_check(connection, examined).holds
        connection.execute(
            sa.text("update parcels set state = 3 where id = :id"), {"id": parcel.name.rpartition("/")[2]}
        )
        found = parcels_check(connection, examined)
        connection.rollback()
    assert not found.holds
    assert parcel.name in found.seen.en
