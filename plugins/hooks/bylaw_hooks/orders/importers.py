"""What an order importer is: a name, a version, the headings it knows, and whole orders out of rows of texts."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from bylaw_hooks.orders.facts import ReadFault, ReadOrder
from bylaw_hooks.parameters import Both

Header = tuple[str, ...]
Row = tuple[int, Sequence[str]]
"""A row's number, which says its file and line (`place_of`), and the texts of its cells; some may lack at its end."""


@dataclass(frozen=True, slots=True)
class OrderTable:
    """A file as a table, whatever it was: csv, tsv or a sheet of a workbook. `rows` walks it anew each time."""

    header: Header
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Shop:
    """What a file does not say: the zone of its times, and the currency (ISO 4217) of its amounts."""

    zone: ZoneInfo
    currency: str


class OrderImporter(ABC):
    """An importer is pure: same tables and shop, same orders. It keeps nothing from call to call (ORD-1).

    Columns are found by their names, for platforms move them. Each row is accounted for exactly once: in the `rows`
    of one order or in one fault. An order of which one row is faulty is refused with all of its rows.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[Both]
    most_tables: ClassVar[int] = 1
    """How many files belong together, such as a list of orders and one of their goods."""
    sample: ClassVar[tuple[tuple[Header, ...], ...]]
    """Made up: what it reads in one go, the heading of each table before its rows. The kit tries it on these."""

    @property
    def identity(self) -> str:
        """How an import names it: "acme-orders@1"."""
        return f"{self.name}@{self.version}"

    @abstractmethod
    def recognises(self, header: Header) -> bool:
        """Whether a table is one of its own, by the names of the columns, never by where they stand."""

    @abstractmethod
    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        """The columns without which these tables together cannot be read; none: they can."""

    @abstractmethod
    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        """Every order and every refused row, in the order of the file; no number twice."""
