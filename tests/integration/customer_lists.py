"""Customers of orders: one whose data were looked at, one who was erased, the lists of that, and questions of each."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import customers_pb2 as customers
from bylaw.orders.v1 import orders_pb2 as orders
from bylaw.orders.v1.channels_pb2 import Channel
from google.protobuf.message import Message

from tests.builders.orders import SOMEBODY, OrdersService, ordered
from tests.integration.lists import NEVER, Walk

Question = tuple[Callable[..., Any], Message]
WHY = "as the test wants it"


def looked_at(service: OrdersService, channel: Channel, order: orders.Order) -> None:
    """Has the recipient of an order revealed, and erases the customer of another that was cancelled."""
    service.customers.RevealRecipient(_reveal(order.name), metadata=service.everything)
    to = orders.Recipient(display_name="Ann Other", phone="+44 20 7946 0958", address="1 Road", region="United Kingdom")
    service.clock.pass_time(seconds=-1)  # two of one instant would stand in the order of their ids
    other = service.place(channel, f"{channel.code}-2", ordered("TEA"), recipient=to)
    service.clock.pass_time(seconds=1)
    service.cancel(other.name)
    service.customers.EraseCustomer(_erase(other.recipient.customer), metadata=service.everything)


def reveals(service: OrdersService, order: str = "") -> Walk:
    """Who looked at customers' data, of all orders or of one."""
    return Walk(service.customers.ListReveals, customers.ListRevealsRequest(order=order), "reveals")


def erasures(service: OrdersService) -> Walk:
    """Who was erased."""
    return Walk(service.customers.ListErasures, customers.ListErasuresRequest(), "erasures")


def of_nobody(service: OrdersService) -> list[Question]:
    """What is asked of no order."""
    stub, digits = service.customers, SOMEBODY.phone[-4:]
    return [
        *((walk.method, walk.request) for walk in (reveals(service), erasures(service))),
        (stub.FindCustomers, customers.FindCustomersRequest(phone=SOMEBODY.phone)),
        (stub.GetCustomer, customers.GetCustomerRequest(name=f"customers/{NEVER}")),
        (stub.FindCustomersByLastDigits, customers.FindCustomersByLastDigitsRequest(digits=digits)),
    ]


def about_order(service: OrdersService, name: str) -> list[Question]:
    """What is asked of an order's recipient."""
    stub, walk = service.customers, reveals(service, name)
    return [
        (stub.GetOrderLabel, customers.GetOrderLabelRequest(name=f"{name}/label")),
        (stub.RevealRecipient, _reveal(name)),
        (walk.method, walk.request),
    ]


def about(service: OrdersService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """What is asked of a customer."""
    stub = service.customers
    return {
        "customers": lambda: [
            (stub.GetCustomer, customers.GetCustomerRequest(name=name)),
            (stub.ExportCustomer, customers.ExportCustomerRequest(name=name, explanation=WHY)),
            (stub.EraseCustomer, _erase(name)),
        ]
    }


def _reveal(order: str) -> customers.RevealRecipientRequest:
    reason = customers.REVEAL_REASON_ORDER_CHECK
    return customers.RevealRecipientRequest(name=order, reason=reason, explanation=WHY)


def _erase(name: str) -> customers.EraseCustomerRequest:
    reason = customers.ERASURE_REASON_CUSTOMER_ASKED
    return customers.EraseCustomerRequest(name=name, reason=reason, explanation=WHY, confirmation=name)
