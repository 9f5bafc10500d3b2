"""Figures as a workbook with a chart on each page; whatever anybody wrote stays text (ANA-1, MKT-3)."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from bylaw_chassis.workbook_page import CONTENT_TYPE, Page, Value, new_workbook

from bylaw_orders.messages.figures import counted_by, key_of, records_of
from bylaw_orders.messages.values import written
from bylaw_orders.rules.checking.words import fraction_digits
from bylaw_orders.rules.figures.asked import Asked, Dimension, Kind
from bylaw_orders.rules.figures.key_figures import KeyFigure
from bylaw_orders.rules.figures.refusals import FiguresTooMany
from bylaw_orders.rules.figures.sales import SalesFigure
from bylaw_orders.rules.figures.words import DIMENSIONS, KINDS, PARTS, Words
from bylaw_orders.use_cases.figures.show_figures import Report

MOST_ROWS, HEADINGS, WIDTH, MOST_DRAWN = 1_048_570, 2, 16, 30
Cell = str | int | Decimal


class Heading(NamedTuple):
    """A column's heading in both languages."""

    zh: str
    en: str


NAMED = (Heading("名称", "Name (zh)"), Heading("英文名称", "Name (en)"))
CURRENCY, PART, RECORDS = Heading("币种", "Currency"), Heading("部分", "Part"), Heading("记录", "Records")
COUNTED = (*NAMED, CURRENCY, Heading("计数", "What"), Heading("数量", "Count"), RECORDS)
SOLD = (
    CURRENCY,
    Heading("订单数", "Orders"),
    Heading("商品行数", "Lines"),
    Heading("件数", "Units"),
    Heading("销售额", "Sales"),
    Heading("贷记单数", "Credits"),
    Heading("贷记额", "Credited"),
    Heading("调整单数", "Adjustments"),
    Heading("调整额", "Adjusted"),
    Heading("合计", "Total"),
)
WENT = (
    Heading("销售额", "Sales"),
    Heading("客单价", "Mean sale"),
    Heading("单均行数", "Lines a sale"),
    Heading("单均件数", "Units a sale"),
    Heading("客户数", "Customers"),
    Heading("复购客户数", "Repeat customers"),
    Heading("复购率", "Repeat rate"),
    Heading("退款额", "Refunded"),
    Heading("退款率", "Refund rate"),
    Heading("投诉率", "Complaint rate"),
    Heading("按时发货率", "Shipped in time"),
    Heading("按时送达率", "Delivered in time"),
    Heading("按时答复率", "Answered in time"),
    Heading("平均答复小时", "Mean hours to answer"),
    Heading("答复小时中位数", "Median hours to answer"),
)


def as_workbook(report: Report) -> tuple[bytes, str]:
    """A page of key figures and a page of sales by each thing, and the type; refuses FIGURES_TOO_MANY."""
    if max(len(report.key_figures), *map(len, report.sales.values())) > MOST_ROWS:
        raise FiguresTooMany(most=MOST_ROWS)
    target = io.BytesIO()
    # It says of which day it tells, not when somebody fetched it: the same report is the same bytes.
    book, styles = new_workbook(target, datetime.combine(report.asked.span.last, time(), UTC))
    names = [*NAMED, CURRENCY, *(Heading(*KINDS[kind]) for kind in Kind), *WENT]
    _fill(Page(book.add_worksheet("key figures"), styles), names, map(_how_it_went, report.key_figures))
    _fill(Page(book.add_worksheet("records of key figures"), styles), COUNTED, _counted(report))
    for by, figures in report.sales.items():
        sheet = book.add_worksheet(f"by {DIMENSIONS[by][1].lower()}")
        names = [Heading(*DIMENSIONS[by]), *NAMED, *([PART] if by is Dimension.PRODUCT else []), *SOLD]
        _fill(Page(sheet, styles), [*names, RECORDS], (_sold(by, one, report.asked) for one in figures))
        if figures:
            sheet.insert_chart(HEADINGS, len(names) + 2, _chart(book, by, sheet.name, len(names), len(figures)))
    book.close()
    return target.getvalue(), CONTENT_TYPE


def _fill(page: Page, names: Sequence[Heading], rows: Iterator[Iterator[Cell]]) -> None:
    page.head(names, [WIDTH] * len(names))
    for row in rows:
        page.add(map(_cell, row))


def _counted(report: Report) -> Iterator[Iterator[Cell]]:
    """A row for each count, with the path of what it counts."""
    for one, kind in product(report.key_figures, Kind):
        told: list[Cell] = [*one.title, one.currency, _both(KINDS[kind]), one.counts[kind]]
        yield iter([*told, counted_by(one, kind, report.asked)])


def _sold(by: Dimension, figure: SalesFigure, asked: Asked) -> Iterator[Cell]:
    money = _Money(figure.currency)
    yield key_of(by, figure.key)
    yield from figure.title
    if by is Dimension.PRODUCT:
        yield _both(PARTS[figure.part])
    yield figure.currency
    sales: list[Cell] = [figure.orders, figure.lines, figure.units, money.of(figure.sales)]
    beside: list[Cell] = [figure.credit_orders, money.of(figure.credits)]
    books: list[Cell] = [figure.adjusting_orders, money.of(figure.adjustments)]
    yield from [*sales, *beside, *books, money.of(figure.total), records_of(figure, by, asked)]


def _how_it_went(figure: KeyFigure) -> Iterator[Cell]:
    money = _Money(figure.currency)
    sale, lines, units = figure.baskets
    yield from (*figure.title, figure.currency)
    yield from (figure.counts[kind] for kind in Kind)
    yield money.of(figure.sales)
    yield from (_or_empty(sale if sale is None else money.of(sale)), _or_empty(lines), _or_empty(units))
    yield from (figure.customers, figure.repeat_customers, _or_empty(figure.repeat_rate), money.of(figure.refunded))
    rates = (
        figure.rate(Kind.REFUNDED, Kind.ORDERS),
        figure.rate(Kind.COMPLAINED, Kind.ORDERS),
        figure.in_time(Kind.SHIPPED_IN_TIME, Kind.SHIPPED_LATE),
        figure.in_time(Kind.DELIVERED_IN_TIME, Kind.DELIVERED_LATE),
        figure.rate(Kind.ANSWERED_IN_TIME, Kind.ANSWERED),
        figure.mean_hours,
        figure.median_hours,
    )
    yield from map(_or_empty, rates)


class _Money(NamedTuple):
    """Amounts of a currency as people write them."""

    currency: str

    def of(self, amount: int | Decimal) -> Decimal:
        return Decimal(amount).scaleb(-fraction_digits(self.currency))


def _or_empty(number: Decimal | None) -> Cell:
    return "" if number is None else number


def _both(words: Words) -> str:
    return " / ".join(words)


def _cell(cell: Cell) -> Value:
    """A workbook knows binary numbers alone: one that none of them is stays text."""
    if not isinstance(cell, Decimal | int):
        return cell
    number = float(cell)
    return number if Decimal(repr(number)) == cell else written(Decimal(cell))


def _chart(book: Any, by: Dimension, sheet: str, columns: int, rows: int) -> Any:
    """Columns of the totals, by day over time; the first of so many, in the order of the page."""
    chart = book.add_chart({"type": "line" if by is Dimension.DAY else "bar"})
    last = HEADINGS + min(rows, MOST_DRAWN if by is not Dimension.DAY else rows) - 1
    names, totals = (0 if by is Dimension.DAY else 1), columns - 1
    chart.add_series(
        {
            "name": [sheet, 0, totals],
            "categories": [sheet, HEADINGS, names, last, names],
            "values": [sheet, HEADINGS, totals, last, totals],
        }
    )
    chart.set_title({"name": _both(DIMENSIONS[by])})
    return chart
