"""`bylaw import items` and `bylaw import stock` against a small gateway: what was taken, and each line that was not."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_gateway import Asked, Refusal, served

FAULTY = {
    "line": 4,
    "column": "Stock",
    "seen": "Nill",
    "reason": "CELL_BROKEN",
    "wording": {"zh": "单元格不是数据", "en": "the cell holds no data"},
}
PLACES = {
    ("GET", "/v1/warehouses"): {"warehouses": [{"name": "warehouses/1", "code": "JX"}]},
    ("GET", "/v1/warehouses/1/places"): {"places": [{"name": "places/2", "code": "A-01"}]},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list."""
    made = tmp_path / "list.csv"
    made.write_text("code,quantity\nE1,5\n")
    return made


def test_a_catalogue_is_tried_and_taken(file: Path) -> None:
    def taken(query: Any) -> Any:
        return {"lineCount": 2, "createdCount": 1, "unchangedCount": 1, "validatedOnly": "validateOnly" in query}

    with served({("POST", "/v1/itemImports"): taken}, Asked()) as typed:
        tried, done = typed("import", "items", str(file), "--dry-run"), typed("import", "items", str(file))
    assert (tried.exit_code, done.exit_code) == (0, 0)
    assert "2 lines, 1 items new, 0 changed, 1 as they were" in done.output
    assert ("nothing was written" in tried.output, "nothing was written" in done.output) == (True, False)


def test_lines_that_were_not_taken_are_named_and_it_exits_with_one(file: Path) -> None:
    many = {"lineCount": 30, "refusedCount": 25, "refusedLines": [FAULTY] * 25}
    with served({("POST", "/v1/itemImports"): many}, Asked()) as typed:
        done = typed("import", "items", str(file))
    assert done.exit_code == 1
    assert done.output.count("line 4 Stock “Nill”: the cell holds no data (CELL_BROKEN)") == 20
    assert "and 5 more" in done.output


def test_a_stock_list_goes_to_a_place_by_its_code(file: Path) -> None:
    asked: list[dict[str, str]] = []

    def taken(query: Any) -> Any:
        asked.append(dict(query))
        return {"lineCount": 1, "receivedCount": 1}

    answers = {**PLACES, ("POST", "/v1/warehouses/1/stockImports"): taken}
    where = ("--warehouse", "jx", "--place", "A-01")
    with served(answers, Asked()) as typed:
        done = typed("import", "stock", str(file), *where, "--skip-faulty")
        nowhere = typed("import", "stock", str(file), "--warehouse", "XX", "--place", "A-01")
        unplaced = typed("import", "stock", str(file), "--warehouse", "JX", "--place", "B-09")
    assert (done.exit_code, "1 quantities taken in" in done.output) == (0, True)
    assert asked == [{"fileName": "list.csv", "place": "places/2", "skipFaulty": "true"}]
    assert "There is no warehouse XX within your reach." in nowhere.output
    assert "There is no place B-09 within your reach." in unplaced.output


def test_a_list_that_is_refused_says_why(file: Path) -> None:
    refused = Refusal("The warehouse took a list of this name or content before.", "STOCK_LIST_TAKEN")
    answers = {**PLACES, ("POST", "/v1/warehouses/1/stockImports"): refused}
    with served(answers, Asked()) as typed:
        done = typed("import", "stock", str(file), "--warehouse", "JX", "--place", "A-01")
    assert (done.exit_code, "STOCK_LIST_TAKEN" in done.output) == (1, True)
