"""The lines of a file gathered into invoices, which need not stand together, and each as an order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat
from operator import itemgetter
from typing import Any, TypeVar

from bylaw_hooks.orders import (
    CellRefused,
    Cells,
    Columns,
    Gathered,
    Gathering,
    Header,
    OrderKind,
    OrderTable,
    ReadFault,
    ReadGoods,
    ReadOrder,
    ReadRecipient,
    Shop,
    fault_of,
    named,
)

from bylaw_retail_sets.invoice_lines import Lines

COLUMNS = Columns(
    {
        "number": named("InvoiceNo", "Invoice"),
        "placed": named("InvoiceDate"),
        "customer": named("CustomerID", "Customer ID"),
        "country": named("Country"),
        "code": named("StockCode"),
        "title": named("Description"),
        "quantity": named("Quantity"),
        "price": named("UnitPrice", "Price"),
    }
)
KINDS: dict[str, OrderKind] = {"C": "credit", "A": "adjustment"}
T = TypeVar("T")
JOINED = "\0"
"""Between the cells of which one text is made: it costs half of what a tuple costs to look up."""
FAULTY = ReadGoods("", "", Decimal(1), None, None)
"""Stands for a line that cannot be read."""


class Part:
    """The lines of an invoice that have one time, and the first of them as it stands in the file."""

    __slots__ = ("first", "lines", "number", "rows")

    def __init__(self, number: str, first: Cells) -> None:
        self.number, self.first = number, first
        self.rows: list[int] = []
        self.lines: list[ReadGoods] = []


class Invoice(Gathered):
    """An invoice while it is read: what is kept of a line is its row, and what it shares with others like it."""

    __slots__ = ("apart", "parts")

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.apart = 0
        self.parts: dict[str, Part] = {}


class Invoices:
    """The invoices of one file. A line that says what another said costs a look-up and no more reading."""

    def __init__(self, header: Header) -> None:
        self._reader = COLUMNS.reader(header)
        places = [*self._reader.places.values()]
        self._whose, self._what = itemgetter(*places[:3]), itemgetter(*places[4:])
        self._gathering = Gathering(Invoice)
        self._lines = Lines()
        self._said: dict[str, dict[str, Any]] = {"country": {}, "customer": {}}
        self._known: tuple[dict[str, ReadGoods], dict[str, ReadGoods]] = ({}, {})

    def gather(self, table: OrderTable) -> Iterator[ReadFault]:
        """Take in every row; gives those that no invoice can be told of."""
        width, whose, what, last, at = self._reader.width, self._whose, self._what, "", ""
        (nameless, of_customers), joined = self._known, JOINED.join
        part = Part("", self._reader.row(0, ()))
        for row, found in table.rows():
            cells = found if len(found) == width else [*found, *[""] * (width - len(found))]
            number, time, customer = whose(cells)
            if number != last or time != at or not last:
                try:
                    part, last, at = self._part(row, cells, is_next=number != last), number, time
                except CellRefused as refused:
                    last = ""
                    yield fault_of(refused, row)
                    continue
                add_row, add_line = part.rows.append, part.lines.append
            add_row(row)
            goods = (of_customers if customer else nameless).get(joined(what(cells)))
            add_line(goods if goods and len(cells) == width else self._read(part, row, cells))

    def orders(self, shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        """Each invoice, in the order in which they begin."""
        for invoice in self._gathering:
            invoice.rows = sorted(row for part in invoice.parts.values() for row in part.rows)
        return self._gathering.orders(lambda invoice: self._order(invoice, shop))

    def _part(self, row: int, cells: Sequence[str], *, is_next: bool) -> Part:
        """The part of an invoice that a row belongs to; raises CellRefused where its number is none."""
        said = Cells(row, self._reader, cells)
        invoice = self._gathering.of(said.needed("number", said.identifier("number")).upper())
        invoice.apart += is_next and bool(invoice.parts)
        time = cells[self._reader.places["placed"]]
        return invoice.parts.get(time) or invoice.parts.setdefault(time, Part(invoice.number, said))

    def _read(self, part: Part, row: int, cells: Sequence[str]) -> ReadGoods:
        """What a row says, kept for the next that says the same; a faulty one spoils its invoice."""
        what, has_customer = self._what(cells), self._whose(cells)[2] != ""
        try:
            self._reader.check(row, cells)
            goods = self._lines.read(what, lambda: Cells(row, self._reader, cells), has_customer=has_customer)
        except CellRefused as refused:
            self._gathering.of(part.number).spoil(refused)
            return FAULTY
        cells_joined = JOINED.join(what)
        if cells_joined.count(JOINED) == len(what) - 1:
            self._known[has_customer][cells_joined] = goods
        return goods

    def _order(self, invoice: Invoice, shop: Shop) -> ReadOrder:
        parts = [*invoice.parts.values()]
        moments = [part.first.needed("placed", part.first.moment("placed", shop.zone)) for part in parts]
        first = parts[0].first
        lines = tuple(_in_order(parts))
        return ReadOrder(
            number=invoice.number,
            kind=_kind(invoice.number, lines),
            state="finished",
            placed_at=min(moments),
            currency=shop.currency,
            recipient=self._kept(first, "country", _recipient),
            customer=self._kept(first, "customer", lambda cells: cells.identifier("customer")),
            lines=lines,
            rows=tuple(invoice.rows),
            oddities=(*self._lines.oddities(lines), *_oddities(invoice)),
        )

    def _kept(self, cells: Cells, field: str, read: Callable[[Cells], T]) -> T:
        """What most cells say was said by others before."""
        cell = cells.cells[cells.reader.places[field]]
        known = self._said[field]
        if cell not in known:
            known[cell] = read(cells)
        found: T = known[cell]
        return found


def _recipient(cells: Cells) -> ReadRecipient | None:
    country = cells.text("country", 60)
    return ReadRecipient(region=country) if country else None


def _in_order(parts: Sequence[Part]) -> Iterable[ReadGoods]:
    """In the order of the file."""
    if len(parts) == 1:
        return parts[0].lines
    placed = (pair for part in parts for pair in zip(part.rows, part.lines, strict=True))
    return (goods for _, goods in sorted(placed, key=itemgetter(0)))


def _oddities(invoice: Invoice) -> Iterator[str]:
    parts = invoice.parts.values()
    for part in parts:
        yield from repeat("line_repeated", len(part.lines) - len(set(map(id, part.lines))))
    yield from repeat("several_times", len(parts) > 1)
    yield from repeat("rows_apart", invoice.apart)


def _kind(number: str, lines: Iterable[ReadGoods]) -> OrderKind:
    """By the letter before its number; an invoice that corrects the stock alone is a figure of the books."""
    corrects = all(line.kind == "correction" for line in lines)
    return KINDS.get(number[:1], "adjustment" if corrects else "sale")
