"""What customers sent back is decided on at a shell, against a small gateway (WHS-6)."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.going_answers import BACK, DECIDED, GOING
from tests.cli.small_gateway import Asked, Refusal
from tests.cli.stock_answers import W, typed

pytestmark = pytest.mark.clause("WHS-6")
DECIDE = f"/v1/{BACK['stockMovement']}:decideReturn"


def said(*words: str, more: Any = None, **told: Any) -> Result:
    return typed("returns", *words, more={**GOING, **(more or {})}, **told)


def test_what_waits_is_listed_with_for_how_long_and_how_much() -> None:
    row = said("waiting").output.splitlines()[2].replace("│", "|")
    told = ["TH-9001", "000000e1", "3", "MJ-CUP", "DOCK", "5 piece", "2 piece"]
    assert [cell.strip() for cell in row.split("|")] == told
    assert "待处理" in said("waiting", language="zh").output
    assert json.loads(said("waiting", "--json").output) == [BACK]
    assert said("waiting", more={("GET", f"{W}/waitingReturns"): {}}).output == "There is nothing.\n"


@pytest.mark.parametrize(
    ("words", "line", "more"),
    [
        (("sale", "--to", "A-01"), {"outcome": "RETURN_OUTCOME_SALE", "toPlace": "places/a"}, {}),
        (("supplier", "--slip", "GYS-12"), {"outcome": "RETURN_OUTCOME_SUPPLIER"}, {"supplierSlip": "GYS-12"}),
        (("scrap", "--responsible", "me"), {"outcome": "RETURN_OUTCOME_SCRAP", "responsible": "people/me"}, {}),
        (("sale", "--lot", "L-7"), {"outcome": "RETURN_OUTCOME_SALE", "lot": "L-7"}, {}),
    ],
)
def test_what_becomes_of_goods_is_what_was_typed(words: tuple[str, ...], line: Any, more: Any) -> None:
    asked = Asked()
    name, *options = words
    done = said(name, "th-9001", "MJ-CUP=2", "--cause", "seen", *options, asked=asked)
    head, below = done.output.splitlines()
    assert head == "000000f1  2026-11-27 10:00  钱峰  scrap waits for its decision  decisions/9"
    assert below == "  MJ-CUP 手冲杯  2 piece  scrap  broken"
    sent = {"item": "items/cup", "quantity": {"value": "2"}, "cause": "seen", **line}
    assert asked.writes == [("POST", DECIDE, {"lines": [sent], **more})]


def test_scrap_needs_somebody_responsible_and_the_supplier_a_slip() -> None:
    asked = Asked()
    for name in ("scrap", "supplier"):
        assert said(name, "TH-9001", "MJ-CUP=1", "--cause", "x", asked=asked).exit_code == 2
    assert "No return that waits of TH-1" in said("sale", "TH-1", "MJ-CUP=1", "--cause", "x", asked=asked).output
    assert asked.writes == []


def test_what_is_refused_names_what_was_typed() -> None:
    over = Refusal("2 piece wait.", "RETURN_OVER_WAITING", [{"field": "lines[0].quantity", "detail": "too much"}])
    done = said("sale", "TH-9001", "MJ-CUP=9", "--cause", "x", more={("POST", DECIDE): over})
    assert (done.exit_code, "MJ-CUP=9: too much" in done.output) == (1, True)


def test_a_photo_is_kept_and_scrap_is_taken_back(tmp_path: Path) -> None:
    photo, asked = tmp_path / "pot.png", Asked()
    photo.write_bytes(b"x")
    assert said("photo", "TH-9001", str(photo), asked=asked).output == "000000f9  pot.png\n"
    assert "scrap taken back" in said("withdraw", "0000f1", asked=asked).output
    paths = [path for _, path, _ in asked.writes]
    assert paths == [f"/v1/{BACK['stockMovement']}/returnPhotos", f"/v1/{DECIDED['name']}:withdraw"]


def test_what_was_decided_is_listed() -> None:
    assert said("list").output.splitlines()[1] == "  MJ-CUP 手冲杯  2 piece  scrap  broken"
    sold = {**DECIDED, "scrapState": "RETURN_SCRAP_STATE_UNSPECIFIED", "decision": "", "decidedBy": ""}
    told = said("list", more={("GET", f"{W}/returnDecisions"): {"returnDecisions": [sold]}})
    assert told.output.splitlines()[0] == "000000f1  2026-11-27 10:00"
    assert said("list", more={("GET", f"{W}/returnDecisions"): {}}).output == "There is nothing.\n"
