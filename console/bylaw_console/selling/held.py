"""What waits for a person: by reason with how many and since when, each order with what differs (ORD-1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import orders_pb2

from bylaw_console.desk import Desk
from bylaw_console.selling.gathering import gather
from bylaw_console.selling.showing import age, id_of

CODE, QUANTITY, PRICE, ADDRESS, PHONE = "code", "quantity", "price", "address", "phone"
QUICK = {
    "GOODS_UNKNOWN": CODE,
    "GOODS_NOT_LISTED": CODE,
    "QUANTITY_ODD": QUANTITY,
    "PRICE_OFF_LIST": PRICE,
    "PRICE_UNKNOWN": CODE,
    "ADDRESS_INCOMPLETE": ADDRESS,
    "PHONE_INVALID": PHONE,
}
"""What is typed to mend what a check found."""
_TURN = re.compile(r"[：:；;]\s*")
_LINE_OF_ITS = "\n"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why orders wait: how many, and how long the first of them has."""

    check: str
    word: str
    count: int
    oldest: str
    since: int


@dataclass(frozen=True, slots=True)
class Row:
    """An order that waits, with what differs."""

    order: orders_pb2.Order
    id: str
    check: str
    fact: str
    others: int
    age: str


def held_orders(desk: Desk, channel: str) -> list[orders_pb2.Order]:
    """All that wait, of a channel or of all within reach."""
    return gather(desk, orders_pb2.ListOrdersRequest(held=True, channel=channel), "orders")


def reasons_of(desk: Desk, orders: Sequence[orders_pb2.Order]) -> list[Reason]:
    """The reasons, the one that most wait for first."""
    found = dict[str, list[Any]]()
    for order in orders:
        for check in {hold.check for hold in order.holds}:
            found.setdefault(check, []).append(_first(order, check).hold_time)
    made = [_reason(desk, check, times) for check, times in found.items()]
    return sorted(made, key=lambda one: (-one.count, one.since))


def rows_of(desk: Desk, orders: Sequence[orders_pb2.Order], check: str) -> list[Row]:
    """The orders that wait for a reason, or for any, those that have longest first."""
    wanted = [order for order in orders if not check or any(hold.check == check for hold in order.holds)]
    wanted.sort(key=lambda order: _first(order, check).hold_time.seconds)
    return [_row(desk, order, check) for order in wanted]


def word_of(desk: Desk, check: str) -> str:
    """What a reason is called; one that a plugin brought keeps its name."""
    key = f"HoldCheck.{check}"
    return desk.t(key) if key in desk.tools.words else check


def fact_of(desk: Desk, hold: orders_pb2.OrderHold) -> str:
    """What differs, without what to do about it."""
    return _TURN.split(desk.text(hold.message).partition(_LINE_OF_ITS)[0], maxsplit=1)[0]


def _reason(desk: Desk, check: str, times: Sequence[Any]) -> Reason:
    oldest = min(times, key=lambda one: one.seconds)
    return Reason(check, word_of(desk, check), len(times), age(desk, oldest), oldest.seconds)


def _row(desk: Desk, order: orders_pb2.Order, check: str) -> Row:
    hold = _first(order, check)
    others = len({one.check for one in order.holds} - {hold.check})
    return Row(order, id_of(order.name), hold.check, fact_of(desk, hold), others, age(desk, hold.hold_time))


def _first(order: orders_pb2.Order, check: str) -> orders_pb2.OrderHold:
    return next(hold for hold in order.holds if not check or hold.check == check)
