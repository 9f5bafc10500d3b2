"""The written report of a stocktake as a file: what differs and why, and all that was counted (WHS-6)."""

import csv
import io

import pytest
from bylaw.inventory.v1 import stocktakes_pb2 as messages
from openpyxl import load_workbook

from tests.builders.decisions import refusal
from tests.builders.stocktakes import KEEPER, Counting, count
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")


def exported(counting: Counting, made: messages.Stocktake, form: int) -> tuple[bytes, str]:
    """The file, and its type."""
    request = messages.ExportStocktakeRequest(name=made.name, format=form)  # type: ignore[arg-type] # an enumeration's number
    answer = counting.stub.ExportStocktake(request, metadata=counting.token(KEEPER))
    return answer.data, answer.content_type


def test_what_differs_is_reported_in_a_file_with_its_explanation(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    house.receive(tea, "10")
    house.receive(ink, "4", house.second)
    made = counting.begun()
    assert refusal(lambda: exported(counting, made, messages.STOCKTAKE_FORMAT_CSV)) == "STOCKTAKE_NOT_IN_STATE"
    counting.confirmed(made, count(tea, house.first, "6", "1"), count(ink, house.second, "4"))
    counting.end(made)
    counting.explain(made, cause="=1+1")
    data, kind = exported(counting, made, messages.STOCKTAKE_FORMAT_UNSPECIFIED)
    head, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert (kind, len(head)) == ("text/csv; charset=utf-8", 12)
    assert [row[1:9] for row in rows] == [
        ["A-01", tea.code, "", "piece", "10", "盘亏 shortage", "3", "'=1+1"],
        ["A-01", tea.code, "", "piece", "10", "残损 damage", "1", "'=1+1"],
    ]
    assert {row[9] for row in rows} == {"sun sun"}
    data, _ = exported(counting, made, messages.STOCKTAKE_FORMAT_XLSX)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["differences", "counted"]
    counted = list(book["counted"].iter_rows(min_row=3, values_only=True))
    assert counted == [("A-01", tea.code, None, "piece", 10, 6, 1), ("A-02", ink.code, None, "piece", 4, 4, 0)]
    assert exported(counting, made, messages.STOCKTAKE_FORMAT_XLSX)[0] == data
    assert refusal(lambda: exported(counting, made, 9)) == "FIELD_INVALID"
