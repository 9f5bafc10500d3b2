"""A line of an invoice as goods, and what is odd about it; lines that say the same are one object."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain

from bylaw_hooks.orders import Cells, GoodsKind, ReadGoods

from bylaw_retail_sets.codes import charge

Said = tuple[str, ...]
"""The cells of code, description, quantity and price."""


class Lines:
    """Reads lines; what a cell says is worked out once, for most cells say what others said."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._numbers: dict[str, Decimal] = {}
        self._oddities: dict[int, tuple[str, ...]] = {}

    def read(self, said: Said, cells: Callable[[], Cells], *, has_customer: bool) -> ReadGoods:
        """The goods; refuses what no line can say."""
        code_cell, title_cell, quantity_cell, price_cell = said
        try:
            written, title = self._codes[code_cell], self._titles[title_cell]
            quantity, price = self._numbers[quantity_cell], self._numbers[price_cell]
        except KeyError:
            written, title, quantity, price = self._learned(said, cells())
        code = written.upper()
        charged = charge(code)
        kind: GoodsKind = "charge" if charged else "goods" if price or has_customer else "correction"
        goods = ReadGoods(code, title, quantity, price, None, kind)
        if charged or not (price > 0 and title and has_customer and code == written):
            self._oddities[id(goods)] = tuple(_oddities(goods, charged, (code == written, has_customer)))
        return goods

    def oddities(self, goods: Iterable[ReadGoods]) -> Iterator[str]:
        """What is odd about each of these, which must be the very ones that were read."""
        known = self._oddities
        return chain.from_iterable(known[place] for place in map(id, goods) if place in known)

    def _learned(self, said: Said, cells: Cells) -> tuple[str, str, Decimal, Decimal]:
        code_cell, title_cell, quantity_cell, price_cell = said
        self._codes[code_cell] = code = cells.needed("code", cells.identifier("code"))
        self._titles[title_cell] = title = cells.text("title")
        self._numbers[quantity_cell] = quantity = cells.needed("quantity", cells.amount("quantity"))
        self._numbers[price_cell] = price = cells.needed("price", cells.amount("price"))
        return code, title, quantity, price


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
