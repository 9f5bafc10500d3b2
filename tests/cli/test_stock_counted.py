"""`bylaw stocktake` against a small gateway: which one is meant, what is sent, and what is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli import stock_answers
from tests.cli.small_gateway import Asked, Refusal
from tests.cli.stock_answers import W, pieces

STOCKTAKE = {
    "name": "stocktakes/00000000-0000-0000-0000-000050f4e8b7",
    "places": ["places/a"],
    "items": [],
    "state": "STOCKTAKE_STATE_COUNTING",
    "keeper": "people/q",
    "finance": "people/hidden",
    "keeperSignature": {"person": "people/q"},
    "createTime": "2026-11-26T20:00:00Z",
    "report": "",
    "etag": "7",
    "blocks": [],
}
OVER = {**STOCKTAKE, "name": "stocktakes/00000000-0000-0000-0000-0000aaaaaaaa", "state": "STOCKTAKE_STATE_DONE"}
NAMED = f"/v1/{STOCKTAKE['name']}"
COUNTED = {
    "place": "places/a",
    "item": "items/cup",
    "lot": "",
    "state": "STOCKTAKE_LINE_STATE_COUNTED",
    "quantity": pieces("109"),
    "damaged": pieces("1"),
    "book": pieces("112"),
}
SHORTAGE = {
    "name": f"{STOCKTAKE['name']}/differences/1",
    "kind": "STOCKTAKE_DIFFERENCE_KIND_SHORTAGE",
    "place": "places/a",
    "item": "items/cup",
    "lot": "",
    "quantity": pieces("2"),
    "book": pieces("112"),
    "cause": "",
    "responsible": "",
    "proposal": "STOCKTAKE_PROPOSAL_UNSPECIFIED",
}
MORE = {
    ("GET", f"{W}/stocktakes"): {"stocktakes": [OVER, STOCKTAKE]},
    ("GET", NAMED): STOCKTAKE,
    ("GET", f"{NAMED}/lines"): {"lines": [COUNTED]},
    ("GET", f"{NAMED}/differences"): {"differences": [SHORTAGE]},
    ("POST", "/v1/stocktakes"): {**STOCKTAKE, "state": "STOCKTAKE_STATE_OPENED", "finance": ""},
    **{("POST", f"{NAMED}:{verb}"): STOCKTAKE for verb in ("join", "endCounting", "explain", "sign", "cancel")},
    ("POST", f"{NAMED}/counts:record"): {"counts": [{}, {}]},
}


@pytest.fixture
def asked() -> Asked:
    """What the gateway was asked to change."""
    return Asked()


def typed(*words: str, more: Any = None, **given: Any) -> Result:
    return stock_answers.typed(*words, more={**MORE, **(more or {})}, **given)


@pytest.mark.clause("WHS-6")
def test_stocktakes_are_listed_and_the_one_that_goes_on_is_meant() -> None:
    assert typed("stocktake", "list").output.splitlines()[1] == (
        "50f4e8b7  2026-11-27  places A-01  keeper 钱峰 (signed)  finance  is counted"
    )
    shown = typed("stocktake", "show").output.splitlines()
    assert shown[1:] == [
        "  A-01  MJ-CUP 手冲杯  counted  counted 109, book 112 piece  damaged 1",
        "  1.  A-01  MJ-CUP 手冲杯  shortage 2 piece  book 112 piece  not explained",
    ]
    assert "盘亏 2 piece" in typed("stocktake", "show", language="zh").output
    two = {("GET", f"{W}/stocktakes"): {"stocktakes": [STOCKTAKE, {**STOCKTAKE, "name": "stocktakes/7"}]}}
    assert "Say which: 50f4e8b7, " in typed("stocktake", "show", more=two).output
    assert "There is no stocktake 999" in typed("stocktake", "show", "--stocktake", "999").output
    assert typed("stocktake", "show", "--stocktake", "50f4e8b7", more=two).exit_code == 0


@pytest.mark.clause("WHS-6")
def test_a_stocktake_is_opened_joined_counted_compared_explained_and_signed(asked: Asked, tmp_path: Path) -> None:
    file = tmp_path / "counted.csv"
    file.write_text("place,item,quantity,damaged\nA-01,MJ-CUP,109,1\na-01,mj-vase,0,\n")
    words = ("--place", "A-01", "--item", "MJ-CUP", "--tolerance", "1", "--freeze")
    assert "waits for finance to join" in typed("stocktake", "open", *words, asked=asked).output
    typed("stocktake", "join", asked=asked)
    assert typed("stocktake", "count", str(file), asked=asked).output == "counted.csv: 2 counts are on record\n"
    assert "shortage 2 piece" in typed("stocktake", "compare", asked=asked).output
    explained = ("1", "--cause", "lent out", "--responsible", "me", "--report", "of the quarter")
    typed("stocktake", "explain", *explained, asked=asked)
    typed("stocktake", "sign", asked=asked)
    typed("stocktake", "cancel", "--reason", "the wrong place", asked=asked)
    opened, joined, counts, ended, said, signed, given_up = (body for _, _, body in asked.writes)
    assert opened == {
        "warehouse": "warehouses/1",
        "places": ["places/a"],
        "items": ["items/cup"],
        "tolerance": {"percent": "1"},
        "freeze": True,
    }
    assert (joined, ended, signed, given_up) == ({}, {}, {"etag": "7"}, {"reason": "the wrong place"})
    assert counts["counts"] == [
        {"place": "places/a", "item": "items/cup", "quantity": {"value": "109"}, "damaged": {"value": "1"}},
        {"place": "places/a", "item": "items/vase", "quantity": {"value": "0"}},
    ]
    assert said["explanations"] == [
        {
            "difference": SHORTAGE["name"],
            "cause": "lent out",
            "responsible": "people/me",
            "proposal": "STOCKTAKE_PROPOSAL_ADJUST",
        }
    ]
    assert said["report"] == "of the quarter"


@pytest.mark.clause("WHS-6")
def test_the_line_of_a_count_that_is_refused_is_named_and_a_report_takes_its_ending(tmp_path: Path) -> None:
    file = tmp_path / "counted.csv"
    file.write_text("place,item,quantity\nA-01,MJ-CUP,1\nA-01,MJ-VASE,x\n")
    faults = [{"field": "counts[1].quantity", "detail": "expected a decimal"}]
    refused = {("POST", f"{NAMED}/counts:record"): Refusal("1 place at fault.", "QUANTITY_INVALID", faults)}
    assert "\n  line 3: expected a decimal" in typed("stocktake", "count", str(file), more=refused).output
    assert "FILE ends in .xlsx or .csv." in typed("stocktake", "report", str(tmp_path / "report.pdf")).output
    export = {("GET", f"{NAMED}:export"): lambda query: {"as": query["format"]}}
    assert typed("stocktake", "report", str(tmp_path / "r.xlsx"), more=export).output == "r.xlsx\n"
    assert json.loads((tmp_path / "r.xlsx").read_text()) == {"as": "STOCKTAKE_FORMAT_XLSX"}
