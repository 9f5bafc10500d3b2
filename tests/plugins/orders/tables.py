"""Tables for importers, out of texts and out of files that real shops exported."""

import csv
import gzip
import io
from pathlib import Path
from zoneinfo import ZoneInfo

from bylaw_hooks.orders import OrderImporter, OrderTable, ReadFault, ReadOrder, Shop

SHARED = Path(__file__).parents[4] / "shared" / "data"
CHINA = Shop(ZoneInfo("Asia/Shanghai"), "CNY")
BRITAIN = Shop(ZoneInfo("Europe/London"), "GBP")


def real(path: str) -> str:
    """The text of a file that nobody here wrote."""
    content = (SHARED / path).read_bytes()
    return (gzip.decompress(content) if path.endswith(".gz") else content).decode()


def table(text: str, delimiter: str = ",", file: int = 0) -> OrderTable:
    """A csv as a table."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return OrderTable(tuple(rows[0]), lambda: ((file * 10_000_000 + at, row) for at, row in enumerate(rows[1:], 2)))


def read(importer: OrderImporter, *tables: OrderTable, shop: Shop = CHINA) -> tuple[list[ReadOrder], list[ReadFault]]:
    """What an importer reads: orders, and rows that it refuses."""
    found = list(importer.read(tables, shop))
    orders = [one for one in found if isinstance(one, ReadOrder)]
    return orders, [one for one in found if isinstance(one, ReadFault)]
