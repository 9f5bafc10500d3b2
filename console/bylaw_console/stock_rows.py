"""Stock as rows that are searched, sorted, cut into pages and written as a file; quantities are inventory's."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bylaw_console.shelves import Shelves, amount, tail

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: a spreadsheet would reckon it."""

BYTE_ORDER_MARK = "\ufeff"
NOTHING = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class StockRow:
    """An item of a warehouse: how much is there, free, used a day, and how long it lasts."""

    id: str
    code: str
    name: str
    category: str
    on_hand: str
    available: str
    unit: str
    daily: str
    cover: str
    reorder: str
    last_issue: str


SORTS: dict[str, Callable[[StockRow], Any]] = {
    "code": lambda row: row.code.casefold(),
    "name": lambda row: row.name,
    "on_hand": lambda row: -_number(row.on_hand, Decimal(0)),
    "available": lambda row: _number(row.available, Decimal(0)),
    "cover": lambda row: _number(row.cover, NOTHING),
}


def _number(text: str, otherwise: Decimal) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return otherwise


def rows_of(shelves: Shelves, levels: Iterable[Any]) -> list[StockRow]:
    """Levels with what their items are called."""
    levels = list(levels)
    shelves.learn(one.item for one in levels)
    return [_row(shelves, one) for one in levels]


def _row(shelves: Shelves, level: Any) -> StockRow:
    item = shelves.item(level.item)
    return StockRow(
        id=tail(level.item),
        code=level.code,
        name=item.display_name if item is not None else "",
        category=item.category if item is not None else "",
        on_hand=level.on_hand.value or "0",
        available=level.available.value or "0",
        unit=level.on_hand.unit,
        daily=_short(level.daily_demand),
        cover=level.days_of_cover,
        reorder=amount(level.reorder_point),
        last_issue=level.last_issue_date,
    )


def _short(demand: str) -> str:
    found = _number(demand, Decimal(0))
    return f"{found:.2f}" if found else ""


def fitting(rows: Iterable[StockRow], wished: str, sort: str) -> list[StockRow]:
    """Those whose code, name or category holds what is looked for, in the order asked for."""
    word = wished.casefold()
    found = [row for row in rows if word in f"{row.code} {row.name} {row.category}".casefold()]
    return sorted(found, key=SORTS.get(sort, SORTS["code"]))


def cut(rows: Sequence[Any], page: str, size: int) -> tuple[Sequence[Any], str]:
    """The rows of a page, which is the number of its first, and where the next begins; empty at the end."""
    start = int(page) if page.isdecimal() else 0
    following = start + size
    return rows[start:following], str(following) if following < len(rows) else ""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Comma-separated values in UTF-8 with a byte order mark; no text is taken for a formula."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    written = csv.writer(out)
    written.writerow([harmless(cell) for cell in head])
    written.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def harmless(text: str) -> str:
    """The text so that a spreadsheet shows it; numbers stay numbers."""
    if text.startswith(DANGEROUS) and not _number(text, NOTHING).is_finite():
        return f"'{text}"
    return text
