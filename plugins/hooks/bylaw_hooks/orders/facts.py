"""The facts that an order importer yields: an order as its file has it, or a line that is refused, and why."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

GoodsKind = Literal["goods", "charge", "correction"]
"""What is sold, what is charged beside it (postage, fees), or a correction of stock that nobody bought."""
OrderKind = Literal["sale", "credit", "adjustment"]
"""A sale; a credit, whose quantities and amounts lie below zero; or a figure of the books alone."""
OrderState = Literal["unpaid", "paid", "shipped_in_part", "shipped", "signed", "finished", "closed", "blocked"]
"""What the platform says of it. `closed`: nobody ships it any more; `blocked`: the platform says not to ship it now."""
ROWS_OF_A_FILE = 10_000_000


def place_of(row: int) -> tuple[int, int]:
    """Which file, from 0 on, and which line of it, a row's number means."""
    return divmod(row, ROWS_OF_A_FILE)


@dataclass(frozen=True, slots=True)
class ReadGoods:
    """A line of an order. `unit_price` and `amount` (after discounts) are in major units; None: not stated."""

    code: str
    title: str
    quantity: Decimal
    unit_price: Decimal | None
    amount: Decimal | None
    kind: GoodsKind = "goods"
    options: str = ""
    """Colour, size and the like, as the platform words them."""
    row: int = 0
    """Where it stands, if that is told; lines that say the same may be one object."""


@dataclass(frozen=True, slots=True, repr=False)
class ReadRecipient:
    """Who gets the goods: personal, so that nothing of it shows where the object is printed (CUS-1)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    region: str = ""
    """The province, or the country: all of an address that figures may keep."""
    postcode: str = ""
    email: str = ""
    nick: str = ""

    def __repr__(self) -> str:
        return "ReadRecipient(...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOrder:
    """A whole order. Amounts are in major units of `currency`, times carry their zone; None or "": not stated.

    `version` is the instant of its last change at the source, in ISO 8601; "" where it has none. `oddities` are
    lower_snake words for what is strange and taken all the same, one each time; they are counted in the report.
    """

    number: str
    version: str = ""
    kind: OrderKind = "sale"
    state: OrderState
    placed_at: datetime
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    closed_at: datetime | None = None
    currency: str
    goods_total: Decimal | None = None
    shipping: Decimal | None = None
    discount: Decimal | None = None
    """Off the whole order, above zero; what its lines' amounts hold already is not in it."""
    total: Decimal | None = None
    """What the buyer owes in all."""
    paid: Decimal | None = None
    """What the buyer has paid, before anything was paid back."""
    refunded: Decimal | None = None
    recipient: ReadRecipient | None = None
    buyer_remark: str = field(default="", repr=False)
    seller_remark: str = field(default="", repr=False)
    promotion: str = ""
    courier: str = ""
    waybill: str = field(default="", repr=False)
    customer: str = field(default="", repr=False)
    """The platform's number for whoever bought."""
    lines: tuple[ReadGoods, ...]
    rows: tuple[int, ...]
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFault:
    """A row that is refused: its column as the file calls it, a reason in UPPER_SNAKE, words without its content."""

    row: int
    column: str
    reason: str
    zh: str
    en: str
