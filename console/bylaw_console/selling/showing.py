"""How an order stands, in words and marks, and how long something has been so."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import orders_pb2

from bylaw_console.desk import Desk

PAYMENT_MARKS = {"PAID": "good", "UNPAID": "late", "PAID_IN_PART": "late"}
FULFILMENT_MARKS = {
    "SIGNED": "good",
    "WAITING": "late",
    "RESERVED_IN_PART": "late",
    "RESERVED": "leave",
    "IN_TRANSIT": "leave",
    "HANDED_OVER": "leave",
}
AFTER_MARKS = {"OPEN": "late"}
HOUR, DAY, TWO_DAYS = 60, 24 * 60, 48 * 60


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the three ways in which an order stands: its word, and how its mark looks."""

    name: str
    word: str
    kind: str


def axes(desk: Desk, order: Any) -> list[Axis]:
    """How it is paid, where its goods are, whether the customer came back with it."""
    found = (
        ("payment_state", "PAYMENT_STATE_", PAYMENT_MARKS),
        ("fulfilment_state", "FULFILMENT_STATE_", FULFILMENT_MARKS),
        ("after_sales_state", "AFTER_SALES_STATE_", AFTER_MARKS),
    )
    return [
        Axis(field, desk.named(order, field), marks.get(_value(order, field).removeprefix(start), "plain"))
        for field, start, marks in found
    ]


def age(desk: Desk, stamp: Any) -> str:
    """How long ago something was, or how far ahead it is, in the one unit that says most; empty where it never was."""
    if not stamp.seconds:
        return ""
    minutes = abs(int(desk.local_now().timestamp()) - stamp.seconds) // 60
    if minutes < HOUR:
        return desk.t("order.minutes", n=minutes)
    if minutes < TWO_DAYS:
        return desk.t("order.hours", n=minutes // HOUR)
    return desk.t("order.days", n=minutes // DAY)


def is_open(order: orders_pb2.Order) -> bool:
    """Whether anything of it may still be changed: nothing has left, and it was not cancelled."""
    return order.fulfilment_state in {
        orders_pb2.FULFILMENT_STATE_WAITING,
        orders_pb2.FULFILMENT_STATE_RESERVED_IN_PART,
        orders_pb2.FULFILMENT_STATE_RESERVED,
    }


def id_of(name: str) -> str:
    """The last part of a resource name, as addresses hold it."""
    return name.rpartition("/")[2]


def _value(message: Any, field: str) -> str:
    kind = message.DESCRIPTOR.fields_by_name[field].enum_type
    return str(kind.values_by_number[getattr(message, field)].name)
