"""`bylaw post` against a small gateway: which lines are one movement, and which line is at fault."""

from pathlib import Path

import pytest

from tests.cli.small_gateway import Asked, Refusal
from tests.cli.stock_answers import ORDER, W, typed


@pytest.mark.clause("WHS-3", "WHS-4")
def test_lines_of_the_same_paper_are_one_movement_and_the_line_at_fault_is_named(tmp_path: Path) -> None:
    file = tmp_path / "today.csv"
    file.write_text(
        "paper,number,item,from,to,quantity,lot\n"
        "sales-order,7001,MJ-CUP,A-01,CARRIER,2,\nsales-order,7001,MJ-VASE,A-01,CARRIER,1,V-1\n"
        ",,MJ-CUP,DOCK,A-01,56,\n"
    )
    asked = Asked()
    answers = {("POST", f"{W}/stockMovements:batchPost"): {"stockMovements": ["stockMovements/1", "stockMovements/2"]}}
    assert typed("post", str(file), more=answers, asked=asked).output == "today.csv: 2 movements are posted\n"
    ((_, _, body),) = asked.writes
    first, second = body["stockMovements"]
    assert first["papers"] == [ORDER]
    assert [line["quantity"]["value"] for line in first["lines"]] == ["2", "1"]
    assert (first["lines"][1]["lot"], second.get("papers")) == ("V-1", None)
    short = {"field": "stockMovements[0].lines[1].quantity", "detail": "only 0 is free there"}
    refused = {("POST", f"{W}/stockMovements:batchPost"): Refusal("1 place at fault.", "STOCK_SHORT", [short])}
    assert "\n  line 3: only 0 is free there" in typed("post", str(file), more=refused).output


def test_a_file_of_movements_is_refused_whole_with_every_line_that_cannot_be_read(tmp_path: Path) -> None:
    file, asked = tmp_path / "today.csv", Asked()
    file.write_text("paper,number,item,from,to,quantity\nbill,1,MJ-CUP,A-01,CARRIER,2\n,,NOPE,A-01,Z-9,1\n")
    said = typed("post", str(file), asked=asked).output
    assert "line 2: bill is no paper; there are: delivery-note, " in said
    assert "line 3: There is no item with code or barcode NOPE." in said
    file.write_text("item,from\nMJ-CUP,A-01\n")
    assert "today.csv has no column to, quantity." in typed("post", str(file), asked=asked).output
    file.write_text("item,from,to,quantity\n")
    assert "today.csv has no line below its heading." in typed("post", str(file), asked=asked).output
    file.write_bytes(b"\xff\xfe\x00item")
    assert "today.csv is no CSV in UTF-8 or GB18030." in typed("post", str(file), asked=asked).output
    assert asked.writes == []
