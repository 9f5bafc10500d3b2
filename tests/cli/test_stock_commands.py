"""Commands on stock against a small gateway: which warehouse and goods are meant, what is sent, and what is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_gateway import Asked
from tests.cli.stock_answers import HZ, MJ, WARNED, W, pieces, typed


@pytest.mark.clause("WHS-8")
def test_stock_is_shown_by_place_with_what_is_free_and_the_sum_of_an_item() -> None:
    rows = [line.split() for line in typed("stock", "mj-cup").output.replace("│", " ").splitlines()]
    assert rows[2:] == [
        ["A-01", "MJ-CUP", "手冲杯", "112", "4", "108", "piece"],
        ["DOCK", "MJ-CUP", "手冲杯", "56", "0", "56", "piece"],
        ["In", "all", "168", "4", "164", "piece"],
    ]
    chinese = typed("stock", "6970812300015", language="zh").output
    assert "货位" in chinese
    assert "合计" in chinese
    assert json.loads(typed("stock", "--json").output)[1]["reserved"] == pieces("4")


def test_what_is_asked_for_of_stock_is_what_was_typed() -> None:
    asked: list[dict[str, str]] = []

    def balances(query: Any) -> Any:
        asked.append(query.to_dict())
        return {"stockBalances": []}

    words = ("stock", "MJ-CUP", "--place", "a-01", "--as-of", "2026-10-31", "--beyond-the-door")
    assert typed(*words, more={("GET", f"{W}/stockBalances"): balances}).output == "There is nothing.\n"
    assert asked == [
        {
            "pageSize": "1000",
            "item": "items/cup",
            "place": "places/a",
            "asOfDate": "2026-10-31",
            "showBeyondTheDoor": "true",
        }
    ]


@pytest.mark.parametrize(
    ("words", "warehouses", "said"),
    [
        (("stock",), [], "There is no warehouse within your reach."),
        (("stock",), [MJ, HZ], "Say which warehouse: --warehouse, one of MJ, HZ."),
        (("stock", "--warehouse", "XX"), [MJ, HZ], "There is no warehouse XX within your reach."),
        (("stock", "NOPE"), [MJ], "There is no item with code or barcode NOPE."),
        (("stock", "--place", "Z-9"), [MJ], "There is no place Z-9 in MJ."),
        (("stock", "--as-of", "yesterday"), [MJ], "--as-of is a date such as 2026-10-12."),
        (("card", "MJ-CUP", "--lot", "L-9"), [MJ], "None of it is on hand there."),
        (("stock-month", "2026-11", "november.pdf"), [MJ], "FILE ends in .xlsx or .csv."),
        (("levels", "MJ-CUP"), [MJ], "Give ITEM with one of --done and --declined, or neither."),
        (("levels", "--done", "slow"), [MJ], "Give ITEM with one of --done and --declined, or neither."),
    ],
)
def test_what_is_not_there_or_not_said_is_told_in_a_sentence(words: Any, warehouses: Any, said: str) -> None:
    done = typed(*words, more={("GET", "/v1/warehouses"): {"warehouses": warehouses}})
    assert (done.exit_code, said in done.output) == (1, True), done.output


def test_a_warehouse_is_named_by_its_code_in_any_case() -> None:
    done = typed("stock", "--warehouse", "mj", more={("GET", "/v1/warehouses"): {"warehouses": [HZ, MJ]}})
    assert done.exit_code == 0, done.output


@pytest.mark.clause("WHS-4")
def test_a_card_tells_each_entry_with_its_paper_and_who_posted_it() -> None:
    lines = [line.replace("│", " ").split() for line in typed("card", "MJ-CUP", "--last", "2").output.splitlines()]
    assert ["MJ-CUP", "手冲杯", "A-01"] in lines
    assert ["2", "2026-11-27", "issue", "order", "7001", "-2", "114", "0", "钱峰"] in lines
    assert ["3", "2026-11-27", "reservation", "order", "7002", "0", "112", "4", "0"] in lines
    assert not [line for line in lines if line[:2] == ["1", "2026-11-27"] and line[2] == "issue" and "-2" in line]
    every = json.loads(typed("card", "MJ-CUP", "--place", "A-01", "--last", "0", "--json").output)
    assert [len(one["cardEntries"]) for one in every] == [1, 3]


@pytest.mark.clause("GDS-1", "WHS-9")
def test_a_scan_says_what_it_is_what_is_special_and_what_can_be_done() -> None:
    scanned = {
        "kind": "SCANNED_CODE_KIND_GS1",
        "item": "items/cup",
        "itemCode": "MJ-CUP",
        "displayName": "手冲杯",
        "place": "",
        "gtin": "06970812300015",
        "lot": "L-1",
        "expiryDate": "2026-11-01",
        "expired": True,
        "specialMark": WARNED,
        "actions": ["SCAN_ACTION_SHOW_STOCK", "SCAN_ACTION_NEWER_THAN_THIS"],
    }
    seen: list[str] = []

    def scan(query: Any) -> Any:
        seen.append(query["code"])
        return scanned

    said = typed("scan", "]C101069708", more={("GET", f"{W}/codes:scan"): scan}).output.splitlines()
    assert seen == ["]C101069708"]
    assert said[:2] == ["a GS1 barcode", "  MJ-CUP 手冲杯"]
    assert said[2:6] == ["  GTIN: 06970812300015", "  lot: L-1", "  expires: 2026-11-01", "  It has expired."]
    assert said[6:] == [
        "  Special goods: burns",
        "You can:",
        "  look at its stock: bylaw stock MJ-CUP",
        "  NEWER_THAN_THIS",
    ]


def test_the_label_of_a_place_and_a_barcode_of_no_item_are_told_as_such() -> None:
    empty = {"item": "", "itemCode": "", "displayName": "", "actions": []}
    label = {**empty, "kind": "SCANNED_CODE_KIND_PLACE", "place": "places/a", "actions": ["SCAN_ACTION_SHOW_STOCK"]}
    place = typed("scan", "A-01", more={("GET", f"{W}/codes:scan"): label}, language="zh").output
    assert place.splitlines() == ["货位标签", "  A-01", "可以：", "  查看库存：bylaw stock --place A-01"]
    unknown = {**empty, "kind": "SCANNED_CODE_KIND_GTIN", "place": "", "gtin": "06970812300016"}
    said = typed("scan", "6970812300016", more={("GET", f"{W}/codes:scan"): unknown}).output
    assert said.splitlines() == ["a barcode (GTIN)", "  No item has it.", "  GTIN: 06970812300016"]


@pytest.mark.clause("WHS-4")
def test_a_day_is_shown_with_what_does_not_agree_and_closed_with_its_explanation() -> None:
    assert typed("stock-day", "list").output == (
        "2026-11-27  closed  movements 3, entries 14, spot counts 0  with the days since 2026-11-26  closed by 钱峰\n"
    )
    shown = typed("stock-day", "show", "2026-11-27").output.splitlines()
    assert shown[0].startswith("2026-11-27  open  movements 3")
    assert shown[1] == "  nothing counted: goods moved"
    assert "未抽点" in typed("stock-day", "show", "2026-11-27", language="zh").output
    asked = Asked()
    refused = typed("stock-day", "close", "2026-11-27", asked=asked)
    assert (refused.exit_code, "DAY_DISAGREES" in refused.output) == (1, True)
    closed = typed("stock-day", "close", "2026-11-26", "--explanation", "nobody counted", asked=asked)
    assert closed.output.startswith("2026-11-27  closed")
    assert [body for _, _, body in asked.writes] == [{}, {"explanation": "nobody counted"}]
    typed("stock-day", "close", "2026-11-31")
    assert len(asked.writes) == 2


@pytest.mark.clause("WHS-4")
def test_a_count_by_the_way_is_sent_and_held_against_the_ledger() -> None:
    asked = Asked()
    done = typed("stock-day", "count", "MJ-CUP", "111", "--place", "A-01", "--lot", "L-1", asked=asked)
    assert done.output == "A-01  MJ-CUP 手冲杯  111 piece  the ledger has 112 piece: -1\n"
    (write,) = asked.writes
    counted = {"item": "items/cup", "place": "places/a", "counted": {"value": "111"}, "lot": "L-1"}
    assert write == ("POST", f"{W}/spotCounts", counted)


@pytest.mark.clause("WHS-5")
def test_a_month_is_shown_written_and_handed_over(tmp_path: Path) -> None:
    asked, said = Asked(), typed("stock-month", "2026-11").output
    assert said.startswith("Main  2026-11  up to 2026-11-27  days of it are still open\n")
    assert "handed over on 2026-11-27, up to 2026-11-26, by 钱峰  the ledger says something else by now" in said
    assert ["MJ-CUP", "手冲杯", "10", "receipt", "56", "66", "piece"] in [
        line.replace("│", " ").split() for line in said.splitlines()
    ]
    file = tmp_path / "november.xlsx"
    export = {("GET", f"{W}/stockMonths/2026-11:export"): lambda query: {"as": query["format"]}}
    done = typed("stock-month", "2026-11", str(file), "--hand-over", "--remark", "complete", more=export, asked=asked)
    assert done.output == "november.xlsx: 1 lines\n"
    assert json.loads(file.read_text()) == {"as": "STOCK_MONTH_FORMAT_XLSX"}
    assert asked.writes == [("POST", f"{W}/stockMonths/2026-11:handOver", {"remark": "complete"})]


@pytest.mark.clause("WHS-7")
def test_proposals_are_shown_and_what_became_of_one_is_recorded() -> None:
    rows = [line.replace("│", " ").split() for line in typed("levels").output.splitlines()]
    assert ["reorder", "182", "MJ-CUP", "手冲杯", "51", "109", "6.03", "8.4", "1.25", "2026-11-27"] in rows
    assert "补货点" in typed("levels", "--all", language="zh").output
    asked = Asked()
    done = typed("levels", "MJ-CUP", "--declined", "reorder", "--reason", "a new model", asked=asked)
    assert done.output == "MJ-CUP 手冲杯  not proposed again up to 2026-12-28\n"
    (write,) = asked.writes
    assert write[2] == {
        "item": "items/cup",
        "kind": "STOCK_PROPOSAL_KIND_REORDER",
        "result": "STOCK_PROPOSAL_RESULT_DECLINED",
        "reason": "a new model",
    }
