"""Figures at a shell, against a small gateway: what was sold, how it went, as files (ANA-1, MKT-3)."""

import json
from pathlib import Path
from typing import Any

import pytest
from bylaw_cli.orders.words import KEY_FIGURES
from bylaw_orders.rules.figures.asked import Kind

from tests.cli.order_answers import typed
from tests.cli.small_gateway import Asked

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3")]
SOLD = {
    "key": "MJ-CUP",
    "title": {"zh": "手冲杯", "en": "手冲杯"},
    "part": "SALES_PART_GOODS",
    "currency": "CNY",
    "orderCount": "2",
    "unitCount": "3",
    "sales": "38700",
    "credits": "-12900",
    "adjustments": "0",
    "total": "25800",
}
SHIPPING = {**SOLD, "key": "", "title": {"zh": "运费", "en": "shipping"}, "part": "SALES_PART_SHIPPING"}
WENT: dict[str, Any] = {
    "channel": "",
    "title": {"zh": "全部渠道", "en": "all channels"},
    "currency": "CNY",
    "sales": "38700",
    "counts": [
        {"kind": "KEY_FIGURE_KIND_ORDERS", "count": "3"},
        {"kind": "KEY_FIGURE_KIND_REFUNDED", "count": "0"},
        {"kind": "KEY_FIGURE_KIND_NEW_ONE", "count": "1"},
    ],
    **dict.fromkeys(("meanLines", "meanUnits", "refundRate", "complaintRate", "shipInTimeRate"), ""),
    **dict.fromkeys(("deliverInTimeRate", "answerInTimeRate", "meanAnswerHours", "medianAnswerHours"), ""),
    "meanSale": "12900.00",
    "customerCount": "2",
    "repeatCustomerCount": "0",
    "repeatRate": "0.0000",
}
ANSWERS: dict[tuple[str, str], Any] = {
    ("GET", "/v1/salesFigures"): {"salesFigures": [SOLD, SHIPPING]},
    ("GET", "/v1/keyFigures"): {"keyFigures": [WENT]},
}


def test_what_was_sold_is_a_table() -> None:
    _, _, *rows = typed("figures", "product", more=ANSWERS).output.splitlines()
    cells = [[cell.strip() for cell in row.replace("│", "|").split("|")] for row in rows]
    assert cells[0] == ["MJ-CUP", "手冲杯", "CNY", "2", "3", "387.00", "-129.00", "0.00", "258.00"]
    assert cells[1][:2] == ["", "shipping"]
    assert "运费" in typed("figures", "product", language="zh", more=ANSWERS).output
    assert len(json.loads(typed("figures", "product", "--json", more=ANSWERS).output)) == 2


def test_what_is_asked_for_is_what_was_typed() -> None:
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return {"salesFigures": []}

    words = ("region", "--from", "2026-11-01", "--to", "2026-11-30", "--zone", "Europe/London", "--currency", "GBP")
    typed("figures", *words, "--channel", "own", more={("GET", "/v1/salesFigures"): seen})
    assert asked == [
        {
            "dimension": "SALES_DIMENSION_REGION",
            "firstDate": "2026-11-01",
            "lastDate": "2026-11-30",
            "timeZone": "Europe/London",
            "channel": "channels/1",
            "currency": "GBP",
            "pageSize": "1000",
        }
    ]
    assert "2026-10-12" in typed("figures", "day", "--from", "yesterday", more=ANSWERS).output


def test_how_it_went_names_what_there_is_and_every_count_has_a_word() -> None:
    assert typed("figures", more=ANSWERS).output.splitlines() == [
        "all channels  CNY  387.00",
        "  sales: 3",
        "  NEW_ONE: 1",
        "  mean sale: 129.00",
        "  customers: 2",
        "  repeat rate: 0.0000",
    ]
    assert "  客户数: 2" in typed("figures", language="zh", more=ANSWERS).output
    assert KEY_FIGURES.keys() == {kind.name for kind in Kind}


def test_files_are_written(tmp_path: Path) -> None:
    book, picture, asked = tmp_path / "all.xlsx", tmp_path / "days.svg", Asked()
    answers = {("GET", "/v1/figures:export"): lambda query: {"format": query["format"], "of": query["dimension"]}}
    done = typed("figures", "--xlsx", str(book), "--picture", str(picture), more=answers, asked=asked)
    assert done.output.splitlines() == [f"{book} is written.", f"{picture} is written."]
    assert json.loads(book.read_bytes()) == {"format": "FIGURE_FORMAT_XLSX", "of": "SALES_DIMENSION_DAY"}
    assert json.loads(picture.read_bytes())["format"] == "FIGURE_FORMAT_SVG"
