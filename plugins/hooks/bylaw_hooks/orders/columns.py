"""Columns found by their names: what a heading has and lacks, and the cells of a row by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import NamedTuple, NoReturn, TypeVar

from bylaw_hooks.orders.cells import CellRefused, amount, currency, identifier, moment, needed, text, within

T = TypeVar("T")
SHIFTED = (
    "ROW_SHIFTED",
    "此行的格数多于表头，各格可能已错位；请将含逗号的格加引号后重新导出",
    "the row has more cells than the heading, so they may have moved; export it again with such cells in quotes",
)


class Named(NamedTuple):
    """The names that a column may have, the first that is there counts; whether a table can be read without it."""

    names: tuple[str, ...]
    needed: bool = True


def named(*names: str) -> Named:
    """A column that must be there, under one of these names."""
    return Named(names)


def maybe(*names: str) -> Named:
    """One that may lack."""
    return Named(names, needed=False)


class Columns:
    """The columns of a kind of table by field; case, and blanks around and within a name, make no difference."""

    def __init__(self, columns: Mapping[str, Named]) -> None:
        self._columns = columns

    def missing(self, header: Sequence[str]) -> tuple[str, ...]:
        """The needed ones that lack, each by its first name."""
        there = set(map(_plain, header))
        lacking = (one for one in self._columns.values() if one.needed and there.isdisjoint(map(_plain, one.names)))
        return tuple(one.names[0] for one in lacking)

    def reader(self, header: Sequence[str]) -> "Reader":
        """What reads the rows below a heading."""
        there: dict[str, int] = {}
        for place, name in enumerate(header):
            there.setdefault(_plain(name), place)
        found = {
            field: next((there[name] for name in map(_plain, one.names) if name in there), -1)
            for field, one in self._columns.items()
        }
        called = {
            field: " ".join(header[place].split()) if place >= 0 else self._columns[field].names[0]
            for field, place in found.items()
        }
        return Reader(len(header), found, called)


@dataclass(frozen=True, slots=True)
class Reader:
    """Where each field stands in a table, -1 where it has no such column; what the file calls it; how wide it is."""

    width: int
    places: Mapping[str, int]
    called: Mapping[str, str]

    def row(self, number: int, cells: Sequence[str]) -> "Cells":
        """A row by field; what lacks at its end is empty. Refuses ROW_SHIFTED."""
        self.check(number, cells)
        return Cells(number, self, [*cells[: self.width], *[""] * (self.width - len(cells)), ""])

    def check(self, number: int, cells: Sequence[str]) -> None:
        """Refuses ROW_SHIFTED where a row is wider: a comma that was not quoted has moved what stands behind it."""
        if len(cells) > self.width and any(map(str.strip, cells[self.width :])):
            refused = CellRefused(*SHIFTED)
            refused.row = number
            raise refused


@dataclass(frozen=True, slots=True, repr=False)
class Cells:
    """A row's cells by field, "" where there is no such column. What is refused names the column."""

    row: int
    reader: Reader
    cells: Sequence[str]

    def text(self, field: str, most: int = 500) -> str:
        """A text in one line, of so many characters at most; refuses TEXT_TOO_LONG."""
        return self._read(field, lambda cell: within(text(cell), most))

    def identifier(self, field: str, most: int = 100) -> str:
        """A number of an order, of goods, a telephone's; refuses ORDER_NUMBER_ROUNDED and TEXT_TOO_LONG."""
        return self._read(field, lambda cell: within(identifier(cell), most))

    def amount(self, field: str) -> Decimal | None:
        """A number in major units, None for none; refuses NUMBER_UNREADABLE."""
        return self._read(field, amount)

    def currency(self, field: str, otherwise: str) -> str:
        """A currency, or another where none is stated; refuses CURRENCY_UNKNOWN."""
        return self._read(field, lambda cell: currency(cell, otherwise))

    def moment(self, field: str, zone: tzinfo) -> datetime | None:
        """A time, None for none; refuses TIME_UNREADABLE."""
        return self._read(field, lambda cell: moment(cell, zone))

    def refuse(self, field: str, refused: CellRefused) -> NoReturn:
        """Refuse what stands in a cell for a reason of one's own."""
        refused.row, refused.column = self.row, self.reader.called[field]
        raise refused

    def needed(self, field: str, found: T | None) -> T:
        """What was read of a field, which must be there; refuses CELL_EMPTY."""
        return self._read(field, lambda _: needed(found))

    def _read(self, field: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.cells[self.reader.places[field]])
        except CellRefused as refused:
            self.refuse(field, refused)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
