"""Figures as a workbook and as pictures: what they say is what the calls say (ANA-1, MKT-3)."""

import io
from datetime import timedelta
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bylaw.orders.v1 import figures_pb2
from bylaw_orders import exported_figures

from tests.builders.access import refusal
from tests.builders.figures import CHANNEL, DAY, DIMENSIONS, PRODUCT, PROMOTION, REGION, Seller
from tests.builders.orders import ordered

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3")]
XLSX, SVG = figures_pb2.FIGURE_FORMAT_XLSX, figures_pb2.FIGURE_FORMAT_SVG


def texts(picture: bytes) -> list[str]:
    """Every text of a picture."""
    tree = ET.fromstring(picture)  # noqa: S314 - our own
    return [one.text or "" for one in tree.iter("{http://www.w3.org/2000/svg}text")]


def book_of(data: bytes) -> openpyxl.Workbook:
    """A workbook as a spreadsheet opens it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_workbook_holds_every_figure_with_a_chart_of_each_thing(past: Seller) -> None:
    past.sell("1", ordered("茶", "3", "333"), region="浙江省", promotion="=1+1", shipping=5, paid=1004)
    past.sell("2", ordered("CUP"), days=-1)
    answer = past.export(format=XLSX)
    book = book_of(answer.data)
    assert book.sheetnames == [
        *("key figures", "records of key figures"),
        *("by day", "by channel", "by product", "by region", "by promotion"),
    ]
    for dimension, sheet in zip(DIMENSIONS, book.worksheets[2:], strict=True):
        figures = past.figures(dimension)
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        assert [row[0] or "" for row in rows] == [one.key for one in figures]
        headings = [cell.value for cell in sheet[2]]
        assert [row[headings.index("Total")] for row in rows] == [one.total / 100 for one in figures]
        assert [row[headings.index("Orders")] for row in rows] == [one.order_count for one in figures]
        assert [row[headings.index("Records")] for row in rows] == [one.records for one in figures]
        assert len(sheet._charts) == 1
    assert book["by promotion"]["A4"].value == "=1+1"
    assert book["by promotion"]["A4"].data_type == "s"
    went = {head.value: cell.value for head, cell in zip(*(book["key figures"][row] for row in (2, 3)), strict=True)}
    assert (went["Orders"], went["Sales"], went["Mean sale"], went["Refund rate"]) == (2, 20.04, 10.02, 0)
    counts = [one for figure in past.how_it_went() for one in figure.counts]
    rows = list(book["records of key figures"].iter_rows(min_row=3, min_col=5, values_only=True))
    assert rows == [(one.count, one.records) for one in counts]
    assert past.export(format=XLSX).data == answer.data


def test_a_workbook_of_nothing_has_no_rows_and_no_charts(past: Seller) -> None:
    book = book_of(past.export().data)
    assert [sheet.max_row for sheet in book.worksheets] == [2] * 7
    assert [len(sheet._charts) for sheet in book.worksheets] == [0] * 7


def test_a_picture_of_days_is_a_line_and_of_anything_else_bars_with_their_names(past: Seller) -> None:
    past.sell("1", ordered("<茶>&"), region="浙江省", promotion="春季")
    past.sell("2", ordered("CUP"), days=-1, region="上海市")
    for dimension, names in (
        (CHANNEL, {past.channel.title.zh}),
        (PRODUCT, {"<茶>&", "CUP"}),
        (REGION, {"浙江", "上海"}),
        (PROMOTION, {"春季", "（无推广码）"}),
    ):
        answer = past.export(format=SVG, dimension=dimension)
        assert answer.content_type == "image/svg+xml"
        assert names <= set(texts(answer.data))
        assert answer.data.count(b"<rect") >= len(names)
    line = past.export(format=SVG, dimension=DAY).data
    assert b"<path" in line
    assert any("销售合计：按日期" in text for text in texts(line))
    assert b"script" not in line
    assert b"http" not in line.replace(b"http://www.w3.org/2000/svg", b"")


def test_a_picture_of_days_names_days_and_is_drawn_of_one_day_too(past: Seller) -> None:
    past.sell("1", ordered("TEA", "3", "400000"))
    today = f"{past.orders.clock():%Y-%m-%d}"
    found = texts(past.export(format=SVG, dimension=DAY, first_date="2026-02-01", last_date=today).data)
    assert {"2026-02-01", "2026-02-06", "2026-02-26"} <= set(found)
    assert "10,000" in found
    one = past.export(format=SVG, dimension=DAY, first_date=today, last_date=today).data
    assert today in texts(one)
    assert one.count(b"<circle") == 1


def test_a_picture_shows_the_largest_and_the_others_together(past: Seller) -> None:
    past.sell("1", *(ordered(f"G-{number:02}", "1", str(100 * number)) for number in range(1, 26)))
    found = texts(past.export(format=SVG, dimension=PRODUCT).data)
    assert "G-25" in found
    assert "G-05" not in found
    assert "其他 / others" in found


def test_a_picture_of_nothing_is_a_picture(past: Seller) -> None:
    for dimension in DIMENSIONS:
        assert texts(past.export(format=SVG, dimension=dimension).data)


def test_a_picture_is_of_one_currency(past: Seller) -> None:
    pounds = past.orders.open_channel(past.unit, f"P-{past.channel.code}", currency="GBP", history=True)
    for channel in (past.channel, pounds):
        Seller(past.orders, past.unit, channel).sell("1", ordered("TEA"))
    reader = past.orders.caller(past.unit, frozenset({"orders.figures.read"}))
    told = {"format": SVG, "dimension": CHANNEL, "channel": ""}
    assert refusal(lambda: past.export(reader, **told)) == "FIGURES_SEVERAL_CURRENCIES"
    assert pounds.title.zh in texts(past.export(reader, **told, currency="GBP").data)


def test_more_rows_than_a_sheet_holds_are_refused(past: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    past.sell("1", ordered("A"), ordered("B"))
    monkeypatch.setattr(exported_figures, "MOST_ROWS", 1)
    assert refusal(past.export) == "FIGURES_TOO_MANY"
    assert refusal(lambda: past.export(format=9)) == "FIELD_INVALID"


def test_a_picture_of_years_is_drawn(past: Seller) -> None:
    first = past.orders.clock() - timedelta(days=3_600)
    past.sell("1", ordered("TEA"))
    assert texts(past.export(format=SVG, first_date=f"{first:%Y-%m-%d}").data)
