"""Customers, reveals and erasures as messages of the contract (CUS-1)."""

from typing import Any
from uuid import UUID

from bylaw.orders.v1 import customers_pb2, orders_pb2, tickets_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.orders import recipient_message
from bylaw_orders.messages.values import timestamp
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.privacy.customer import Customer, CustomerOrder, Erasure, Held, HeldMessage, HeldOrder
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.reveal import CUSTOMERS, REVEALS, TICKETS, Flag, Reveal
from bylaw_orders.use_cases.privacy.reveal_recipient import Revealed


def customer_message(shown: Customer) -> Any:
    """A customer, masked."""
    return customers_pb2.Customer(
        name=shown.name,
        create_time=timestamp(shown.made_at),
        erase_time=timestamp(shown.erased_at),
        order_count=shown.order_count,
        orders=map(_order, shown.orders),
    )


def clear_recipient(of: Recipient, customer: UUID | None = None) -> Any:
    """A recipient as they are, not masked."""
    return orders_pb2.Recipient(
        display_name=of.name,
        phone=of.phone,
        address=of.address,
        region=of.region,
        postal_code=of.postcode,
        email=of.email,
        nick=of.nick,
        remark=of.remark,
        customer=resource_name(CUSTOMERS, customer),
    )


def revealed_message(revealed: Revealed) -> Any:
    """What was revealed."""
    made = revealed.made
    return customers_pb2.RevealedRecipient(
        order=order_name(made.order),
        reveal=resource_name(REVEALS, made.identifier),
        recipient=clear_recipient(revealed.recipient, made.customer),
        reveals_today=revealed.today,
    )


def reveal_message(made: Reveal) -> Any:
    """That something was revealed."""
    return customers_pb2.Reveal(
        name=resource_name(REVEALS, made.identifier),
        reveal_time=timestamp(made.at),
        revealed_by=_person(made.by),
        order=order_name(made.order),
        customer=resource_name(CUSTOMERS, made.customer),
        reason=customers_pb2.RevealReason.ValueType(made.reason),
        explanation=made.explanation,
        ticket=made.ticket,
        flags=[customers_pb2.RevealFlag.ValueType(flag.bit_length()) for flag in Flag if flag and flag in made.flags],
    )


def held_message(held: Held) -> Any:
    """All that is held of a customer."""
    return customers_pb2.CustomerExport(
        customer=resource_name(CUSTOMERS, held.customer),
        export_time=timestamp(held.at),
        create_time=timestamp(held.made_at),
        orders=map(_held_order, held.orders),
        messages=map(_held_message, held.messages),
    )


def erasure_message(made: Erasure) -> Any:
    """That a customer was erased."""
    return customers_pb2.Erasure(
        name=made.name,
        customer=resource_name(CUSTOMERS, made.customer),
        erase_time=timestamp(made.at),
        erased_by=_person(made.by),
        reason=customers_pb2.ErasureReason.ValueType(made.reason),
        explanation=made.explanation,
        order_count=made.orders,
    )


def _order(shown: CustomerOrder) -> Any:
    return customers_pb2.CustomerOrder(
        order=order_name(shown.order),
        channel=resource_name(CHANNELS, shown.channel),
        number=shown.number,
        place_time=timestamp(shown.placed_at),
        recipient=recipient_message(shown.recipient),
    )


def _held_order(held: HeldOrder) -> Any:
    return customers_pb2.ExportedOrder(
        order=order_name(held.order),
        channel=held.channel,
        number=held.number,
        place_time=timestamp(held.placed_at),
        currency=held.currency,
        total=held.total,
        paid=held.paid,
        refunded=held.refunded,
        lines=[
            customers_pb2.ExportedLine(code=line.code, title=line.title, quantity=line.quantity, amount=line.amount)
            for line in held.lines
        ],
        recipient=clear_recipient(held.recipient),
        reveals=[_without_person(reveal_message(one)) for one in held.reveals],
    )


def _held_message(held: HeldMessage) -> Any:
    return customers_pb2.ExportedMessage(
        ticket=resource_name(TICKETS, held.ticket),
        write_time=timestamp(held.at),
        kind=tickets_pb2.TicketMessageKind.ValueType(held.kind),
        subject=held.subject,
        text=held.text,
    )


def _without_person(reveal: Any) -> Any:
    """The customer learns when and why, and of no employee."""
    reveal.ClearField("revealed_by")
    return reveal


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person) if key else ""
