"""The invoice lines of a real gift wholesaler, nine months of them, as goods that leave and come back."""

import csv
import gzip
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parents[3] / "shared" / "data" / "orders" / "online_retail_2010-12_2011-08.csv.gz"
YEARS_LATER = 15
"""So many years later than they were, and on the same day of the month: nothing of it is a 29th of February."""
OPENED = date(2025, 11, 30)
"""The day before the first line."""
MOST_LINES = 500
EXTRACT = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
C536379,85123a,WHITE HANGING HEART T-LIGHT HOLDER,-1,2010-12-02 09:41:00,2.55,14527.0,United Kingdom
540000,85123A,WHITE HANGING HEART T-LIGHT HOLDER,2,2011-01-04 10:00:00,2.55,17850.0,United Kingdom
"""


class RetailLine(NamedTuple):
    """A line of an invoice: so many pieces of an item; less than nothing: they came back."""

    invoice: str
    code: str
    quantity: int
    day: date


@cache
def raw() -> str:
    """The file as it lies there; a small extract where it does not."""
    if FILE.exists():
        return gzip.decompress(FILE.read_bytes()).decode()
    print(f"the real invoices are not here: a small extract stands in for {FILE.name}")
    return EXTRACT


def codes() -> list[str]:
    """The items; codes that differ in letter case alone are one."""
    return sorted({code.upper() for _, code, *_ in _rows()})


def lines(wanted: Collection[str]) -> Iterator[RetailLine]:
    """The lines of some items in the file's order."""
    known = frozenset(wanted)
    for invoice, said, _, quantity, at, *_ in _rows():
        code = said.upper()
        if code in known:
            day = date.fromisoformat(at[:10])
            yield RetailLine(invoice, code, int(quantity), day.replace(year=day.year + YEARS_LATER))


def _rows() -> Iterator[list[str]]:
    found = csv.reader(io.StringIO(raw()))
    next(found)
    return found


def moves(wanted: Iterable[RetailLine]) -> Iterator[Sequence[RetailLine]]:
    """Lines that are one movement: of one invoice, all leaving or all coming back, at most 500."""
    for _, own in groupby(wanted, key=lambda one: (one.invoice, one.day)):
        invoice = list(own)
        for way in (True, False):
            some = [one for one in invoice if (one.quantity > 0) is way]
            yield from (some[begin : begin + MOST_LINES] for begin in range(0, len(some), MOST_LINES))


def sold(wanted: Iterable[RetailLine]) -> dict[str, int]:
    """How much of each item leaves in all: an opening stock of so much ends with none, and never runs out before."""
    found: dict[str, int] = {}
    for one in wanted:
        found[one.code] = found.get(one.code, 0) + max(one.quantity, 0)
    return found
