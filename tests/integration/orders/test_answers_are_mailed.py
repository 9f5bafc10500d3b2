"""An answer is mailed to the customer of its order, once, where there is an address (CUS-2)."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from bylaw.orders.v1 import channels_pb2, orders_pb2, tickets_pb2, tickets_pb2_grpc

from tests.builders.mail_server import MailServer, mail_server, told
from tests.builders.orders import SOMEBODY, OrdersService, ordered, orders_service
from tests.databases import Databases

pytestmark = pytest.mark.clause("CUS-2")
MAIL = "xiaoming@example.org"


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A mail server."""
    folder: Path = tmp_path_factory.mktemp("mail")
    with mail_server(folder) as server:
        yield server


@pytest.fixture(scope="module")
def orders(postgres: Databases, mail: MailServer) -> Iterator[OrdersService]:
    """All three services, told of it."""
    with pytest.MonkeyPatch.context() as environment:
        told(mail, environment.setenv)
        with orders_service(postgres) as service:
            yield service


@pytest.fixture(scope="module")
def shop(orders: OrdersService) -> channels_pb2.Channel:
    """A shop that ships by itself."""
    unit = orders.people.unit("MAILED").name
    orders.follow_people()
    return orders.open_channel(unit, "MAILED")


NUMBERS = count(1)


def answered(orders: OrdersService, shop: channels_pb2.Channel, text: str, email: str = "") -> orders_pb2.Order:
    """An order about which a customer was answered twice under one key."""
    to = orders_pb2.Recipient(email=email)
    to.MergeFrom(SOMEBODY)
    order = orders.place(shop, f"M-{next(NUMBERS)}", ordered("TEA"), recipient=to)
    stub = tickets_pb2_grpc.TicketsStub(orders.channel)
    wish = tickets_pb2.CreateTicketRequest(ticket=tickets_pb2.Ticket(order=order.name, kind=1), text="Where is it?")
    ticket = stub.CreateTicket(wish, metadata=orders.everything)
    request = tickets_pb2.AnswerTicketRequest(name=ticket.name, text=text, request_id=str(uuid4()))
    for _ in range(2):
        stub.AnswerTicket(request, metadata=orders.everything)
    while orders.service.runner.run_one(["mail-answer"]):
        pass
    return order


def test_an_answer_is_mailed_once_in_its_language_and_stands_in_the_timeline(
    orders: OrdersService, shop: channels_pb2.Channel, mail: MailServer
) -> None:
    for text, title in (("It left this morning.", "About your order"), ("今早已发出。", "关于您的订单")):
        mail.mails.clear()
        mail.recipients.clear()
        order = answered(orders, shop, text, MAIL)
        assert [str(one["Subject"]).startswith(title) for one in mail.mails] == [True]
        assert set(mail.recipients) == {MAIL}
        assert orders.told(order.name)[-2:] == ["TICKET_ANSWERED", "CUSTOMER_TOLD"]


def test_without_an_address_it_is_told_by_hand(
    orders: OrdersService, shop: channels_pb2.Channel, mail: MailServer
) -> None:
    mail.mails.clear()
    order = answered(orders, shop, "It left this morning.")
    assert mail.mails == []
    assert orders.told(order.name)[-1] == "TICKET_ANSWERED"
