"""What makes orders fit to be taken (O2 to O4): the host checks it of every import, the kit of what it tries."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

from bylaw_hooks.orders import GoodsKind, OrderKind, OrderState, ReadFault, ReadGoods, ReadOrder, ReadRecipient

ODDITY, REASON, CURRENCY = (
    re.compile("[a-z][a-z0-9_]{0,39}"),
    re.compile("[A-Z][A-Z0-9_]{0,63}"),
    re.compile("[A-Z]{3}"),
)
LONGEST = {
    "number": 100,
    "version": 40,
    "buyer_remark": 2_000,
    "seller_remark": 2_000,
    "promotion": 100,
    "courier": 60,
    "waybill": 100,
    "customer": 100,
}
"""Characters of an order's texts; those of whom it goes to and of its goods follow."""
LONGEST_OF_RECIPIENT = {
    "name": 100,
    "phone": 100,
    "address": 1_500,
    "region": 60,
    "postcode": 100,
    "email": 200,
    "nick": 100,
}
LONGEST_OF_GOODS = {"code": 100, "title": 500, "options": 500}
TIMES = ("placed_at", "paid_at", "shipped_at", "closed_at")
AMOUNTS = ("goods_total", "shipping", "discount", "total", "paid", "refunded")
MOST_DIGITS = 25
"""Before the point: beyond it is no amount of money, nor of anything that is ordered."""
Broken = tuple[str, None, str]
"""The rule, no day, and how it is broken."""


class Accounts:
    """Keeps account of rows and numbers while orders are read; `strict` looks at every part of every order too."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._rows: set[int] = set()
        self._numbers: set[str] = set()

    def take(self, read: object) -> Broken | None:
        """What one thing that was read breaks."""
        if isinstance(read, ReadFault):
            before = len(self._rows)
            self._rows.add(read.row)
            fault = fault_of_fault(read) if self._strict else ""
            return ("O4", None, fault) if fault else _twice(len(self._rows) - before, 1)
        if not isinstance(read, ReadOrder):
            return "O4", None, f"{type(read).__name__} is neither an order nor a fault"
        if fault := fault_of_order(read) if self._strict else "":
            return "O4", None, fault
        if read.number in self._numbers:
            return "O3", None, "a number twice"
        self._numbers.add(read.number)
        before = len(self._rows)
        self._rows.update(read.rows)
        return _twice(len(self._rows) - before, len(read.rows))

    def end(self, rows: int) -> Broken | None:
        """What is broken once all was read of so many rows."""
        told = len(self._rows)
        return None if told == rows else ("O2", None, f"{rows} rows were handed over, and {told} accounted for")


def _twice(new: int, told: int) -> Broken | None:
    return None if new == told and told else ("O2", None, "a row accounted for twice, or an order of none")


def fault_of_fault(read: ReadFault) -> str:
    """What is wrong with what is said of a row (O4); "" where nothing is."""
    texts = (read.column, read.reason, read.zh, read.en)
    if type(read.row) is not int or not all(type(said) is str for said in texts):
        return "a fault of another shape than agreed"
    if not REASON.fullmatch(read.reason) or not read.zh.strip() or not read.en.strip():
        return "a fault without a reason in UPPER_SNAKE, or without words in both languages"
    return ""


def fault_of_order(order: ReadOrder) -> str:
    """What is wrong with an order (O4); "" where nothing is."""
    return next(_faults(order), "")


def _faults(order: ReadOrder) -> Iterator[str]:
    if order.kind not in get_args(OrderKind) or order.state not in get_args(OrderState):
        yield "a kind or a state that was not agreed"
    if type(order.number) is not str or not order.number.strip():
        yield "an order without a number"
    yield from _texts(order, LONGEST)
    if type(order.currency) is not str or not CURRENCY.fullmatch(order.currency):
        yield "a currency that is no code of three letters"
    for name in TIMES:
        moment: Any = getattr(order, name)
        if not (moment is None and name != "placed_at") and not _is_instant(moment):
            yield f"{name} is no time with its zone"
    if not all(_is_amount(getattr(order, name)) for name in AMOUNTS):
        yield "an amount that is no finite Decimal"
    if not all(type(row) is int and row >= 0 for row in order.rows):
        yield "rows that are no numbers"
    if not all(type(word) is str and ODDITY.fullmatch(word) for word in order.oddities):
        yield "an oddity that is no lower_snake word"
    yield from _of_recipient(order.recipient)
    rows = {0, *order.rows}
    for goods in order.lines:
        yield from _of_goods(goods, rows)


def _of_recipient(recipient: object) -> Iterator[str]:
    if isinstance(recipient, ReadRecipient):
        yield from _texts(recipient, LONGEST_OF_RECIPIENT)
    elif recipient is not None:
        yield "a recipient that is none"


def _of_goods(goods: object, rows: set[int]) -> Iterator[str]:
    if not isinstance(goods, ReadGoods):
        yield "goods that are none"
        return
    yield from _texts(goods, LONGEST_OF_GOODS)
    if goods.kind not in get_args(GoodsKind):
        yield "a kind of goods that was not agreed"
    numbers = (goods.quantity, goods.unit_price, goods.amount)
    if goods.quantity is None or not all(map(_is_amount, numbers)):
        yield "a quantity or a price that is no finite Decimal"
    if goods.row not in rows:
        yield "goods in a row that is not the order's"


def _texts(thing: object, longest: dict[str, int]) -> Iterator[str]:
    for name, most in longest.items():
        said = getattr(thing, name)
        if type(said) is not str or len(said) > most or not _storable(said):
            yield f"{name} is no text of at most {most} characters"


def _storable(said: str) -> bool:
    return "\0" not in said and not any("\ud800" <= one <= "\udfff" for one in said)


def _is_instant(moment: Any) -> bool:
    return isinstance(moment, datetime) and moment.utcoffset() is not None


def _is_amount(amount: Any) -> bool:
    return amount is None or (type(amount) is Decimal and amount.is_finite() and amount.adjusted() < MOST_DIGITS)
