"""The month report as a workbook or as CSV: whatever anybody wrote stays text (WHS-5)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from bylaw_chassis.workbook_page import CONTENT_TYPE, Page, Value, guarded, new_workbook

from bylaw_inventory.rules.books.month import MonthLine, in_the_house
from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.use_cases.books.report_month import MonthReport

CSV_TYPE = "text/csv; charset=utf-8"
WIDTH = 16


class Heading(NamedTuple):
    """A column's heading in both languages."""

    zh: str
    en: str


KINDS: Mapping[MovementKind, Heading] = {
    MovementKind.RECEIPT: Heading("采购入库", "receipt"),
    MovementKind.ISSUE: Heading("出库", "issue"),
    MovementKind.TRANSFER: Heading("库内移动", "transfer"),
    MovementKind.CUSTOMER_RETURN: Heading("客户退货", "customer's return"),
    MovementKind.SUPPLIER_RETURN: Heading("退回供应商", "supplier's return"),
    MovementKind.DELIVERY: Heading("送达", "delivery"),
    MovementKind.REVERSAL: Heading("冲销", "reversal"),
    MovementKind.STOCKTAKE: Heading("盘点", "stocktake"),
    MovementKind.SCRAP: Heading("退货报废", "scrapped returns"),
}
CAME, WENT = Heading("收入", "in"), Heading("发出", "out")
GOODS = (Heading("商品编码", "Item"), Heading("商品名称", "Name"), Heading("单位", "Unit"))
PLACE = Heading("货位", "Place")
OPENING, CLOSING = Heading("期初结存", "Opening"), Heading("期末结存", "Closing")
TOTALS = (Heading("收入合计", "In"), Heading("发出合计", "Out"))


def as_csv(report: MonthReport) -> tuple[bytes, str]:
    """The lines by place, and the type; one line of English names, then the rows."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    kinds = _kinds(report.lines)
    writer.writerow(guarded(name.en) for name in _headings(kinds, by_place=True))
    for line in report.lines:
        writer.writerow(in_text(_row(line, kinds, by_place=True)))
    return target.getvalue().encode("utf-8-sig"), CSV_TYPE


def as_workbook(report: MonthReport) -> tuple[bytes, str]:
    """A page of items and a page of items by place, and the type."""
    target = io.BytesIO()
    # It says of which day it tells, not when somebody fetched it: the same report is the same bytes.
    last = report.span.last
    book, styles = new_workbook(target, datetime(last.year, last.month, last.day, tzinfo=UTC))
    for title, lines, by_place in (
        ("items", list(in_the_house(report.lines)), False),
        ("items by place", report.lines, True),
    ):
        page, kinds = Page(book.add_worksheet(title), styles), _kinds(lines)
        names = _headings(kinds, by_place=by_place)
        page.head(names, [WIDTH] * len(names))
        for line in lines:
            page.add(in_cells(_row(line, kinds, by_place=by_place)))
    book.close()
    return target.getvalue(), CONTENT_TYPE


def _kinds(lines: Sequence[MonthLine]) -> tuple[list[MovementKind], list[MovementKind]]:
    """In which kinds anything came, and in which anything went."""
    came = {flow.kind for line in lines for flow in line.flows if flow.came}
    went = {flow.kind for line in lines for flow in line.flows if flow.went}
    return sorted(came), sorted(went)


def _headings(kinds: tuple[list[MovementKind], list[MovementKind]], *, by_place: bool) -> list[Heading]:
    came, went = ([_both(way, KINDS[kind]) for kind in own] for way, own in zip((CAME, WENT), kinds, strict=True))
    place = [PLACE] if by_place else []
    return [*GOODS, *place, OPENING, *came, TOTALS[0], *went, TOTALS[1], CLOSING]


def _both(way: Heading, kind: Heading) -> Heading:
    return Heading(f"{way.zh}：{kind.zh}", f"{way.en}: {kind.en}")


def _row(
    line: MonthLine, kinds: tuple[list[MovementKind], list[MovementKind]], *, by_place: bool
) -> Iterator[str | Decimal]:
    flows = {flow.kind: flow for flow in line.flows}
    yield from (line.item_code, line.display_name, line.unit)
    if by_place:
        yield line.place_code
    yield line.opening
    yield from (flows[kind].came if kind in flows else ZERO for kind in kinds[0])
    yield line.came
    yield from (flows[kind].went if kind in flows else ZERO for kind in kinds[1])
    yield from (line.went, line.closing)


def in_text(row: Iterable[str | Decimal]) -> Iterator[Value]:
    """Quantities are ours, and begin with a sign where they are less than zero."""
    for cell in row:
        yield written(cell) if isinstance(cell, Decimal) else guarded(cell)


def in_cells(row: Iterable[str | Decimal]) -> Iterator[Value]:
    """A workbook knows binary numbers alone: a quantity that none of them is stays text."""
    for cell in row:
        if isinstance(cell, Decimal):
            number = float(cell)
            yield number if Decimal(repr(number)) == cell else written(cell)
        else:
            yield cell
