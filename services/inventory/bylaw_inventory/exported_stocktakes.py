"""The report of a stocktake as a workbook or as CSV: whatever anybody wrote stays text (WHS-6)."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from bylaw_chassis.workbook_page import CONTENT_TYPE, Page, guarded, new_workbook

from bylaw_inventory.exported_months import CSV_TYPE, WIDTH, Heading, in_cells, in_text
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.stocktake.counting import DifferenceKind, Line
from bylaw_inventory.rules.stocktake.explaining import Explained, Proposal
from bylaw_inventory.rules.stocktake.report import StocktakeReport

GOODS = (Heading("货位", "Place"), Heading("商品编码", "Item"), Heading("批号", "Lot"), Heading("单位", "Unit"))
COUNTED = (*GOODS, Heading("账面", "Book"), Heading("完好", "Sound"), Heading("残损", "Damaged"))
DIFFERING = (
    Heading("序号", "Number"),
    *GOODS,
    Heading("账面", "Book"),
    Heading("差异", "Difference"),
    Heading("数量", "Quantity"),
    Heading("原因", "Cause"),
    Heading("责任人", "Responsible"),
    Heading("处理建议", "Proposal"),
    Heading("说明", "Report"),
)
KINDS = {
    DifferenceKind.SURPLUS: "盘盈 surplus",
    DifferenceKind.SHORTAGE: "盘亏 shortage",
    DifferenceKind.DAMAGE: "残损 damage",
}
PROPOSALS = {Proposal.ADJUST: "调整 adjust", Proposal.RECOUNT: "另行盘点 recount", Proposal.KEEP: "不调整 keep"}


def as_csv(report: StocktakeReport) -> tuple[bytes, str]:
    """What differs, and the type; one line of English names, then the rows."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(guarded(name.en) for name in DIFFERING)
    for row in _differing(report):
        writer.writerow(in_text(row))
    return target.getvalue().encode("utf-8-sig"), CSV_TYPE


def as_workbook(report: StocktakeReport) -> tuple[bytes, str]:
    """A page of what differs and a page of all that was counted, and the type."""
    target = io.BytesIO()
    # It says when counting began, not when somebody fetched it: the same report is the same bytes.
    book, styles = new_workbook(target, report.made.started_at or report.made.opened_at)
    for title, names, rows in (
        ("differences", DIFFERING, _differing(report)),
        ("counted", COUNTED, map(_counted, report.lines)),
    ):
        page = Page(book.add_worksheet(title), styles)
        page.head(names, [WIDTH] * len(names))
        for row in rows:
            page.add(in_cells(row))
    book.close()
    return target.getvalue(), CONTENT_TYPE


def _differing(report: StocktakeReport) -> Iterator[list[str | Decimal]]:
    known = {line.key: line for line in report.lines}
    for one in report.differing:
        yield [Decimal(one.number), *_goods(known[one.difference.key]), *_difference(one, report)]


def _difference(one: Explained, report: StocktakeReport) -> Iterator[str | Decimal]:
    difference, said = one.difference, one.explanation
    yield from (difference.book, KINDS[difference.kind], difference.quantity)
    if said:
        responsible = report.people.get(said.responsible, f"people/{said.responsible}")
        yield from (said.cause, responsible, PROPOSALS[said.proposal], said.report)


def _counted(line: Line) -> list[str | Decimal]:
    found = line.standing
    return [*_goods(line), *((found.book, found.sound, found.damaged) if found else (ZERO, ZERO, ZERO))]


def _goods(line: Line) -> tuple[str, str, str, str]:
    return line.place_code, line.item_code, line.lot_code, line.unit
