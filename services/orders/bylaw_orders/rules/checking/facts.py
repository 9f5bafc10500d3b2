"""What the checks of an order look at: frozen, amounts in the smallest unit, of the customer flags alone (ORD-1)."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from bylaw_orders.rules.checking.setting import CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.amounts import comes_to, line_amount, total_of
from bylaw_orders.rules.orders.order import LineKind, OrderKind, OrderWish, SourceState
from bylaw_orders.rules.privacy.recipient import Recipient

FEWEST_DIGITS, MOST_DIGITS, MOBILE_DIGITS = 7, 20, 11
_NO_DIGITS = re.compile(r"\D+")


class PhoneKind(IntEnum):
    """What can be said of a telephone number without saying it. A platform masks those that its own labels carry."""

    MISSING = 1
    MASKED = 2
    IMPOSSIBLE = 3
    POSSIBLE = 4


class RecipientFacts(NamedTuple):
    """What can be said of whom an order goes to without saying who; lengths in characters."""

    name_length: int
    phone: PhoneKind
    address_length: int
    has_remark: bool


class LineFacts(NamedTuple):
    """A line: `number` is its place from 1; `unit_price` exact, `amount` what it comes to; `goods` none: not known."""

    number: int
    kind: LineKind
    code: str
    quantity: Decimal
    unit_price: Decimal
    discount: int
    amount: int
    goods: KnownGoods | None


class OrderFacts(NamedTuple):
    """An order. `adds_up_to`: what its lines, shipping and discount come to; `total`: what the platform says of that.

    `alike`: the numbers of other orders of the same customer for the same goods and the same total, not long before.
    `channel_currency` is what the channel sells in; `is_offered`: goods are listed and priced for it in inventory.
    `is_exchange`: a ticket was decided so, and what it sends at price 0 has no price to be checked.
    """

    kind: OrderKind
    state: SourceState
    currency: str
    channel_currency: str
    is_offered: bool
    lines: Sequence[LineFacts]
    discount: int
    adds_up_to: int
    total: int
    paid: int
    refunded: int
    promotion: str
    recipient: RecipientFacts | None
    alike: Sequence[str]
    setting: CheckSetting
    is_exchange: bool = False


class ChannelFacts(NamedTuple):
    """Of a channel what its orders are checked by."""

    currency: str
    is_offered: bool
    setting: CheckSetting


def facts_of(
    wish: OrderWish, channel: ChannelFacts, goods: Mapping[str, KnownGoods], alike: Sequence[str] = ()
) -> OrderFacts:
    """What the checks look at of an order that came; `goods` by code."""
    amounts = [line_amount(line) for line in wish.lines]
    lines = [
        LineFacts(number, line.kind, line.code, line.quantity, line.unit_price, line.discount, amount, known)
        for number, (line, amount) in enumerate(zip(wish.lines, amounts, strict=True), 1)
        for known in (goods.get(line.code),)
    ]
    return OrderFacts(
        wish.kind,
        wish.source_state,
        wish.currency,
        channel.currency,
        channel.is_offered,
        lines,
        wish.discount,
        comes_to(wish, amounts),
        total_of(wish, amounts),
        wish.paid,
        wish.refunded,
        wish.promotion,
        recipient_facts(wish.recipient) if wish.recipient else None,
        alike,
        channel.setting,
        wish.is_exchange,
    )


def recipient_facts(recipient: Recipient) -> RecipientFacts:
    """What can be said of a recipient without saying who it is (CUS-1)."""
    return RecipientFacts(
        len(recipient.name.strip()),
        phone_kind(recipient.phone),
        len(recipient.address.strip()),
        bool(recipient.remark.strip()),
    )


def phone_kind(text: str) -> PhoneKind:
    """Whether somebody could be called: eleven digits that begin with 1 are a mobile's, whose second is 3 to 9."""
    if not text or text.isspace():
        return PhoneKind.MISSING
    if "*" in text:
        return PhoneKind.MASKED
    digits = text if text.isdecimal() else _NO_DIGITS.sub("", text)
    if len(digits) == MOBILE_DIGITS and digits[0] == "1" and digits[1] < "3":
        return PhoneKind.IMPOSSIBLE
    return PhoneKind.POSSIBLE if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS else PhoneKind.IMPOSSIBLE
