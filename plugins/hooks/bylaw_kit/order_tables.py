"""The tables that an order importer is tried on: its sample, and what platforms and strangers make of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bylaw_hooks.orders import Header, OrderImporter, OrderTable, Shop

SHOP = Shop(ZoneInfo("Asia/Shanghai"), "CNY")
SECRET = "王芳芳-13812345678"  # noqa: S105 - nobody's
"""Put into every cell in turn: it must show nowhere."""
HOSTILE = (
    "",
    " ",
    SECRET,
    "1.2E+17",
    "9" * 400,
    "9" * 12,
    "-1",
    "0",
    "NaN",
    "Infinity",
    "1e999",
    "١٢",
    "12/31/2020",
    "0000-00-00 00:00:00",
    "9999-12-31 23:59:59",
    "2020-02-30 25:61:00",
    "2020-02-01 10:00:00 +99:99",
    "😀" * 40,
    "'); DROP TABLE orders; --",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://acme.example")',
    "长" * 65_536,
)
Texts = tuple[tuple[Header, ...], ...]
"""Tables as texts, the heading before the rows."""


@dataclass(frozen=True)
class Trial:
    """Tables to read, and in a few words what they are."""

    what: str
    tables: Texts

    def handed_over(self) -> tuple[OrderTable, ...]:
        """As the service hands them over, the rows numbered by file and line."""
        return tuple(_table(number, texts) for number, texts in enumerate(self.tables))

    def rows(self) -> list[int]:
        """The numbers of all their rows."""
        return [row for table in self.handed_over() for row, _ in table.rows()]


def _table(number: int, texts: Sequence[Header]) -> OrderTable:
    rows = [(number * 10_000_000 + line, list(cells)) for line, cells in enumerate(texts[1:], start=2)]
    return OrderTable(tuple(texts[0]), lambda: iter(rows))


def sample_of(importer: OrderImporter) -> Trial:
    """What its author made up."""
    return Trial("the sample", importer.sample)


def moved(importer: OrderImporter) -> Trial:
    """The same with its columns the other way round, one without a name before them, and more blanks in the heading."""
    tables = tuple(
        tuple(
            ("" if line else "  ", *(f" {cell} " if not line else cell for cell in reversed(cells)))
            for line, cells in enumerate(table)
        )
        for table in importer.sample
    )
    return Trial("columns moved", tables)


def bent(importer: OrderImporter) -> Iterator[Trial]:
    """Rows that are there twice, that end too soon, that go on too long, that say nothing; and no rows."""
    sample = importer.sample
    yield sample_of(importer)
    yield Trial("every row twice", tuple((table[0], *(row for row in table[1:] for _ in range(2))) for table in sample))
    yield Trial("rows of one cell", tuple((table[0], *(row[:1] for row in table[1:])) for table in sample))
    yield Trial("rows without cells", tuple((table[0], *(() for _ in table[1:])) for table in sample))
    yield Trial("rows too long", tuple((table[0], *((*row, SECRET, "7") for row in table[1:])) for table in sample))
    yield Trial("no rows", tuple((table[0],) for table in sample))
    yield Trial("rows apart", tuple((table[0], *table[1:], *table[:0:-1]) for table in sample))


def spoilt(importer: OrderImporter) -> Iterator[Trial]:
    """Each column in turn filled with what somebody might put there."""
    for number, table in enumerate(importer.sample):
        for place, name in enumerate(table[0]):
            for said in HOSTILE:
                changed = (table[0], *((*row[:place], said, *row[place + 1 :]) for row in table[1:]))
                tables = (*importer.sample[:number], changed, *importer.sample[number + 1 :])
                yield Trial(f"{said[:20]!r} in {name}", tables)
