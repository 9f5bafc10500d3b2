"""Orders as importers read them, in the form in which orders are taken; what cannot be taken is refused (ORD-1)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import partial
from operator import itemgetter

from bylaw_hooks.orders import ReadFault, ReadGoods, ReadOrder, ReadRecipient

from bylaw_orders.rules.checking.words import fraction_digits
from bylaw_orders.rules.order_files.order_import import RefusedLine
from bylaw_orders.rules.orders.amounts import line_amount
from bylaw_orders.rules.orders.order import LineKind, OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.orders.same_lines import OnceEach
from bylaw_orders.rules.privacy.recipient import Recipient

MOST_LINES = 5_000
LONGEST = {"number": 64, "promotion": 100, "courier": 60, "waybill": 100}
LONGEST_OF_RECIPIENT = {
    "name": 100,
    "phone": 40,
    "address": 500,
    "region": 100,
    "postcode": 20,
    "email": 200,
    "nick": 100,
}
LONGEST_REMARK, LONGEST_CODE, LONGEST_TITLE = 2_000, 100, 500
LARGEST, FINEST = Decimal(10) ** 12, Decimal("0.000001")
KINDS: Mapping[str, OrderKind] = {kind.name.lower(): kind for kind in OrderKind}
STATES: Mapping[str, SourceState] = {state.name.lower(): state for state in SourceState}
PAID_FOR = frozenset(SourceState) - {SourceState.UNPAID, SourceState.CLOSED}
"""Where nobody says what was paid, an order that the platform takes for paid was paid."""
LINE_KINDS: Mapping[str, LineKind] = {kind.name.lower(): kind for kind in LineKind}
NOTHING = Decimal(0)
TOO_LONG = ("TEXT_TOO_LONG", "{what}超过 {most} 个字符，请缩短", "{what} holds more than {most} characters; shorten it")
NO_NUMBER = ("CELL_EMPTY", "订单编号为空或含不可见字符", "the order's number is empty, or holds what cannot be seen")
TOO_LARGE = ("AMOUNT_TOO_LARGE", "金额或数量超过 10 的 12 次方", "an amount or a quantity is beyond 10 to the 12th")
TOO_FINE = ("NUMBER_TOO_FINE", "数量至多 6 位小数", "a quantity has more than 6 digits behind the point")
TOO_MANY = ("ORDER_TOO_LARGE", "一个订单至多 {most} 行商品", "an order has at most {most} lines of goods")


class OrderUnfit(Exception):  # noqa: N818 - it is an answer
    """An order that cannot be taken as it is: a reason, and words in both languages."""

    def __init__(self, told: tuple[str, str, str], **more: object) -> None:
        reason, zh, en = told
        super().__init__(reason)
        self.reason, self.zh, self.en = reason, zh.format_map(more), en.format_map(more)


def refused_lines(order: ReadOrder, unfit: OrderUnfit) -> list[RefusedLine]:
    """Every row of an order that cannot be taken."""
    return [RefusedLine(row, "", unfit.reason, unfit.zh, unfit.en) for row in order.rows]


def refused_line(fault: ReadFault) -> RefusedLine:
    """A row that an importer refused."""
    return RefusedLine(fault.row, fault.column[:100], fault.reason, fault.zh[:500], fault.en[:500])


_Made = tuple[WishLine, int]
"""What was made of a line, and what that comes to."""
_LINE, _AMOUNT = itemgetter(0), itemgetter(1)


class Wishes:
    """Makes wishes of one file. A line that says what another said is that one's: importers share them."""

    def __init__(self) -> None:
        self._made: dict[int, OnceEach[ReadGoods, _Made]] = {}

    def wish(self, read: ReadOrder) -> OrderWish:
        """The order as it is taken; raises OrderUnfit."""
        _check_texts(read, LONGEST, "order")
        if not read.number or not read.number.isprintable():
            raise OrderUnfit(NO_NUMBER)
        if len(read.lines) > MOST_LINES:
            raise OrderUnfit(TOO_MANY, most=MOST_LINES)
        digits = fraction_digits(read.currency)
        lines, state = self._lines(read.lines, digits), STATES[read.state]
        shipping, discount = _minor(read.shipping, digits) or 0, _minor(read.discount, digits) or 0
        total, paid = _minor(read.total, digits), _minor(read.paid, digits)
        if paid is None and state in PAID_FOR:
            paid = sum(map(_AMOUNT, lines)) + shipping - discount if total is None else total
        return OrderWish(
            read.number,
            KINDS[read.kind],
            state,
            _instant(read.version),
            read.placed_at.astimezone(UTC),
            read.paid_at.astimezone(UTC) if read.paid_at else None,
            read.currency,
            tuple(map(_LINE, lines)),
            shipping,
            discount,
            total,
            paid or 0,
            _minor(read.refunded, digits) or 0,
            read.promotion,
            _recipient(read),
            courier=read.courier,
            waybill=read.waybill,
        )

    def _lines(self, goods: Sequence[ReadGoods], digits: int) -> list[_Made]:
        made = self._made.get(digits) or self._made.setdefault(digits, OnceEach())
        return made.of(goods, partial(_wish_line, digits))


def _wish_line(digits: int, goods: ReadGoods) -> _Made:
    if len(goods.code) > LONGEST_CODE or len(goods.title) > LONGEST_TITLE:
        raise OrderUnfit(TOO_LONG, what="goods", most=LONGEST_CODE if len(goods.code) > LONGEST_CODE else LONGEST_TITLE)
    quantity, price = goods.quantity, _price(goods)
    _check_size(quantity, price, quantity * price)
    if quantity != quantity.quantize(FINEST):
        raise OrderUnfit(TOO_FINE)
    title = f"{goods.title} {goods.options}".strip() if goods.options else goods.title
    each = price.scaleb(digits).quantize(FINEST, ROUND_HALF_EVEN)
    amount = _minor(goods.amount, digits)
    line = WishLine(goods.code, title[:LONGEST_TITLE], quantity, each, 0, amount, LINE_KINDS[goods.kind])
    return line, line_amount(line)


def _price(goods: ReadGoods) -> Decimal:
    """What one costs: as stated, else by what the line comes to."""
    if goods.unit_price is not None:
        return goods.unit_price
    return goods.amount / goods.quantity if goods.amount is not None and goods.quantity else NOTHING


def _recipient(read: ReadOrder) -> Recipient | None:
    to = read.recipient or ReadRecipient()
    _check_texts(to, LONGEST_OF_RECIPIENT, "recipient")
    if max(len(read.buyer_remark), len(read.seller_remark)) > LONGEST_REMARK:
        raise OrderUnfit(TOO_LONG, what="remark", most=LONGEST_REMARK)
    found = Recipient(
        to.name,
        to.phone,
        to.address,
        to.region,
        to.postcode,
        to.email,
        to.nick,
        remark="\n".join(filter(None, (read.buyer_remark, read.seller_remark)))[:LONGEST_REMARK],
        account=read.customer,
    )
    return None if found.is_empty else found


def _check_texts(thing: object, longest: Mapping[str, int], within: str) -> None:
    for name, most in longest.items():
        if len(getattr(thing, name)) > most:
            raise OrderUnfit(TOO_LONG, what=f"{within}.{name}", most=most)


def _check_size(*numbers: Decimal) -> None:
    for number in numbers:
        if abs(number) > LARGEST:
            raise OrderUnfit(TOO_LARGE)


def _minor(amount: Decimal | None, digits: int) -> int | None:
    """An amount in the currency's smallest unit, half to even."""
    if amount is None:
        return None
    _check_size(amount)
    return int(amount.scaleb(digits).quantize(Decimal(1), ROUND_HALF_EVEN))


def _instant(version: str) -> datetime | None:
    """The instant of a version; one that is no instant says nothing."""
    if not version:
        return None
    try:
        found = datetime.fromisoformat(version)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
