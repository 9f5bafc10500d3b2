"""A line of an invoice as goods, and what is odd about it; lines that say the same are one object."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from bylaw_hooks.orders import Cells, GoodsKind, ReadGoods

from bylaw_retail_sets.codes import charge

Said = tuple[str, ...]
"""The cells of code, description, quantity and price."""


class Code(NamedTuple):
    """A code as it counts; the oddity that it is, if it is no goods; whether it was written as it counts."""

    code: str
    charged: str
    is_upper: bool


class Lines:
    """Reads lines; what a cell says is worked out once, for most cells say what others said."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._titles: dict[str, str] = {}
        self._numbers: dict[str, Decimal] = {}
        self._oddities: dict[int, tuple[str, ...]] = {}

    def read(self, said: Said, cells: Callable[[], Cells], *, has_customer: bool) -> ReadGoods:
        """The goods; refuses what no line can say."""
        code_cell, title_cell, quantity_cell, price_cell = said
        try:
            coded, title = self._codes[code_cell], self._titles[title_cell]
            quantity, price = self._numbers[quantity_cell], self._numbers[price_cell]
        except KeyError:
            coded, title, quantity, price = self._learned(said, cells())
        code, charged, is_upper = coded
        kind: GoodsKind = "charge" if charged else "goods" if has_customer or price else "correction"
        goods = ReadGoods(code, title, quantity, price, None, kind)
        if charged or not (has_customer and is_upper and title and price > 0):
            self._oddities[id(goods)] = tuple(_oddities(goods, charged, (is_upper, has_customer)))
        return goods

    def oddities(self, goods: Iterable[ReadGoods]) -> Iterator[str]:
        """What is odd about each of these, which must be the very ones that were read."""
        return chain.from_iterable(filter(None, map(self._oddities.get, map(id, goods))))

    def _learned(self, said: Said, cells: Cells) -> tuple[Code, str, Decimal, Decimal]:
        code_cell, title_cell, quantity_cell, price_cell = said
        written = cells.needed("code", cells.identifier("code"))
        code = written.upper()
        self._codes[code_cell] = coded = Code(code, charge(code), code == written)
        self._titles[title_cell] = title = cells.text("title")
        self._numbers[quantity_cell] = quantity = cells.needed("quantity", cells.amount("quantity"))
        self._numbers[price_cell] = price = cells.needed("price", cells.amount("price"))
        return coded, title, quantity, price


def _oddities(goods: ReadGoods, charged: str, plain: tuple[bool, bool]) -> Iterator[str]:
    is_upper, has_customer = plain
    if charged:
        yield charged
    if not is_upper:
        yield "code_in_lower_case"
    if not has_customer:
        yield "no_customer"
    if goods.kind == "correction":
        yield "stock_correction"
    elif not goods.unit_price:
        yield "free_of_charge"
    elif goods.unit_price < 0:
        yield "price_below_zero"
    if not goods.title:
        yield "no_description"
