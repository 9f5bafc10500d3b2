"""Rows gathered into whole orders: one faulty row refuses its order with all of its rows, each told exactly once."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from bylaw_hooks.orders.cells import CellRefused
from bylaw_hooks.orders.columns import Cells, Reader
from bylaw_hooks.orders.facts import ReadFault, ReadOrder, place_of
from bylaw_hooks.orders.importers import OrderTable


class Gathered:
    """The rows of one order so far, by number and by field; an importer's own may add what it makes of them."""

    __slots__ = ("faults", "number", "rows", "said")

    def __init__(self, number: str) -> None:
        self.number = number
        self.rows: list[int] = []
        self.said: list[Cells] = []
        self.faults: dict[int, ReadFault] | None = None

    def spoil(self, refused: CellRefused) -> None:
        """One of its rows is faulty; the first fault of a row counts."""
        row = refused.row or self.rows[0]
        self.faults = {row: fault_of(refused, row)} | (self.faults or {})

    def refused(self) -> Iterator[ReadFault]:
        """A fault for each of its rows: the faulty ones by their own, the others because of those."""
        faults = self.faults or {}
        first = min(faults)
        _, line = place_of(first)
        reason = faults[first].reason
        zh = f"同一订单第 {line} 行有误（{reason}），整单未取；请更正后重新导入"
        en = f"line {line} of the same order is faulty ({reason}), so none of it is taken; mend it and import again"
        for row in self.rows:
            yield faults.get(row) or ReadFault(row, "", "ORDER_REFUSED", zh, en)


G = TypeVar("G", bound=Gathered)


class Gathering(Generic[G]):
    """The orders of a file by number, in the order in which they begin; `kind` makes a new one of its number."""

    def __init__(self, kind: Callable[[str], G]) -> None:
        self._kind = kind
        self._orders: dict[str, G] = {}

    def __iter__(self) -> Iterator[G]:
        return iter(self._orders.values())

    def of(self, number: str) -> G:
        """The order of that number, new or begun."""
        found = self._orders.get(number)
        if found is None:
            found = self._orders[number] = self._kind(number)
        return found

    def gather(self, table: OrderTable, reader: Reader, field: str = "number") -> Iterator[ReadFault]:
        """Take in every row by the number of its order; gives those whose order cannot be told."""
        for row, cells in table.rows():
            try:
                said = reader.row(row, cells[: reader.width])
                found = self.of(said.needed(field, said.identifier(field)))
            except CellRefused as refused:
                yield fault_of(refused, row)
                continue
            found.rows.append(row)
            found.said.append(said)
            try:
                reader.check(row, cells)
            except CellRefused as refused:
                found.spoil(refused)

    def orders(self, order_of: Callable[[G], ReadOrder]) -> Iterator[ReadOrder | ReadFault]:
        """Each order, or a fault for each of its rows where one of them is faulty or `order_of` raises CellRefused."""
        for one in self._orders.values():
            order = None
            if not one.faults:
                try:
                    order = order_of(one)
                except CellRefused as refused:
                    one.spoil(refused)
            if order is None:
                yield from one.refused()
            else:
                yield order


def fault_of(refused: CellRefused, row: int = 0) -> ReadFault:
    """What is said of the row whose cell is refused."""
    return ReadFault(refused.row or row, refused.column, refused.reason, refused.zh, refused.en)
